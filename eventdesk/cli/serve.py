"""`eventdesk serve`: the centre, which desks and hubs agree by."""

import argparse

from eventdesk.cli.serving import add_serving, serve


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "serve",
        help="serve desks and hubs: the centre",
        description="Serve desks and hubs. The first one comes in by a code: see `eventdesk code`.",
    )
    add_serving(parser)
    parser.add_argument("--announce", action="store_true", help="let desks on this network find it (mDNS)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    return serve(args, "centre", announced=args.announce)
