"""`eventdesk demo`: the main job on the demo event, in a throw-away folder.

With a screen it opens the window. Without one it drives the same window off-screen through a scripted
door, prints what happened, and leaves screenshots and a badge behind.
"""

import argparse
import os
import secrets
import sys
import tempfile
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="run the door of a demo event")
    parser.add_argument(
        "--output", type=Path, default=Path("demo-output"), help="where pictures and badge go"
    )
    parser.add_argument("--scripted", action="store_true", help="drive the window by script even on a screen")
    parser.add_argument("--camera", default="", help="device, film, folder or address instead of our film")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    scripted = args.scripted or not _has_screen()
    if scripted:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from eventdesk.cli.demo.window import show

    with tempfile.TemporaryDirectory(prefix="eventdesk-demo-") as folder:
        return show(args, Path(folder), secrets.token_bytes(32), scripted)


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
