"""`eventdesk bench NAME`: measures and prints one JSON object."""

import argparse
import importlib
import json

# name on the command line -> module of eventdesk.bench
BENCHES = {
    "scan": "scan",
    "read": "read",
    "search": "search",
    "import": "import_guests",
    "badge": "badge",
    "receipt": "receipt",
    "sync": "sync",
    "sell": "sell",
    "pretix": "pretix",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("bench", help="measure, side by side in one run")
    names = parser.add_subparsers(metavar="NAME", required=True)
    for name, module in BENCHES.items():
        bench = importlib.import_module(f"eventdesk.bench.{module}")
        one = names.add_parser(name, help=(bench.__doc__ or "").splitlines()[0])
        bench.add_arguments(one)
        one.set_defaults(run=run, measure=bench.measure)


def run(args: argparse.Namespace) -> int:
    print(json.dumps(args.measure(args), indent=1))
    return 0
