"""Whom a connection speaks with: a node known by its certificate's digest, or by an authority."""

import ssl
from hashlib import sha256

from sync.errors import WrongNode


def context(fingerprint: bytes) -> ssl.SSLContext:
    """With a fingerprint no authority and no name counts, only `check` does."""
    made = ssl.create_default_context()
    made.set_alpn_protocols(["http/1.1"])
    if fingerprint:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


def check(sock: ssl.SSLSocket, fingerprint: bytes) -> None:
    """Raises WrongNode where the certificate is not the pinned one."""
    shown = sock.getpeercert(binary_form=True) or b""
    if fingerprint and sha256(shown).digest() != fingerprint:
        raise WrongNode(
            "Another computer answers at the server's address: its certificate is not the one paired with.",
            "If this network has a log-in page, log in first. If the server was set up anew, pair again.",
        )
