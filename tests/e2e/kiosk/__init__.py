"""Kiosks as whole programs on a morning on which everything goes wrong, and before guests who mean harm."""
