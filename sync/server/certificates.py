"""A node's certificate: made by itself and pinned at pairing, or given by the admin.

Desks know a certificate by its fingerprint, so one that was made stays: a new one would have to be
paired with anew. Names and addresses stand in it for people and other programs that look.
"""

import os
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.addresses import own_addresses
from sync.errors import SyncError

CERTIFICATE = "certificate.pem"
KEY = "certificate.key"
GOOD_FOR = timedelta(days=3652)
_LOCAL = ("127.0.0.1", "::1")
_MOST_COMMON_NAME = 64
_ANEW = "Give a certificate in PEM form and the key that it was made for."


class BadCertificate(SyncError):
    """The certificate or its key can't be used; the message says which and why."""


class ServerCertificate(NamedTuple):
    """Two files in PEM form. `fingerprint`: SHA-256 of the certificate (DER)."""

    certificate: Path
    key: Path
    fingerprint: bytes
    until: datetime


def in_folder(folder: Path, addresses: Sequence[str] | None = None) -> ServerCertificate:
    """The folder's own certificate, made where there is none. Raises BadCertificate, OSError.

    `addresses`: this computer's (default: all that it has now). Of two processes that make one at
    once, both get the one that came first.
    """
    certificate, key = folder / CERTIFICATE, folder / KEY
    if not certificate.exists():
        _make(certificate, key, own_addresses() if addresses is None else addresses)
    return loaded(certificate, key)


def existing(folder: Path) -> ServerCertificate | None:
    """The folder's own certificate, where one was made. Raises BadCertificate."""
    return loaded(folder / CERTIFICATE, folder / KEY) if (folder / CERTIFICATE).exists() else None


def loaded(certificate: Path, key: Path, now: datetime | None = None) -> ServerCertificate:
    """Certificate and key, tried as the server will use them. Raises BadCertificate."""
    parsed = _parsed(certificate)
    if not key.exists():
        raise BadCertificate(f"The certificate's key {key} is not there.", _ANEW)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=_no_password)
    except ssl.SSLError as error:
        raise BadCertificate(f"The key {key} does not match the certificate {certificate}.", _ANEW) from error
    except (OSError, ValueError) as error:
        raise BadCertificate(f"The key {key} can't be read: {_words(error)}.", _ANEW) from error
    _check_time(parsed, certificate, now or datetime.now(UTC))
    digest = sha256(parsed.public_bytes(Encoding.DER)).digest()
    return ServerCertificate(certificate, key, digest, parsed.not_valid_after_utc)


def _parsed(certificate: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes())
    except OSError as error:
        raise BadCertificate(f"The certificate {certificate} can't be read: {_words(error)}.") from error
    except ValueError as error:
        raise BadCertificate(f"{certificate} holds no certificate in PEM form.", _ANEW) from error


def _check_time(parsed: x509.Certificate, path: Path, now: datetime) -> None:
    if parsed.not_valid_after_utc < now:
        raise BadCertificate(
            f"The certificate {path} expired on {parsed.not_valid_after_utc:%Y-%m-%d}.",
            "Have it renewed, then start again.",
        )
    if parsed.not_valid_before_utc > now:
        raise BadCertificate(
            f"The certificate {path} is good from {parsed.not_valid_before_utc:%Y-%m-%d} on.",
            "Look at this computer's date.",
        )


def _make(certificate: Path, key: Path, addresses: Sequence[str]) -> None:
    """The key comes first, each whole or not at all: a start that was cut off is taken up again."""
    private = ec.generate_private_key(ec.SECP256R1())
    _place(key, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    kept = load_pem_private_key(key.read_bytes(), None)
    assert isinstance(kept, ec.EllipticCurvePrivateKey)
    made = _signed(kept, socket.gethostname(), addresses)
    _place(certificate, made.public_bytes(Encoding.PEM), 0o644)


def _place(path: Path, content: bytes, mode: int) -> None:
    """Nothing where the file is there already."""
    draft = path.with_name(f"{path.name}.{token_hex(4)}.new")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _signed(private: ec.EllipticCurvePrivateKey, host: str, addresses: Sequence[str]) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:_MOST_COMMON_NAME] or "eventdesk")])
    begins = datetime.now(UTC) - timedelta(days=1)  # for desks whose clock is behind
    builder = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName(_names(host, addresses)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    return builder.sign(private, SHA256())


def _names(host: str, addresses: Sequence[str]) -> list[x509.GeneralName]:
    hosts = dict.fromkeys(name for name in (host, f"{host}.local", "localhost") if name.isascii())
    numbers = dict.fromkeys(ip_address(one.partition("%")[0]) for one in (*addresses, *_LOCAL))
    return [*map(x509.DNSName, hosts), *map(x509.IPAddress, numbers)]


def _no_password() -> str:
    """Without this, OpenSSL would ask on the terminal."""
    return ""


def _words(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
