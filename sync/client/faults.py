"""What the network did to a call, as errors with sentences for people."""

import errno
import http.client
import socket
import ssl

from sync.client.connection import ProxyRefused
from sync.errors import NotEventDesk, SyncError, Unreachable, WrongNode

# All that a connection raises when the world is at fault.
FAULTS = (OSError, http.client.HTTPException, ProxyRefused)

NO_WAY = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.EADDRNOTAVAIL,
    errno.EACCES,
    errno.EPERM,
}
BY_ITSELF = "This desk goes on alone and tries again by itself."
LOG_IN = "Open a web browser on this computer and log in to the network."
PROXY_PASSWORD = "Write the name and the password into the proxy's address in the system's settings."


def translated(fault: BaseException, shown: str) -> SyncError:
    """`shown`: the node's address, as people read it."""
    if isinstance(fault, ProxyRefused):
        return _of_proxy(fault.status)
    if isinstance(fault, ssl.SSLError):
        return _of_tls(fault, shown)
    if isinstance(fault, socket.gaierror):
        return Unreachable(f"The name in {shown} is not known on this network.", BY_ITSELF)
    if isinstance(fault, TimeoutError):
        return Unreachable(f"{shown} did not answer in time.", BY_ITSELF)
    if isinstance(fault, ConnectionRefusedError):
        return Unreachable(f"Nothing answers at {shown}: the connection was refused.", BY_ITSELF)
    if isinstance(fault, (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionError)):
        return Unreachable(f"The connection to {shown} was cut.", BY_ITSELF)
    if isinstance(fault, http.client.HTTPException):
        return not_a_node(shown)
    if isinstance(fault, OSError) and fault.errno in NO_WAY:
        return Unreachable(f"There is no network connection to {shown}.", BY_ITSELF)
    return Unreachable(f"The connection to {shown} failed: {fault}", BY_ITSELF)


def not_a_node(shown: str) -> NotEventDesk:
    return NotEventDesk(f"What answers at {shown} is no EventDesk server.", "Check the address.")


def portal() -> NotEventDesk:
    return NotEventDesk("The network's log-in page answers in the server's place.", LOG_IN)


def _of_proxy(status: int) -> SyncError:
    if status == 407:
        return NotEventDesk("The network's proxy asks for a password.", PROXY_PASSWORD)
    if status in (502, 503, 504):
        return Unreachable("The network's proxy does not reach the server.", BY_ITSELF)
    return NotEventDesk(f"The network's proxy refuses the way to the server (status {status}).", LOG_IN)


def _of_tls(fault: ssl.SSLError, shown: str) -> SyncError:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return WrongNode(
            f"The certificate of {shown} is not trusted: {fault.verify_message.rstrip('.')}.",
            "Check this computer's date. If this network has a log-in page, log in first.",
        )
    if fault.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE", "RECORD_LAYER_FAILURE"):
        return not_a_node(shown)
    if isinstance(fault, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Unreachable(f"The connection to {shown} was cut.", BY_ITSELF)
    return Unreachable(f"No secure connection to {shown} came about ({fault.reason}).", BY_ITSELF)
