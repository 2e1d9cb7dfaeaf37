"""`eventdesk hub`: the same on the venue's own network, for when the line to the centre is cut."""

import argparse
import sys

from eventdesk.cli.serving import add_serving, serve


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "hub",
        help="serve the desks of a venue, with a centre beyond",
        description="Serve a venue's desks: with the centre's word where the line is up, alone where not.",
    )
    add_serving(parser)
    parser.add_argument(
        "--upstream",
        default="",
        metavar="INVITATION",
        help="the centre's invitation, at the first start; - reads it from standard input",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    upstream = sys.stdin.readline().strip() if args.upstream == "-" else args.upstream
    return serve(args, "hub", upstream)
