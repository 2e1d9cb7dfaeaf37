"""Whether the node at a typed address is the one that a typed code is of.

A code alone does not tell the node's certificate, and no authority knows a hub's own. But the node knows
what is derived from the code: it shows so, bound to the certificate that it presents. Whoever stands in
between can neither do that for a certificate of theirs, nor come in by what they hear.
"""

import hmac
import os
import socket
import ssl
from hashlib import sha256

from sync import pairing, wire
from sync.client.address import read_address
from sync.client.faults import FAULTS, translated
from sync.client.http import HttpUpstream
from sync.client.tls import context
from sync.errors import WrongNode

WITHIN_S = 10.0
NONCE_BYTES = 32
_ANY = b"\0"  # a context for some fingerprint trusts no authority; here it is read, not checked


def recognised(address: str, code: str) -> bytes:
    """SHA-256 of the node's certificate (DER). Raises BadAddress, BadCode and SyncError: WrongNode where
    what answers does not know the code, Refused (code `code`) where it says so."""
    fingerprint = _shown(address)
    lookup, nonce = pairing.lookup(code), os.urandom(NONCE_BYTES)
    upstream = HttpUpstream(address, fingerprint=fingerprint)
    try:
        told = upstream.prove(wire.ProofAsked(pairing.index(lookup), nonce))
    finally:
        upstream.close()
    if not hmac.compare_digest(told.proof, pairing.proof(lookup, nonce, fingerprint)):
        raise WrongNode("What answers at this address does not know the code.", "Check the address.")
    return fingerprint


def _shown(address: str) -> bytes:
    at = read_address(address)
    try:
        with (
            socket.create_connection((at.host, at.port), WITHIN_S) as plain,
            context(_ANY).wrap_socket(plain, server_hostname=at.host) as secure,
        ):
            return sha256(secure.getpeercert(binary_form=True) or b"").digest()
    except (*FAULTS, ssl.SSLError) as fault:
        raise translated(fault) from fault
