"""What the world does to a desk at work: told at once, nothing is lost, and the window never stands still."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.app.stage import Stage
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import BackUpIfDue, ScanCode
from eventdesk.desk.demo import LOG
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.queues import Progress
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.badges import JobState
from eventdesk.domain.decision import Outcome
from eventdesk.screens.checkin.shown import Face
from eventdesk.storage import backups, connecting
from eventdesk.storage.verification import verify
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.e2e.conftest import MakeStage
from tests.e2e.witness import Watch

ADA, AMINA = "hl-ada-7QX4M2", "hl-amina-3VB5J2"

# The disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """The desk's folder on a disk of 6 MiB; skipped where this user may not mount one."""
    folder = tmp_path / "desk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all the room that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)):
                pass
        except OSError:
            pass
    return ballast


def test_a_full_disk_stops_the_guest_and_lets_in_when_there_is_room(
    small_disk: Path, make_stage: MakeStage, watch: Watch
) -> None:
    stage = make_stage(**{keys.PRINTER: "pdf-folder"})
    seen = watch(stage)
    seen.until(lambda: "Main entrance" in stage.front.window.windowTitle())
    ballast = fill(small_disk)
    for number in range(1, 4):
        seen.scan(ADA)
        seen.until(lambda number=number: len(seen.troubles) == number)  # type: ignore[misc]
    assert seen.given == []
    face, word, words = seen.panel()
    assert (face, word) == (Face.REFUSED, "NOT RECORDED")
    assert "disk is full" in words
    assert "Make room" in words
    assert "disk is full" in seen.state("database")
    assert "disk is full" in seen.bar()
    assert len([one for one in seen.bar_messages() if "disk is full" in one.text]) == 1

    ballast.unlink()
    seen.scan(ADA)
    seen.until(lambda: len(seen.given) == 1)
    assert seen.given[0].verdict.outcome is Outcome.OK
    assert seen.panel()[0] is Face.ADMITTED
    seen.until(lambda: seen.state("database") == "✓ Database")
    assert seen.bar() == ""
    seen.until(lambda: any(job.state is JobState.PRINTED for job in seen.jobs))
    with stage.desk.store.reader() as reader:
        assert reader.admission(LOG, seen.given[0].admission) is not None
    assert verify(stage.desk.store) == []


def test_a_disk_that_fills_while_badges_wait_is_told_once(
    small_disk: Path, make_stage: MakeStage, watch: Watch
) -> None:
    printers = ScriptedPrinters()
    stage = make_stage(
        Rack(printers, FolderPrinters(small_disk / "badges"), ("", "")), **{keys.PRINTER: "left"}
    )
    seen = watch(stage)
    seen.scan(ADA)
    seen.until(lambda: len(printers.sent) == 1)
    ballast = fill(small_disk)
    printers.move_all(Progress.PRINTED)
    seen.until(lambda: len(seen.troubles) == 1)
    seen.qtbot.wait(2500)  # the spool tries again meanwhile
    assert len(seen.troubles) == 1
    ballast.unlink()
    seen.until(lambda: any(job.state is JobState.PRINTED for job in seen.jobs))
    assert len(printers.sent) == 1
    assert verify(stage.desk.store) == []


def test_a_database_that_another_program_holds_stops_the_guest_for_no_longer_than_that(
    make_stage: MakeStage, watch: Watch
) -> None:
    stage = make_stage()
    seen = watch(stage)
    seen.until(lambda: "Main entrance" in stage.front.window.windowTitle())
    holder = connecting.connect(stage.desk.store.path, stage.desk.store.key)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    seen.scan(ADA)
    seen.until(lambda: len(seen.troubles) == 1)
    waited = time.monotonic() - began
    holder.execute("ROLLBACK")
    holder.close()
    assert waited < 2, "a guest stands before the door"
    assert seen.panel()[:2] == (Face.REFUSED, "NOT RECORDED")
    assert "Another program holds the database" in seen.panel()[2]
    assert "Another program" in seen.state("database")
    seen.scan(ADA)
    seen.until(lambda: len(seen.given) == 1)
    assert seen.panel()[0] is Face.ADMITTED
    assert seen.state("database") == "✓ Database"


