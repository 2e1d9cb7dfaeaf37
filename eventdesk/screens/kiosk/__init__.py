"""What guests see at a kiosk, and what keeps them in it (docs/decisions/0102-locked-kiosk.md)."""
