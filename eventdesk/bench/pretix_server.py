"""A pretix of one's own for a measurement: the one that the tests start, as a process of a checkout."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from eventdesk.errors import BadInput

CHECKOUT = Path(__file__).resolve().parents[2]
MODULE = "tests.rigs.pretix_server"


class Rig(NamedTuple):
    """`tokens`: good for once, of two devices that may do all. `database`: what it keeps its data in."""

    url: str
    organizer: str
    event: str
    tokens: tuple[str, ...]
    database: str = ""


@contextmanager
def running(orders: int) -> Iterator[Rig]:
    """On a PostgreSQL whose commits wait for the disk, as ours do, where there is one (the figures say so).
    The first time pretix is installed, which takes a minute. Raises BadInput where this is no checkout, or
    it can't be installed."""
    if not (CHECKOUT / Path(*MODULE.split("."))).is_dir():
        raise BadInput("There is no pretix to ask here.", "Name one by --server, or run this in a checkout.")
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, str(orders), "--durable"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield _told(process)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _told(process: "subprocess.Popen[str]") -> Rig:
    """What it prints is one JSON object, whose last line is a brace of its own."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if line == "}\n":
            state = json.loads("".join(said))
            devices = state["devices"]
            return Rig(
                state["url"],
                state["organizer"],
                state["event"],
                (devices["Bridge"], devices["Other bridge"]),
                state["database"],
            )
    _, err = process.communicate()
    raise BadInput(f"pretix did not start: {err.strip()[-400:]}", "Look at what it says, or name a --server.")
