"""One connection to a node, direct or through a proxy: TCP, TLS, and the node's identity checked."""

import http.client
import socket
import ssl
from typing import NamedTuple

from sync.client import tls
from sync.client.address import Address, Proxy
from sync.client.resolving import Resolver
from sync.client.sockets import Limits, Live, TimedSocket

EACH_ADDRESS_S = 5.0
# In seconds, the last one in milliseconds: for what was sent and never acknowledged.
PATIENCE = (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 20_000))


class ProxyRefused(Exception):
    """The proxy on the way answered CONNECT with another status than 200."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status


class Way(NamedTuple):
    """How to come to a node. `resolver` is of the proxy, where there is one."""

    address: Address
    proxy: Proxy | None
    resolver: Resolver
    fingerprint: bytes
    context: ssl.SSLContext | None
    live: Live


class Connection(http.client.HTTPConnection):
    """Kept open for many calls. `served`: how many it has brought an answer to."""

    sock: TimedSocket | None

    def __init__(self, way: Way) -> None:
        super().__init__(way.address.host, way.address.port)
        self._way = way
        self.served = 0

    def open(self, limits: Limits) -> None:
        """Raises OSError (with ssl.SSLError, socket.gaierror and TimeoutError), WrongNode, ProxyRefused."""
        plain = _connected(self._way.resolver, self._way.live, limits)
        self.sock = TimedSocket(plain, self._way.live, limits)
        try:
            if self._way.proxy and self._way.context:
                self._through(self._way.proxy, self.sock)
            if self._way.context:
                self._encrypt(self._way.context, self.sock)
        except BaseException:
            self.close()
            raise

    def connect(self) -> None:
        raise http.client.NotConnected

    def is_good(self) -> bool:
        return self.sock is not None and self.sock.is_quiet()

    def _through(self, proxy: Proxy, sock: TimedSocket) -> None:
        to = f"{_bracketed(self.host)}:{self.port}"
        headers = {"Host": to, **proxy.headers}
        lines = [f"CONNECT {to} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        sock.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1"))
        with sock.makefile() as file:
            status = _status(file.readline(1 << 16))
            while file.readline(1 << 16) not in (b"\r\n", b"\n", b""):
                pass
        if status != 200:
            raise ProxyRefused(status)

    def _encrypt(self, context: ssl.SSLContext, sock: TimedSocket) -> None:
        sock.arm()
        secure = context.wrap_socket(sock.plain, server_hostname=self.host, do_handshake_on_connect=False)
        sock.replaced(secure)
        sock.arm()
        secure.do_handshake()
        tls.check(secure, self._way.fingerprint)


def _connected(resolver: Resolver, live: Live, limits: Limits) -> socket.socket:
    """The first address that answers. Raises what went wrong at the last one."""
    trouble: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
    for family, host, port in resolver.addresses(limits):
        sock = socket.socket(family, socket.SOCK_STREAM)
        live.add(sock)
        try:
            sock.settimeout(min(limits.left(), EACH_ADDRESS_S))
            sock.connect((host, port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _keep_alive(sock)
        except OSError as error:
            live.discard(sock)
            sock.close()
            trouble = error
            continue
        return sock
    raise trouble


def _keep_alive(sock: socket.socket) -> None:
    """A peer that is gone without a word is noticed in a long poll too, after some 35 s."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in PATIENCE:
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _status(line: bytes) -> int:
    words = line.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        raise http.client.BadStatusLine(line[:100].decode("latin-1"))
    return int(words[1])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
