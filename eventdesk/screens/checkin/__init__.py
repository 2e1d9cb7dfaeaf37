"""The check-in screen: what the person at the door sees and does."""
