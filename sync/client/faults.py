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


def translated(fault: BaseException) -> SyncError:
    """The sentences name no address: they are translated where they are shown, beside the node's name."""
    if isinstance(fault, ProxyRefused):
        return _of_proxy(fault.status)
    if isinstance(fault, ssl.SSLError):
        return _of_tls(fault)
    if isinstance(fault, socket.gaierror):
        return Unreachable("The server's name is not known on this network.", BY_ITSELF)
    if isinstance(fault, TimeoutError):
        return Unreachable("The server did not answer in time.", BY_ITSELF)
    if isinstance(fault, ConnectionRefusedError):
        return Unreachable("Nothing answers at the server's address: the connection was refused.", BY_ITSELF)
    if isinstance(fault, (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionError)):
        return Unreachable("The connection to the server was cut.", BY_ITSELF)
    if isinstance(fault, http.client.HTTPException):
        return not_a_node()
    if isinstance(fault, OSError) and fault.errno in NO_WAY:
        return Unreachable("There is no network connection to the server.", BY_ITSELF)
    return Unreachable("The connection to the server failed.", BY_ITSELF)


def not_a_node() -> NotEventDesk:
    return NotEventDesk("What answers at the server's address is no EventDesk server.", "Check the address.")


def portal() -> NotEventDesk:
    return NotEventDesk("The network's log-in page answers in the server's place.", LOG_IN)


def _of_proxy(status: int) -> SyncError:
    if status == 407:
        return NotEventDesk("The network's proxy asks for a password.", PROXY_PASSWORD)
    if status in (502, 503, 504):
        return Unreachable("The network's proxy does not reach the server.", BY_ITSELF)
    return NotEventDesk("The network's proxy refuses the way to the server.", LOG_IN)


def _of_tls(fault: ssl.SSLError) -> SyncError:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return WrongNode(
            "The server's certificate is not trusted.",
            "Check this computer's date. If this network has a log-in page, log in first.",
        )
    if fault.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE", "RECORD_LAYER_FAILURE"):
        return not_a_node()
    if isinstance(fault, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Unreachable("The connection to the server was cut.", BY_ITSELF)
    return Unreachable("No secure connection to the server came about.", BY_ITSELF)
