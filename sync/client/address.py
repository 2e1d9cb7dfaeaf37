"""Where a node is, and the way to it: directly, or through a proxy of the environment."""

import ipaddress
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from sync.errors import SyncError

LOCAL_ENDINGS = (".local", ".lan", ".home.arpa", ".internal")


class BadAddress(SyncError):
    """The text is no address of a node."""


class Address(NamedTuple):
    """`prefix`: a path before all of the node's own, without a slash at its end."""

    secure: bool
    host: str
    port: int
    prefix: str = ""

    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        found = _ip(self.host)
        return found is not None and found.is_loopback

    def is_near(self) -> bool:
        """On this computer or its LAN, where no proxy of the internet is asked."""
        found = _ip(self.host)
        if found is not None:
            return found.is_loopback or found.is_private or found.is_link_local
        return "." not in self.host or self.host.endswith(LOCAL_ENDINGS)


class Proxy(NamedTuple):
    host: str
    port: int
    headers: dict[str, str]


def read_address(text: str) -> Address:
    """`https://host:port`, or a bare `host:port`, which is https. Raises BadAddress."""
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host = None, None
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query or " " in text:
        raise BadAddress("This is no address of a server.", "An address looks like https://host:8443.")
    secure = parts.scheme == "https"
    return Address(secure, host, port or (443 if secure else 80), parts.path.rstrip("/"))


def proxy_for(address: Address) -> Proxy | None:
    """The environment's proxy for the internet; never one for a node nearby."""
    if address.is_near() or proxy_bypass(address.host):
        return None
    text = getproxies().get("https" if address.secure else "http", "")
    parts = urlsplit(text if "://" in text else f"http://{text}")
    try:
        port = parts.port or 3128
    except ValueError:
        return None
    if not parts.hostname or parts.scheme not in ("http", ""):
        return None  # SOCKS and proxies over TLS are beyond us
    return Proxy(parts.hostname, port, _credentials(parts.username, parts.password))


def _credentials(name: str | None, password: str | None) -> dict[str, str]:
    if not name:
        return {}
    word = b64encode(f"{unquote(name)}:{unquote(password or '')}".encode()).decode()
    return {"Proxy-Authorization": f"Basic {word}"}


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
