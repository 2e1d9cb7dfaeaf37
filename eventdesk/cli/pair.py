"""`eventdesk pair INVITATION`: pairs a desk with a hub or a centre, without its window."""

import argparse

from eventdesk.cli.database import add_database
from eventdesk.cli.lined import lined
from eventdesk.desk.upstream.enrolling import enrolled


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "pair",
        help="pair this desk with a hub or a centre",
        description="Pair this desk by an invitation, or by a code and an address. EventDesk must not run.",
    )
    add_database(parser)
    parser.add_argument("invitation", help="the whole text of the invitation, or the code alone")
    parser.add_argument("--address", default="", help="https://host:port, where the code stands alone")
    parser.add_argument("--name", default="", help="what people see of this desk (default: the computer's)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises EventDeskError in words where it could not be paired."""
    with lined(args) as desk:
        node, answer = enrolled(
            desk.membership, desk.reach, desk.clock, args.invitation, args.address, args.name
        )
    roles = ", ".join(answer.roles) or "none"
    print(f"Paired with {node.name} ({node.kind}). Roles: {roles}. Facts travel when EventDesk runs.")
    return 0
