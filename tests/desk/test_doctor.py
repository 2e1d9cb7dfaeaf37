import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import fail
from pytestqt.qtbot import QtBot

from eventdesk.desk.checks import surroundings
from eventdesk.desk.checks.camera import Glimpse, check_camera
from eventdesk.desk.checks.check import Check, Checkup, Status
from eventdesk.desk.checks.clock import check_clock
from eventdesk.desk.checks.database import check_database
from eventdesk.desk.checks.devices import check_printer
from eventdesk.desk.checks.disk import check_disk
from eventdesk.desk.commands import RunDoctor
from eventdesk.desk.doctor import Desk, Doctor, checks, examine
from eventdesk.desk.hooks import Hooks
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.states import DeviceState
from eventdesk.devices.states import Status as State
from eventdesk.errors import WrongKey
from eventdesk.storage.store import Store

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "eventdesk.db", KEY, "desk1") as opened:
        yield opened


def ready() -> Check:
    return Check("easy", Status.READY, "Fine.")


def broken() -> Check:
    raise RuntimeError("smoke")


def test_a_check_that_raises_is_told_and_the_others_are_made() -> None:
    bad, good = examine({"bad": broken, "easy": ready})
    assert (bad.name, bad.status) == ("bad", Status.GONE)
    assert "RuntimeError: smoke" in bad.message
    assert good.status is Status.READY


def test_a_check_that_hangs_costs_its_own_line_and_no_more_than_the_limit() -> None:
    release = threading.Event()

    def hang() -> Check:
        release.wait()
        return ready()

    start = time.monotonic()
    slow, other_slow, good = examine({"slow": hang, "other": hang, "easy": ready}, limit=0.2)
    assert time.monotonic() - start < 1
    assert (slow.status, other_slow.status, good.status) == (Status.GONE, Status.GONE, Status.READY)
    assert "No answer" in slow.message
    release.set()


def test_the_doctor_tells_after_each_check(qtbot: QtBot, tmp_path: Path, store: Store) -> None:
    hooks, told = Hooks(), list[Checkup]()
    hooks.doctor_reported.connect(told.append)
    desk = Desk(tmp_path, tmp_path / "backups", store)
    Doctor(desk, hooks).run(RunDoctor(request="r"))
    assert [len(one.checks) for one in told] == list(range(len(checks(desk)) + 1))
    assert {one.request for one in told} == {"r"}
    assert told[-1].complete
    assert not told[-2].complete
    found = {check.name: check for check in told[-1].checks}
    assert list(found) == list(checks(desk))
    assert found["readers"].status is Status.READY
    assert found["disk"].message
    assert all(check.remedy for check in found.values() if check.status is not Status.READY)


def test_a_clock_that_is_set_is_told() -> None:
    steps = count()
    jumping = check_clock(wall=lambda: 1.8e9 + 10 * next(steps), synchronised=lambda: True)
    assert jumping.status is Status.DEGRADED
    assert jumping.remedy
    assert check_clock(wall=lambda: 0.0, synchronised=lambda: True).status is Status.GONE


def test_a_clock_that_nothing_sets_is_told() -> None:
    assert check_clock(synchronised=lambda: None).status is Status.READY
    assert check_clock(synchronised=lambda: False).status is Status.DEGRADED


def test_the_disk_is_measured(tmp_path: Path) -> None:
    check = check_disk(tmp_path)
    assert dict(check.figures)["fsync_ms"] > 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (told,) = examine({"disk": lambda: check_disk(tmp_path / "file")})
    assert told.status is Status.GONE
    assert "file" in told.message


def test_a_sound_database_without_a_backup_asks_for_one(store: Store, tmp_path: Path) -> None:
    check = check_database(store, None, tmp_path / "backups")
    assert check.status is Status.DEGRADED
    assert "no backup" in check.message
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "one.backup").touch()
    assert check_database(store, None, tmp_path / "backups").status is Status.READY


def test_damaged_pages_are_found(store: Store, tmp_path: Path) -> None:
    store.close()
    with store.path.open("r+b") as stream:
        stream.seek(3 * 4096)
        stream.write(b"\xff" * 4096)
    check = check_database(store, None, tmp_path)
    assert check.status is Status.GONE
    assert check.remedy


def test_a_database_that_did_not_open_says_why(tmp_path: Path) -> None:
    check = check_database(None, WrongKey("The key does not open it.", "Enter another."), tmp_path)
    assert check == Check("database", Status.GONE, "The key does not open it.", "Enter another.")


def test_a_printer_that_is_gone_is_told(tmp_path: Path) -> None:
    printers = FolderPrinters(tmp_path)
    (queue,) = printers.queues()
    assert check_printer(printers, queue.name).status is Status.READY
    assert check_printer(printers, "badges-9").status is Status.GONE
    assert check_printer(printers, "").status is Status.DEGRADED
    assert check_printer(None, "badges-9").status is Status.GONE


@pytest.mark.parametrize(
    ("seen", "status", "words"),
    [
        (Glimpse(DeviceState("cam", State.READY), 29.6, 120, 1280, 720), Status.READY, "1280 × 720"),
        (Glimpse(DeviceState("cam", State.READY), 29.6, 12, 1280, 720), Status.DEGRADED, "dark"),
        (Glimpse(DeviceState("cam", State.READY), 29.6, 250, 1280, 720), Status.DEGRADED, "bright"),
        (Glimpse(DeviceState("cam", State.READY), 3, 120, 1280, 720), Status.DEGRADED, "3"),
        (Glimpse(DeviceState("cam", State.GONE, "It was unplugged.")), Status.GONE, "It was unplugged."),
        (Glimpse(DeviceState("cam", State.READY)), Status.GONE, "No pictures come."),
    ],
)
def test_the_camera_is_judged_by_what_it_shows(seen: Glimpse, status: Status, words: str) -> None:
    check = check_camera(lambda _source: seen, "0")
    assert check.status is status
    assert words in check.message


def test_a_desk_without_a_camera_says_so() -> None:
    assert check_camera(None, "0").status is Status.DEGRADED
    assert check_camera(lambda _source: Glimpse(DeviceState("", State.READY)), "").status is Status.DEGRADED


def test_no_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    backend: Any = fail.Keyring()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    check = surroundings.check_keyring()
    assert check.status is Status.DEGRADED
    assert "passphrase" in check.message


def test_a_script_without_a_font_is_named(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(surroundings.SCRIPTS, "Klingon", ("No Such Font",))
    check = surroundings.check_fonts()
    assert check.status is Status.DEGRADED
    assert "Klingon" in check.message
