"""Real parts started for tests: printers, cameras and their like."""
