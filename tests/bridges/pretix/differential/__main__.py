"""Compare on random events: python -m tests.bridges.pretix.differential --seed N --count M."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.bridges.pretix.differential.planted import PLANTED, plant
from tests.bridges.pretix.differential.running import Differ, Tally
from tests.rigs.pretix_server.installing import python


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bridges.pretix.differential", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="events; each has some fifteen scans")
    parser.add_argument(
        "--shrink", action="store_true", help="stop at a difference, and show the least event"
    )
    parser.add_argument("--world", type=Path, help="compare on the event in this file instead")
    parser.add_argument(
        "--plant",
        nargs="?",
        const="",
        metavar="WORDS",
        help="after how many scans is each planted fault found? (of those whose name has these words)",
    )
    parser.add_argument("--keep", type=Path, help="write events that differ to this folder")
    args = parser.parse_args()
    began = time.monotonic()
    if args.plant is not None:
        return _planted(args.seed, args.count, args.plant)

    shown = 0

    def told(tally: Tally) -> None:
        nonlocal shown
        for world, different in tally.found[shown:]:
            shown += 1
            _tell(f"difference {shown}: " + "; ".join(map(str, different)))
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{args.seed}-{shown}.json").write_text(json.dumps(world, indent=1))
        if tally.events % 20 == 0:
            _say(tally, args.seed, began)

    with tempfile.TemporaryDirectory() as folder, Differ(python(), Path(folder)) as differ:
        if args.world:
            found = differ.compare(json.loads(args.world.read_text()))
            _tell("\n".join(map(str, found)))
            return 1 if found else 0
        tally = differ.run(args.seed, args.count, stop=args.shrink, told=told)
    _say(tally, args.seed, began)
    return 1 if tally.found else 0


def _planted(seed: int, count: int, words: str) -> int:
    """Each fault in turn, until it is found."""
    missed = 0
    for name in (one for one in PLANTED if words in one):
        with tempfile.TemporaryDirectory() as folder, Differ(python(), Path(folder)) as differ, plant(name):
            tally = differ.run(seed, count, first=True)
        missed += not tally.found
        where = f"event {tally.events}, scan {tally.scans}" if tally.found else f"not in {tally.scans} scans"
        _tell(f"{name}: {where}")
    return 1 if missed else 0


def _say(tally: Tally, seed: int, began: float) -> None:
    said = {
        "seed": seed,
        "events": tally.events,
        "scans": tally.scans,
        "differ": len(tally.found),
        "aside": dict(tally.aside),
        "answers": dict(tally.outcomes.most_common()),
        "seconds": round(time.monotonic() - began),
    }
    _tell(json.dumps(said))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
