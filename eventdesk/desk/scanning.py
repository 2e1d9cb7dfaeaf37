"""Telling hand scanners from people, for the screens, which may not know devices."""

from eventdesk.devices.wedge import Handling, Key, WedgeDetector

__all__ = ["Handling", "Key", "WedgeDetector"]
