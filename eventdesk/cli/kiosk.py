"""`eventdesk kiosk`: this computer serves guests, and nothing else."""

import argparse
import sys

from eventdesk.cli.database import add_database, folder_of
from eventdesk.cli.kiosk_check import Open, open_ways
from eventdesk.errors import BadInput


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "kiosk",
        help="make this desk a kiosk that guests can't leave",
        description="Open the kiosk, full screen and locked; restart it by itself after a crash. Staff "
        "leaves it by PIN or staff card: five taps into the upper left corner, or Ctrl+Shift+E.",
    )
    add_database(parser)
    parser.add_argument(
        "--check", action="store_true", help="tell what of this computer a guest could still get at, and end"
    )
    parser.add_argument(
        "--passphrase-on-input",
        action="store_true",
        help="the database's passphrase is the first line of standard input",
    )
    # How guardian and kiosk start each other.
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--key-on-input", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The exit code; of `--check` 0 where nothing is open. Raises BadInput without a passphrase."""
    if args.check:
        return tell(open_ways())
    secret: str | bytes = ""
    if args.key_on_input:
        secret = bytes.fromhex(_line())
    elif args.passphrase_on_input:
        secret = _line()
    return int(args.kiosk(folder_of(args), secret, args.inside))


def _line() -> str:
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip():
        raise BadInput("No passphrase was given.", "Give it as the first line of standard input.")
    return line.rstrip("\r\n")


def tell(found: list[Open]) -> int:
    for one in found:
        print(f"!!  {one.words}")
        print(f"    -> {one.remedy}")
    if not found:
        print("ok  Nothing of this computer is open to a guest, as far as can be seen from here.")
    return 1 if found else 0
