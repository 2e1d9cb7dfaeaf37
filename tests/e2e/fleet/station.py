"""Run by the fleet's tests: a whole desk without a screen, which does as it is told on standard input.

python -m tests.e2e.fleet.station FOLDER KEY SKEW_S

`SKEW_S`: how far this computer's clock is ahead, for the whole process: so it is set before anything that
may read the clock is imported.
"""

import sys
import time
from pathlib import Path


def main(folder: Path, key: bytes, skew_s: float) -> None:
    set_clock(skew_s)
    from tests.e2e.fleet.attendant import run

    run(folder, key)


def set_clock(skew_s: float) -> None:
    wall, wall_ns = time.time, time.time_ns
    if skew_s:
        time.time = lambda: wall() + skew_s
        time.time_ns = lambda: wall_ns() + round(skew_s * 1e9)


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), float(sys.argv[3]))
