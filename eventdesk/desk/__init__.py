"""The engine: one thread and one queue of commands, without Qt."""
