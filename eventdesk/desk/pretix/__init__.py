"""This desk as the bridge to a pretix event: one at a time (docs/decisions/0110-pretix.md)."""
