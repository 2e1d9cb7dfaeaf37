"""A node's start: everything that can go wrong is told before anyone is served."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from eventdesk.errors import NodeError
from eventdesk.node.opening import NodeOptions, opened
from eventdesk.node.places import open_database
from sync.errors import SyncError
from sync.server import journal, processes
from sync.server.running import Listening, bound

Say = Callable[[str], None]


def run_node(options: NodeOptions, listening: Listening, *, plain: bool, say: Say) -> None:
    """Serves until a signal comes. `say` tells people; the line `ready ADDRESS` tells programs.

    `plain`: without TLS. Raises EventDeskError where it can't begin.
    """
    journal.start(listening.log_level)
    _prepare(options, say)
    if not plain:
        listening = _secured(listening, options)
    try:
        listener = bound(listening)
        port = int(listener.getsockname()[1])
        address = f"{'http' if plain else 'https'}://{_shown(listening.host)}:{port}"
        processes.run(partial(opened, options), listening, listener, lambda: say(f"ready {address}"))
    except SyncError as error:
        raise NodeError(error.message, error.remedy) from error


def _prepare(options: NodeOptions, say: Say) -> None:
    """The database is there, and answers; its tables are made by one process alone."""
    database = open_database(options.place, options.name)
    database.close()
    say(f"EventDesk node {database.node}{f' ({database.name})' if database.name else ''}")


def _secured(listening: Listening, options: NodeOptions) -> Listening:
    if listening.certificate is None or listening.key is None:
        from sync.server import certificates

        made = certificates.in_folder(options.place.folder)
        listening = replace(listening, certificate=made.certificate, key=made.key)
    assert listening.certificate is not None
    assert listening.key is not None
    _check(listening.certificate, listening.key)
    return listening


def _check(certificate: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        words = error.strerror or str(error)
        raise NodeError(
            f"The certificate {certificate} can't be used with the key {key}: {words}.",
            "Give a certificate in PEM form and the key that it was made for.",
        ) from error


def _shown(host: str) -> str:
    host = host or "127.0.0.1"
    return f"[{host}]" if ":" in host else host
