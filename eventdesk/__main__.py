"""The command line. Without a command it opens the window."""

import argparse
import faulthandler
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

from eventdesk import __version__
from eventdesk.errors import EventDeskError, of_system

if TYPE_CHECKING:
    from pathlib import Path

    from eventdesk.app.stage import Stage
    from eventdesk.config import Config

# command -> module of eventdesk.cli; only the module of the command given is imported
COMMANDS = {
    "demo": "demo",
    "doctor": "doctor",
    "readiness": "readiness",
    "read": "read",
    "decide": "decide",
    "import": "import_guests",
    "export": "export_guests",
    "verify": "verify",
    "backup": "backup",
    "bench": "bench",
    "serve": "serve",
    "hub": "hub",
    "code": "code",
    "desks": "desks",
    "node-backup": "node_backup",
    "pair": "pair",
    "outbox": "outbox",
    "conflicts": "conflicts",
    "erase": "erase",
    "tickets": "tickets",
    "training": "training",
    "kiosk": "kiosk",
    "mailer": "mailer",
    "pretix": "pretix",
}


def parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The whole parser for `--help` and for what is no command, otherwise no more than is needed."""
    parser = argparse.ArgumentParser(prog="eventdesk", description="Check-in and box office for events.")
    parser.add_argument("--version", action="version", version=f"eventdesk {__version__}")
    parser.set_defaults(run=None, stage=_stage, kiosk=_kiosk)
    subparsers = parser.add_subparsers(metavar="COMMAND")
    given = next((word for word in arguments if word in COMMANDS), None)
    every = [] if arguments in ([], ["--version"]) else COMMANDS
    for command in [given] if given else every:
        importlib.import_module(f"eventdesk.cli.{COMMANDS[command]}").add_parser(subparsers)
    return parser


def _stage(settings: "Config", key: bytes) -> "Stage":
    """Built only when asked for: most commands need no window."""
    from eventdesk.app.stage import stage

    return stage(settings, key)


def _kiosk(folder: "Path", secret: str | bytes, inside: bool) -> int:
    """The kiosk under its guardian; `inside`: what the guardian starts."""
    if inside:
        from eventdesk.app.kiosk import run_inside

        return run_inside(folder)
    from eventdesk.app.start import run_window

    return run_window(True, folder, secret)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found wanting, 2 could not be done."""
    _prepare()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except EventDeskError as error:
        return _refused(error)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`).
        _let_go_of_output()
        return 0
    except OSError as error:
        _let_go_of_output()
        return _refused(of_system(error))
    except KeyboardInterrupt:
        return 130
    return code


def _prepare() -> None:
    if sys.stderr is not None:  # a windowed program has none
        faulthandler.enable()
    # A camera or sound server that is not there is told by us; the libraries' chatter helps nobody.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file's name may be of bytes that no encoding knows: it must not end the command.
            stream.reconfigure(errors="backslashreplace")


def _run(words: list[str]) -> int:
    try:
        args = parser_for(words).parse_args(words)
    except SystemExit as leaving:  # after --help, or what it has said of the arguments
        return int(leaving.code or 0)
    if args.run is None:
        from eventdesk.app.start import run_window

        return run_window()
    return int(args.run(args))


def _refused(error: EventDeskError) -> int:
    with suppress(OSError):
        print(f"eventdesk: {error}", file=sys.stderr)
    return 2


def _let_go_of_output() -> None:
    """Nothing can be written there any more: python must not complain at its exit too."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
