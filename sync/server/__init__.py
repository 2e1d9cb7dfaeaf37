"""A node that others meet at."""
