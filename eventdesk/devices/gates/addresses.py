"""Where a turnstile is, in one line as the setting `turnstile` keeps it.

`modbus://192.168.1.70:502?unit=1&coil=0&input=0&rest=low`, or over HTTP, each URL percent-encoded:
`http?open=URL&method=POST&lock=URL&turned=URL&path=inputs.0.input`, or in place of `turned`
`listen=192.168.1.5:8123&token=...` where the relay calls this desk.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from eventdesk.devices.gates.driver import Driver
from eventdesk.devices.gates.listening import Listener
from eventdesk.devices.gates.modbus import PORT, ModbusDriver
from eventdesk.devices.gates.port import Gate, OnTurned
from eventdesk.devices.gates.watch import LOOK_SECONDS, WatchedGate
from eventdesk.devices.gates.web import Requests, WebDriver
from eventdesk.devices.states import DeviceState
from eventdesk.errors import BadInput

# A relay that is polled over HTTP is a small computer.
WEB_LOOK_SECONDS = 0.2
_MODBUS = re.compile(r"modbus://(?:\[([0-9a-fA-F:]+)\]|([^\s/:?]+))(?::(\d{1,5}))?/?")
_LISTEN = re.compile(r"(?:\[([0-9a-fA-F:]+)\]|([^\s/:?]+)):(\d{1,5})")
_KNOWN = {
    "modbus": {"unit", "coil", "input", "rest"},
    "http": {"open", "method", "lock", "turned", "path", "listen", "token"},
}


def open_gate(address: str, on_turned: OnTurned, on_state: Callable[[DeviceState], None]) -> Gate:
    """The gate at an address, its thread running. Raises BadInput."""
    name, driver = driver_at(address)
    pause = WEB_LOOK_SECONDS if isinstance(driver, WebDriver) else LOOK_SECONDS
    return WatchedGate(name, driver, on_turned, on_state, pause)


def driver_at(address: str) -> tuple[str, Driver]:
    """What people call the turnstile, and its driver, which the caller closes. Raises BadInput."""
    where, _, told = address.strip().partition("?")
    options = dict(parse_qsl(told, keep_blank_values=True))
    kind = "http" if where == "http" else "modbus"
    if strange := sorted(set(options) - _KNOWN[kind]):
        raise BadInput(f'"{strange[0]}" in the address of the turnstile is not known.', "Leave it out.")
    if kind == "http":
        driver = _web(options)
        return _host(options["open"]), driver
    match = _MODBUS.fullmatch(where)
    if match is None:
        raise BadInput(
            "This is no address of a turnstile.",
            "Write it as modbus://192.168.1.70 or http?open=URL&turned=URL.",
        )
    host = match[1] or match[2]
    return host, _modbus(host, int(match[3] or PORT), options)


def _modbus(host: str, port: int, options: dict[str, str]) -> Driver:
    if options.get("rest", "low") not in {"low", "high"}:
        raise BadInput("The turnstile's input rests low or high.", "Write rest=low or rest=high.")
    rests_high = options.get("rest") == "high"
    unit, coil, input_ = (
        _number(options, "unit", 1),
        _number(options, "coil", 0),
        _number(options, "input", 0),
    )
    return ModbusDriver(host, port, unit, coil, input_, rests_high=rests_high)


def _web(options: dict[str, str]) -> Driver:
    method = options.get("method", "GET").upper()
    if method not in {"GET", "POST", "PUT"}:
        raise BadInput("The turnstile is asked by GET, POST or PUT.", "Choose one of them.")
    for name in ("open", "lock", "turned"):
        url = options.get(name, "")
        if (url or name == "open") and (urlsplit(url).scheme not in {"http", "https"} or not _host(url)):
            raise BadInput(
                f'The turnstile\'s "{name}" is no web address.', "Write it as http://192.168.1.71/..."
            )
    if bool(options.get("turned")) is bool(options.get("listen")):
        raise BadInput(
            "How the desk hears that the turnstile has turned is not said.", "Give either turned or listen."
        )
    asked = Requests(
        options["open"], method, options.get("lock", ""), options.get("turned", ""), options.get("path", "")
    )
    if not options.get("listen"):
        return WebDriver(asked)
    match = _LISTEN.fullmatch(options["listen"])
    if match is None:
        raise BadInput(f'"{options["listen"]}" is no place to listen at.', "Write it as 192.168.1.5:8123.")
    listener = Listener(match[1] or match[2], int(match[3]), options.get("token", ""))
    return WebDriver(asked, listener.turns, listener.close)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _number(options: dict[str, str], name: str, default: int) -> int:
    told = options.get(name, str(default))
    if not re.fullmatch(r"\d{1,5}", told):
        raise BadInput(f'"{told}" is no number for the turnstile\'s {name}.', "Write a number from 0.")
    return int(told)
