"""How a node reaches its database: engines, the writer thread, notices between processes."""
