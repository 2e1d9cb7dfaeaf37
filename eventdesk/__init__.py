"""EventDesk: check-in and box office for events, with or without a network."""

__version__ = "0.1.0"
