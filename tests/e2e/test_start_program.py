"""The program as a person starts it: one instance, its folder, and mistakes that are never silent."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import shiboken6
from PySide6.QtCore import QTimer

from eventdesk import config, paths
from eventdesk.app import opening, start
from eventdesk.app.stage import Stage
from eventdesk.config import Config
from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.desk.settings import CAMERA_SOURCE
from eventdesk.desk.venue.commands import OrderDesk
from eventdesk.domain.venue import Order
from eventdesk.screens.start.fault import FaultDialog
from eventdesk.storage import keys
from eventdesk.storage.store import Store
from tests.e2e.person import Person
from tests.rigs.users import need_open_checkout

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The user's own folders are of this test."""
    monkeypatch.setattr(paths, "data", lambda: tmp_path / "desk")
    monkeypatch.setattr(paths, "logs", lambda: tmp_path)
    monkeypatch.setattr(start, "keep_log", lambda: None)
    monkeypatch.setattr(start, "catch_everything", lambda _messages: None)
    return config.load(tmp_path / "desk")


def test_a_broken_desk_file_is_told(at_home: Config, person: Person) -> None:
    file = at_home.folder / config.FILE_NAME
    for content in (b"", b"{", b"\xff\xfe", b"[]", json.dumps({"desk": "Not An Id"}).encode()):
        file.write_bytes(content)
        assert start.run_window() == 1
        assert file.read_bytes() == content
    assert person.met == [FaultDialog] * 5
    assert all("does not say which desk this is" in text for text in person.read)


def test_a_mistake_of_the_program_is_told_too(
    at_home: Config, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(_settings: Config) -> None:
        raise LookupError("of ours")

    monkeypatch.setattr(start, "find_key", mistaken)
    assert start.run_window() == 1
    assert "LookupError: of ours" in person.read[0]


HOLDER = """
import sys
from pathlib import Path
from eventdesk.app.application import application
from eventdesk.app.opening import take_desk
application()
lock = take_desk(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_desk(at_home: Config) -> Iterator["subprocess.Popen[str]"]:
    """EventDesk, running already."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(at_home.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_one_is_refused_until_the_first_is_gone(
    at_home: Config, person: Person, other_desk: "subprocess.Popen[str]"
) -> None:
    assert start.run_window() == 1
    assert "EventDesk runs already" in person.read[0]
    # Qt takes a lock for forgotten after 30 s, unless it is still held.
    os.utime(at_home.folder / "running.lock", (1e9, 1e9))
    assert start.run_window() == 1
    other_desk.send_signal(signal.SIGKILL)
    other_desk.wait()
    opening.take_desk(at_home.folder).unlock()


AS_NOBODY = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from eventdesk import paths
from eventdesk.app import start
from eventdesk.app.application import application
paths.data = lambda: folder
start.keep_log = lambda: None
app = application()
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
def look():
    dialog = app.activeModalWidget()
    if dialog is not None:
        print(*(label.text() for label in dialog.findChildren(QLabel)))
        dialog.reject()
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
sys.exit(start.run_window())
"""


@pytest.mark.skipif(os.name == "nt", reason="file modes are not here")
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_can_not_be_written_to_is_told(there: bool) -> None:
    need_open_checkout(ROOT)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if there:
            config.load(folder)
            (folder / config.FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, name],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "Permission denied" in done.stdout
    assert name in done.stdout
    assert "Traceback" not in done.stderr


def test_an_order_to_restart_opens_the_window_anew_once(
    at_home: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the passphrase that was given, and it is not obeyed again at the next start."""
    key = keys.new_from_passphrase("correct horse battery")
    with Store.open(at_home.database, key, at_home.desk) as store, store.transaction() as tx:
        tx.append(LOG, demo_drafts(utc_now()))
        tx.settings.put(CAMERA_SOURCE, "")
    begun: list[Stage] = []
    begin = Stage.begin

    def watched(stage: Stage) -> None:
        begun.append(stage)
        desk = stage.desk
        if len(begun) == 1:
            order = OrderDesk(desk.store.desk, Order.RESTART)
            desk.hooks.door_chosen.connect(lambda _: desk.engine.post(order))
        else:
            QTimer.singleShot(1500, lambda: stage.app.exit(0))
        begin(stage)
        desk.engine.post(ChooseDoor(LOG, LIST))

    monkeypatch.setattr(Stage, "begin", watched)
    assert start.run_window(folder=at_home.folder, secret="correct horse battery") == 0
    # Nothing of the first is left to be dressed and kept up to date.
    assert [shiboken6.isValid(one.front.window) for one in begun] == [False, True]
    opening.take_desk(at_home.folder).unlock()
