"""A node's certificate: made once, checked in words, and good for a real TLS connection."""

import hashlib
import socket
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from cryptography import x509

from sync.server import certificates
from sync.server.certificates import BadCertificate, ServerCertificate


@pytest.fixture
def made(tmp_path: Path) -> ServerCertificate:
    return certificates.in_folder(tmp_path, ["192.168.7.7", "fe80::1%eth0"])


def test_it_is_made_once(made: ServerCertificate, tmp_path: Path) -> None:
    assert certificates.in_folder(tmp_path) == made == certificates.existing(tmp_path)
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["certificate.key", "certificate.pem"]
    assert made.until > datetime.now(UTC) + timedelta(days=3600)


def test_names_and_addresses_stand_in_it(made: ServerCertificate) -> None:
    parsed = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {"localhost", socket.gethostname()} <= set(names.get_values_for_type(x509.DNSName))
    addresses = {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    assert addresses == {"192.168.7.7", "fe80::1", "127.0.0.1", "::1"}


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert certificates.existing(tmp_path) is None


def test_a_start_that_was_cut_off_is_taken_up_again(made: ServerCertificate, tmp_path: Path) -> None:
    made.certificate.unlink()
    key = made.key.read_bytes()
    assert certificates.in_folder(tmp_path).fingerprint != made.fingerprint
    assert made.key.read_bytes() == key


def test_of_two_that_make_it_at_once_both_get_the_same(tmp_path: Path) -> None:
    barrier, found = Barrier(4), []

    def make() -> None:
        barrier.wait()
        found.append(certificates.in_folder(tmp_path, []).fingerprint)

    threads = [Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_client_sees_the_fingerprint(made: ServerCertificate) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.certificate, made.key)
    client = ssl.create_default_context(cafile=str(made.certificate))
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with server.wrap_socket(theirs, server_side=True) as line:
            line.recv(1)

    thread = Thread(target=serve)
    thread.start()
    with client.wrap_socket(ours, server_hostname="localhost") as line:
        seen = line.getpeercert(binary_form=True)
        line.send(b"x")
    thread.join()
    assert seen is not None
    assert hashlib.sha256(seen).digest() == made.fingerprint


def test_what_can_not_be_used_is_told_in_words(made: ServerCertificate, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = certificates.in_folder(other, [])
    (tmp_path / "rubbish.pem").write_text("not a certificate")
    for certificate, key, words in (
        (made.certificate, stranger.key, "does not match"),
        (made.certificate, tmp_path / "none.key", "is not there"),
        (made.certificate, tmp_path / "rubbish.pem", "rubbish.pem"),
        (tmp_path / "none.pem", made.key, "can't be read"),
        (tmp_path / "rubbish.pem", made.key, "no certificate"),
    ):
        with pytest.raises(BadCertificate, match=words):
            certificates.loaded(certificate, key)


@pytest.mark.parametrize(("days", "words"), [(3653, "expired on"), (-2, "is good from")])
def test_the_date_is_looked_at(made: ServerCertificate, days: int, words: str) -> None:
    with pytest.raises(BadCertificate, match=words):
        certificates.loaded(made.certificate, made.key, datetime.now(UTC) + timedelta(days=days))
