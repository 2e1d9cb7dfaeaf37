"""From a film of tickets held up to a webcam to the verdict, the log, and a badge on a real queue."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.cli.demo.film import write_film
from eventdesk.desk import settings as keys
from eventdesk.desk.demo import LOG
from eventdesk.desk.hooks import Given
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.decision import Outcome, Reason
from eventdesk.storage.verification import verify
from tests.e2e.conftest import MakeStage
from tests.rigs.printers import sheets
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.rig import PrintRig

__all__ = ["cups_printers", "print_rig"]

AMINA, OLE = "hl-amina-3VB5J2", "hl-ole-1HP2X6"


@pytest.mark.long
def test_a_film_of_tickets_becomes_verdicts_facts_and_a_badge(
    qtbot: QtBot, tmp_path: Path, make_stage: MakeStage, print_rig: PrintRig, cups_printers: CupsPrinters
) -> None:
    printer = print_rig.add_printer("door")
    film = tmp_path / "tickets.avi"
    write_film([AMINA, OLE, AMINA], film)
    given: list[Given] = []
    printed: list[BadgeJob] = []
    rack = Rack(cups_printers, FolderPrinters(tmp_path / "badges"), ("", ""))
    stage = make_stage(rack, **{keys.CAMERA_SOURCE: str(film), keys.PRINTER: "door"})
    stage.front.bridge.verdict_given.connect(given.append)
    stage.front.bridge.job_changed.connect(
        lambda job: printed.append(job) if job.state is JobState.PRINTED else None
    )
    qtbot.waitUntil(lambda: len(given) == 3, timeout=30_000)
    qtbot.waitUntil(lambda: len(printed) == 1, timeout=30_000)

    assert [one.verdict.outcome for one in given] == [Outcome.OK, Outcome.ERROR, Outcome.ERROR]
    assert [one.verdict.reason for one in given[1:]] == [Reason.UNPAID, Reason.ALREADY_REDEEMED]
    with stage.desk.store.reader() as reader:
        admission = reader.admission(LOG, given[0].admission)
    assert admission is not None
    assert admission.ticket == f"demo-{AMINA}"
    assert [sheets.codes(paper) for paper in printer.paper] == [[AMINA]]
    assert verify(stage.desk.store) == []
