"""Run by `test_kill.py`: a whole desk without a screen that admits one guest after the other.

Tells each guest when the engine has given a green verdict; is killed meanwhile.

python -m tests.e2e.killed_desk FOLDER KEY FIRST
"""

import itertools
import sys
import threading
from pathlib import Path

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.badges import fonts
from eventdesk.desk.commands import ScanCode
from eventdesk.desk.hooks import Given, Trouble
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.decision import Outcome

# So many scans wait at the engine, as where a crowd scans faster than one can write.
WAITING = 8


def main(folder: Path, key: bytes, first: int) -> None:
    fonts.prepare()
    settings = config.load(folder)
    desk = compose(settings, key, printers=Rack(None, FolderPrinters(folder / "badges"), ("", "")))
    room = threading.Semaphore(WAITING)

    def given(one: Given) -> None:
        if one.verdict.outcome is Outcome.OK and one.verdict.ticket is not None:
            tell(one.verdict.ticket.id)
        room.release()

    desk.hooks.verdict_given.connect(given)
    desk.hooks.trouble_told.connect(wrong)
    desk.start()
    for number in itertools.count(first):
        room.acquire()
        desk.engine.post(ScanCode(f"code-{number}"))


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def wrong(trouble: Trouble) -> None:
    tell(f"! {trouble.message}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]))
