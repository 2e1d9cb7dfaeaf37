"""A node's way to the one above it."""
