"""The layout of a badge and its rendering."""
