"""The kiosk: what a guest does alone, step by step, on the engine's lane (docs/decisions/0100-kiosk.md)."""
