"""A node's start: everything that can go wrong is told before anyone is served."""

import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial

from eventdesk.errors import NodeError
from eventdesk.node.opening import NodeOptions, opened
from eventdesk.node.places import open_database
from eventdesk.node.upstream import upstream_of
from sync import wire
from sync.addresses import own_addresses
from sync.discovery import Announcement
from sync.errors import SyncError
from sync.server import certificates, journal, processes
from sync.server.accounts import desks
from sync.server.claiming import HUB
from sync.server.running import Listening, bound

_EVERY = ("0.0.0.0", "::")

Say = Callable[[str], None]


def run_node(options: NodeOptions, listening: Listening, *, plain: bool, invitation: str, say: Say) -> None:
    """Serves until a signal comes. `say` tells people; the lines `reached ADDRESSES` (by
    others) and `ready ADDRESS` (from here) tell programs too.

    `plain`: without TLS. `invitation`: a hub's, at its first start. Raises EventDeskError where it
    can't begin.
    """
    journal.start(listening.log_level)
    node = _prepared(options, say)
    fingerprint = b""
    try:
        if not plain:
            listening, fingerprint = _secured(listening, options)
            options = replace(options, settings=replace(options.settings, fingerprint=fingerprint))
        with bound(listening) as listener:
            port = int(listener.getsockname()[1])
            if options.kind == HUB:
                reached = wire.HubReached(fingerprint, _addresses(listening.host, port, plain))
                paired = upstream_of(options.place, invitation, node, options.name, reached)
                options = replace(options, upstream=paired)
            address = _addresses(listening.host or "127.0.0.1", port, plain)[0]
            if not plain:
                say(f"reached {' '.join(_addresses(listening.host, port, plain))}")
            with _announced(options, node, port, fingerprint):
                processes.run(partial(opened, options), listening, listener, lambda: say(f"ready {address}"))
    except SyncError as error:
        raise NodeError(error.message, error.remedy) from error


def _prepared(options: NodeOptions, say: Say) -> str:
    """The node's id. The database is there, and answers; its tables are made by one process alone."""
    database = open_database(options.place, options.name)
    try:
        known = database.read_now(desks.known)
    finally:
        database.close()
    say(f"EventDesk {options.kind} {database.name or database.node}")
    if not known:
        say(f"No desk is paired with it yet: `eventdesk code --folder {options.place.folder}` lets one in.")
    return database.node


def _secured(listening: Listening, options: NodeOptions) -> tuple[Listening, bytes]:
    """With a certificate, and its fingerprint (SHA-256 of DER)."""
    if listening.certificate is None or listening.key is None:
        made = certificates.in_folder(options.place.folder)
    else:
        made = certificates.loaded(listening.certificate, listening.key)
    return replace(listening, certificate=made.certificate, key=made.key), made.fingerprint


def _announced(
    options: NodeOptions, node: str, port: int, fingerprint: bytes
) -> AbstractContextManager[object]:
    """Told of on the LAN while it serves; one behind a proxy is not."""
    if not options.announced or not fingerprint:
        return nullcontext()
    return Announcement(node, options.name or socket.gethostname(), port, fingerprint)


def _addresses(host: str, port: int, plain: bool) -> list[str]:
    hosts = [host] if host and host not in _EVERY else own_addresses()
    scheme = "http" if plain else "https"
    return [f"{scheme}://{f'[{one}]' if ':' in one else one}:{port}" for one in hosts]
