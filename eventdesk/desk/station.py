"""What people call this computer."""

import socket

from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import STATION


def station_name(preferences: Preferences) -> str:
    """As it was named in the settings, else as the system calls it."""
    return str(preferences.get(STATION)).strip() or socket.gethostname()
