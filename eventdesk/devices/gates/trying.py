"""Is there a turnstile at an address, without touching one that a kiosk may be using."""

import socket
from urllib.parse import parse_qsl, urlsplit

from eventdesk.devices.gates.addresses import driver_at
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import BadInput

CONNECT_SECONDS = 1.5


def look_at_gate(address: str) -> DeviceState:
    """Neither opens nor locks it. Raises nothing."""
    options = dict(parse_qsl(address.partition("?")[2]))
    try:
        if address.startswith("http?") and options.get("listen"):
            return _reached(options.get("open", ""))
        name, driver = driver_at(address)
    except BadInput as error:
        return DeviceState("", Status.GONE, error.message, error.remedy)
    try:
        driver.turns()
    except OSError:
        return _gone(name)
    finally:
        driver.close()
    return DeviceState(name, Status.READY)


def _reached(url: str) -> DeviceState:
    """A relay that calls by itself is not asked: that would take the place where it calls."""
    where = urlsplit(url)
    name = where.hostname or url
    try:
        port = where.port or (443 if where.scheme == "https" else 80)
        socket.create_connection((name, port), CONNECT_SECONDS).close()
    except (OSError, ValueError):
        return _gone(name)
    return DeviceState(name, Status.READY)


def _gone(name: str) -> DeviceState:
    return DeviceState(name, Status.GONE, "The turnstile can't be reached.", "Check its power and its cable.")
