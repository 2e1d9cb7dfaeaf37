"""Receipts and slips: put into words of a language, and drawn for rolls and sheets."""
