"""A scan, from frame to verdict, and its durable admission against raw sqlcipher3."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--guests", type=int, default=50_000, help="guests on the desk")
    parser.add_argument("--scans", type=int, default=1_000, help="admissions timed on each side")
    parser.add_argument("--tickets", type=int, default=40, help="tickets held up to the camera")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """The figures of both halves in one object; the window stays off-screen where there is no screen."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from eventdesk.bench.admission import measure_admissions
    from eventdesk.bench.frames import measure_frames

    with tempfile.TemporaryDirectory(prefix="eventdesk-bench-") as folder:
        frames = measure_frames(args.stage, Path(folder), args.guests, args.tickets)
    with tempfile.TemporaryDirectory(prefix="eventdesk-bench-") as folder:
        admissions = measure_admissions(Path(folder), args.guests, args.scans)
    return admissions | frames
