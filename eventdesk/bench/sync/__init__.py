"""Desks and their node: facts, claims, a desk's first filling, news, and ten thousand who wait.

Everything is measured in one run on one computer, by turns with what bounds it. The nodes are real ones:
`eventdesk serve` as processes, plain HTTP on loopback as behind a proxy.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PARTS = ("facts", "claims", "desk", "seen", "fanout")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=PARTS, action="append", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--guests", type=int, default=500_000, help="of the event that an empty desk fetches")
    parser.add_argument("--batches", type=int, default=20, help="of 100 facts: from each desk, each round")
    parser.add_argument("--rounds", type=int, default=5, help="of each thing that is measured by turns")
    parser.add_argument("--seconds", type=float, default=20.0, help="of claims")
    parser.add_argument("--admissions", type=int, default=120, help="to be seen elsewhere")
    parser.add_argument("--connections", type=int, default=10_000, help="that wait idle")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """The figures of all parts (or of those named) in one object; what could not be measured is null, or
    not there, with a word why. `load_average`: of the last minute, at the beginning and at the end."""
    figures: dict[str, Any] = {"load_average": [round(os.getloadavg()[0], 1)]}
    for name, part in _parts().items():
        if not args.only or name in args.only:
            # Short: PostgreSQL's socket lies in it.
            with tempfile.TemporaryDirectory(prefix="edbench") as folder:
                try:
                    figures |= part(Path(folder), args)
                except (RuntimeError, OSError) as error:  # the other parts are worth their time
                    figures[f"{name}_failed"] = str(error)
    figures["load_average"].append(round(os.getloadavg()[0], 1))
    return figures


def _parts() -> dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]]:
    """Imported when it is measured: the command line is to start without servers and drivers."""
    from eventdesk.bench.sync import claims, facts, fanout, filling, seeing

    return {
        "facts": facts.measure,
        "claims": claims.measure,
        "desk": filling.measure,
        "seen": seeing.measure,
        "fanout": fanout.measure,
    }
