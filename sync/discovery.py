"""Hubs on the LAN, found by mDNS (`_eventdesk._tcp.local.`).

An announcement tells the node's id and name, and the first bytes of its certificate's digest: enough to
recognise a hub that one's upstream vouches for, and nothing about people. Anyone on the LAN can announce
anything: only a pinned certificate tells who answers.
"""

import logging
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple

import zeroconf
from zeroconf import BadTypeInNameException, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from sync.addresses import own_addresses
from sync.wire import PROTOCOL

SERVICE = "_eventdesk._tcp.local."
PIN_BYTES = 8
MOST_FOUND = 100
_MOST_TEXT = 200  # bytes of a text in an announcement

logger = logging.getLogger(__name__)

# A LAN that is down, no multicast, a port in use: what keeps mDNS from working at all.
_FAULTS = (OSError, zeroconf.Error, RuntimeError, TimeoutError)


class Found(NamedTuple):
    """`addresses` are of the form `https://host:port`; `pin` the first bytes of the digest."""

    node: str
    name: str
    addresses: tuple[str, ...]
    protocol: int
    pin: bytes


class Announcement:
    """`with Announcement(...)`: this computer's hub is announced meanwhile. Blocks for about a second.

    Where the network does not allow it, nothing is announced, and `works` is false.
    """

    def __init__(
        self, node: str, name: str, port: int, fingerprint: bytes, interfaces: Sequence[str] = ()
    ) -> None:
        self._properties = {
            "node": _cut(node),
            "name": _cut(name),
            "protocol": str(PROTOCOL),
            "pin": fingerprint[:PIN_BYTES].hex(),
        }
        self._port = port
        self._interfaces = interfaces
        self._zeroconf: Zeroconf | None = None
        self.works = False

    def start(self) -> None:
        made = _opened(self._interfaces)
        if made is None:
            return
        try:
            made.register_service(self._info())
        except _FAULTS as fault:
            logger.warning("this hub can't be announced on the LAN: %s", fault)
            made.close()
            return
        self._zeroconf = made
        self.works = True

    def close(self) -> None:
        made, self._zeroconf, self.works = self._zeroconf, None, False
        if made is not None:
            made.close()  # tells the others, too

    def __enter__(self) -> "Announcement":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _info(self) -> ServiceInfo:
        label = "".join(letter for letter in self._properties["node"] if letter.isalnum())[:40]
        return ServiceInfo(
            SERVICE,
            f"hub-{label}.{SERVICE}",
            port=self._port,
            properties=self._properties,
            server=f"eventdesk-{label}.local.",
            parsed_addresses=list(self._interfaces) or own_addresses(),
        )


def browse(
    seconds: float, stop: threading.Event | None = None, interfaces: Sequence[str] = ()
) -> list[Found]:
    """The hubs that answer within the time, or until `stop` is set. Empty without a network."""
    made = _opened(interfaces)
    if made is None:
        return []
    try:
        names = _Names()
        browser = ServiceBrowser(made, SERVICE, names)
        (stop or threading.Event()).wait(seconds)
        browser.cancel()
        return [found for name in names.seen() if (found := _found(made, name))]
    except _FAULTS as fault:
        logger.info("the LAN can't be searched: %s", fault)
        return []
    finally:
        made.close()


class _Names(ServiceListener):
    """Names alone: what stands behind them is read at the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: set[str] = set()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - the port's form
        with self._lock:
            if len(self._names) < MOST_FOUND:
                self._names.add(name)

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - as above
        with self._lock:
            self._names.discard(name)

    def seen(self) -> list[str]:
        with self._lock:
            return sorted(self._names)


def _opened(interfaces: Sequence[str]) -> Zeroconf | None:
    try:
        return Zeroconf(interfaces=list(interfaces)) if interfaces else Zeroconf()
    except _FAULTS as fault:
        logger.info("no mDNS on this network: %s", fault)
        return None


def _found(made: Zeroconf, name: str) -> Found | None:
    """None for an announcement that is not as ours are."""
    try:
        info = ServiceInfo(SERVICE, name)
    except BadTypeInNameException:
        return None
    if not info.load_from_cache(made) and not info.request(made, 500):
        return None
    told = {_text(key): _text(value or b"") for key, value in info.properties.items()}
    node, protocol = told.get("node", ""), told.get("protocol", "")
    try:
        pin = bytes.fromhex(told.get("pin", ""))
    except ValueError:
        return None
    if not node or not protocol.isascii() or not protocol.isdigit() or not info.port:
        return None
    addresses = tuple(_address(text, info.port) for text in info.parsed_scoped_addresses())
    return Found(node, told.get("name", ""), addresses, int(protocol), pin) if addresses else None


def _address(text: str, port: int) -> str:
    return f"https://[{text}]:{port}" if ":" in text else f"https://{text}:{port}"


def _text(raw: bytes) -> str:
    return "".join(letter for letter in raw.decode("utf-8", "replace") if letter.isprintable())


def _cut(text: str) -> str:
    return text.encode()[:_MOST_TEXT].decode("utf-8", "ignore")
