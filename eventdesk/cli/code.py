"""`eventdesk code`: a one-time code by which a desk or a hub comes in, with its QR on the terminal."""

import argparse
import sys
from urllib.parse import urlsplit

import qrcode

from eventdesk.cli.nodes import add_node, now_ms, opened, seconds
from eventdesk.node.places import Place
from sync import pairing, wire
from sync.server import certificates
from sync.server.accounts import accounts, deeds, desks
from sync.server.accounts.roles import HUB, ORGANIZER, PEOPLE
from sync.server.database import Database


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "code",
        help="let one more desk or hub in",
        description="Make a one-time code and print the invitation. The node may be running.",
    )
    add_node(parser)
    parser.add_argument("--name", default="", help="what people will call the desk (default: its own name)")
    parser.add_argument(
        "--roles",
        nargs="+",
        choices=sorted(PEOPLE | {HUB}),
        metavar="ROLE",
        help=f"{', '.join(sorted(PEOPLE | {HUB}))} (default: door; for a node's first desk: organizer)",
    )
    parser.add_argument("--logs", nargs="+", default=[], metavar="EVENT", help="ids (default: every event)")
    parser.add_argument("--valid", type=seconds, default=3600.0, metavar="TIME", help="(default: 1h)")
    parser.add_argument(
        "--address", type=_address, required=True, help="where desks reach the node: https://host:port"
    )
    parser.add_argument(
        "--no-pin", action="store_true", help="the certificate is one that every computer trusts"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when the code is kept and shown. Raises EventDeskError."""
    code = pairing.new_code()
    with opened(args) as (at, database):
        roles = args.roles or _default_roles(database)
        asked = wire.CodeAsked(pairing.lookup(code), args.name, roles, args.logs, args.valid)
        invitation = pairing.Invitation(code, args.address, b"" if args.no_pin else _fingerprint(at))
        now = now_ms()
        database.write_now(
            lambda connection: accounts.make_code(connection, deeds.SERVER, asked, {ORGANIZER}, now)
        )
    _show(invitation, roles, args.valid)
    return 0


def _default_roles(database: Database) -> list[str]:
    """Somebody must be able to let the others in."""
    return ["door"] if database.read_now(desks.known) else [ORGANIZER]


def _fingerprint(at: Place) -> bytes:
    """Of the node's own certificate; empty where it has none and a proxy speaks TLS for it."""
    own = certificates.existing(at.folder)
    return b"" if own is None else own.fingerprint


def _show(invitation: pairing.Invitation, roles: list[str], valid_s: float) -> None:
    text = invitation.text()
    print(f"Code:       {invitation.code}")
    print(f"Invitation: {text}")
    print(f"Good once, for {valid_s / 60:g} minutes, for the role {' and '.join(roles)}.")
    picture = qrcode.QRCode(border=2)
    picture.add_data(text)
    picture.make()
    if _draws(sys.stdout.encoding):
        picture.print_ascii(invert=True)


def _draws(encoding: str | None) -> bool:
    """Whether the output has the blocks that a QR is drawn with."""
    try:
        "\u2580\u2584\u2588".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _address(text: str) -> str:
    try:
        found = urlsplit(text)
        good = found.scheme == "https" and found.hostname and found.port != 0
    except ValueError:
        good = False
    if not good or found.username or found.path.strip("/") or found.query or found.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is no address such as https://host:8443")
    return text.rstrip("/")
