"""The page of the bridge to pretix: pairing, the event, how it stands, what was told there."""
