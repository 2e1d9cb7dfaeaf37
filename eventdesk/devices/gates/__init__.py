"""Turnstiles: opened for one guest, and heard when they turn."""
