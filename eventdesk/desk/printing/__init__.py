"""Badges from a wish to paper: jobs, the spool that prints them, what people ask of it."""