# Backups


def test_a_folder_that_takes_no_backups_is_told_once_and_again_when_it_comes_back(
    make_stage: MakeStage, watch: Watch
) -> None:
    stage = make_stage()
    seen = watch(stage)
    folder = backups.folder_of(stage.desk.store.path)
    folder.write_text("a file where the folder should be")
    for _ in range(3):  # three minutes of the clock
        stage.desk.engine.post(BackUpIfDue())
    seen.scan(ADA)
    seen.until(lambda: len(seen.given) == 1 and bool(seen.troubles))
    seen.qtbot.wait(200)
    assert len(seen.troubles) == 1
    assert str(folder) in seen.troubles[0].message
    assert seen.panel()[0] is Face.ADMITTED, "the door is not concerned"

    folder.unlink()
    with seen.qtbot.waitSignal(stage.front.bridge.backup_made, timeout=5000):
        stage.desk.engine.post(BackUpIfDue())
    [made] = backups.listed(stage.desk.store.path)
    assert backups.is_good(made.path, stage.desk.store.key)


# The printer


@pytest.fixture
def printers() -> ScriptedPrinters:
    return ScriptedPrinters()


@pytest.fixture
def printing(make_stage: MakeStage, printers: ScriptedPrinters, tmp_path: Path) -> Stage:
    rack = Rack(printers, FolderPrinters(tmp_path / "badges"), ("", ""))
    return make_stage(rack, **{keys.PRINTER: "left"})


def test_without_paper_the_guest_is_in_and_the_badge_waits(
    printing: Stage, printers: ScriptedPrinters, watch: Watch
) -> None:
    seen = watch(printing)
    seen.scan(ADA)
    seen.until(lambda: len(printers.sent) == 1)
    printers.move_all(Progress.HELD, "Out of paper")
    seen.until(lambda: "Out of paper" in seen.state("printer"))
    assert seen.panel()[0] is Face.ADMITTED
    [told] = [one for one in seen.bar_messages() if "Out of paper" in one.text]
    assert "The guest is checked in" in told.remedy
    seen.qtbot.wait(600)
    assert len([one for one in seen.messages if "Out of paper" in one.text]) == 1, "told once"

    printers.move_all(Progress.PRINTED)
    seen.until(lambda: seen.state("printer") == "✓ Printer")
    assert seen.bar() == ""
    assert len(printers.sent) == 1, "one badge, once"


def test_a_print_system_that_is_gone_holds_nobody_up(
    printing: Stage, printers: ScriptedPrinters, watch: Watch
) -> None:
    seen = watch(printing)
    printers.silent = True
    seen.scan(ADA)
    seen.until(lambda: bool(seen.troubles))
    assert seen.panel()[0] is Face.ADMITTED
    assert "does not answer" in seen.state("printer")
    assert "does not answer" in seen.bar()
    seen.qtbot.wait(2500)
    assert len(seen.troubles) == 1
    with printing.desk.store.reader() as reader:
        assert [job.state for job in reader.jobs.waiting()] == [JobState.QUEUED]

    printers.silent = False
    seen.until(lambda: len(printers.sent) == 1)
    printers.move_all(Progress.PRINTED)
    seen.until(lambda: seen.state("printer") == "✓ Printer")
    assert seen.bar() == ""


# Several at once


def test_scans_that_could_not_be_written_are_all_stopped(
    small_disk: Path, make_stage: MakeStage, watch: Watch
) -> None:
    """A crowd at a full disk: as many answers as scans, none of them green, and the log is whole."""
    stage = make_stage()
    seen = watch(stage)
    seen.until(lambda: "Main entrance" in stage.front.window.windowTitle())
    ballast = fill(small_disk)
    for number in range(40):
        stage.desk.engine.post(ScanCode(ADA if number % 2 else AMINA))
    seen.until(lambda: len(seen.troubles) + len(seen.given) == 40)
    assert not any(one.verdict.outcome is Outcome.OK for one in seen.given)
    assert len(seen.stage.front._messages.history) < 60
    ballast.unlink()
    assert verify(stage.desk.store) == []
