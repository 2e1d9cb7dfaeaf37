"""Printers without a print system: words, paper sizes, the PDF folder, patience with what hangs."""

import threading
from pathlib import Path

import pytest

from eventdesk.desk.checks.devices import check_printer
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.devices.printers.media import choose
from eventdesk.devices.printers.patience import Patience
from eventdesk.devices.printers.queues import PrintSystemSilent, Progress, QueueInfo, QueueRefused
from eventdesk.devices.printers.rack import NO_PYCUPS, Rack
from eventdesk.devices.printers.words import explain
from eventdesk.devices.states import Status
from tests.desk.printing.scripted_printers import ScriptedPrinters

CARD, LABEL = (86.0, 54.0), (62.0, 100.0)


@pytest.mark.parametrize(
    ("reasons", "message", "words", "waits"),
    [
        (["none"], "", "", False),
        (["media-empty-error"], "", "Out of paper", True),
        (["media-empty"], "", "Out of paper", True),
        (["marker-supply-low-warning", "media-jam"], "", "Paper jam", True),
        (["cover-open-error", "media-empty-error"], "", "Out of paper", True),
        (["media-low-report"], "", "Paper is running low", False),
        (["cups-waiting-for-job-completed"], "Printing.", "", False),
        (["none"], "The printer is not responding.", "The printer is not responding.", True),
        (["connecting-to-device"], "Unable to locate printer.", "Unable to locate printer.", True),
        (["connecting-to-device"], "", "Connecting to the printer", False),
        (["paused"], "Paused", "The print queue is paused", True),
    ],
)
def test_reasons_in_words(reasons: list[str], message: str, words: str, waits: bool) -> None:
    assert explain(reasons, message) == (words, waits)


@pytest.mark.parametrize(
    ("supported", "size", "chosen"),
    [
        (["iso_a4_210x297mm", "oe_card_54x86mm"], CARD, "oe_card_54x86mm"),
        (["oe_card_86x54mm", "oe_card_54x86mm"], CARD, "oe_card_86x54mm"),
        (["om_card_54x86mm", "na_letter_8.5x11in"], (216.0, 279.0), "na_letter_8.5x11in"),
        (["iso_a4_210x297mm"], CARD, ""),
        ([], CARD, ""),
        (["custom_min_12x12mm", "custom_max_62x1000mm"], LABEL, "custom_62x100mm_62x100mm"),
        (["custom_min_12x12mm", "custom_max_62x1000mm"], CARD, "custom_54x86mm_54x86mm"),
        (["custom_min_12x12mm", "custom_max_50x50mm"], CARD, ""),
        (["auto", "custom_min_12x12mm"], CARD, ""),
    ],
)
def test_the_paper_for_a_badge(supported: list[str], size: tuple[float, float], chosen: str) -> None:
    assert choose(supported, size) == chosen


def test_a_badge_becomes_a_file(tmp_path: Path) -> None:
    printers = FolderPrinters(tmp_path / "new" / "badges")
    assert printers.find(NAME, "badge-1-1") == ""
    reference = printers.send(NAME, b"%PDF", "badge-1-1", CARD)
    assert (tmp_path / "new" / "badges" / reference).read_bytes() == b"%PDF"
    assert printers.find(NAME, "badge-1-1") == reference
    assert printers.status(NAME, reference).progress is Progress.PRINTED
    assert [file.name for file in (tmp_path / "new" / "badges").iterdir()] == ["badge-1-1.pdf"]


def test_a_folder_that_can_not_be_written_to_refuses_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(QueueRefused, match=str(tmp_path / "file")):
        FolderPrinters(tmp_path / "file").send(NAME, b"%PDF", "badge-1-1")


def test_a_file_that_was_taken_away_is_gone(tmp_path: Path) -> None:
    assert FolderPrinters(tmp_path).status(NAME, "badge-1-1.pdf").progress is Progress.GONE


class TestRack:
    def names(self, queues: list[QueueInfo]) -> list[str]:
        return [queue.name for queue in queues]

    def test_the_folder_stands_behind_the_systems_queues(self, tmp_path: Path) -> None:
        rack = Rack(ScriptedPrinters(), FolderPrinters(tmp_path), NO_PYCUPS)
        assert self.names(rack.queues()) == ["left", "right", NAME]
        assert rack.trouble() == ("", "")

    def test_each_job_goes_to_its_own(self, tmp_path: Path) -> None:
        system = ScriptedPrinters()
        rack = Rack(system, FolderPrinters(tmp_path), NO_PYCUPS)
        rack.send("left", b"", "one", CARD)
        rack.send(NAME, b"", "two", CARD)
        assert system.sent == [("left", "one")]
        assert (rack.find("left", "one"), rack.find(NAME, "two")) == ("one", "two.pdf")
        rack.cancel("left", "one")
        assert rack.status("left", "one").progress is Progress.FAILED
        assert rack.status(NAME, "two.pdf").progress is Progress.PRINTED

    def test_a_silent_system_leaves_the_folder(self, tmp_path: Path) -> None:
        rack = Rack(ScriptedPrinters(silent=True), FolderPrinters(tmp_path), NO_PYCUPS)
        assert self.names(rack.queues()) == [NAME]
        assert "does not answer" in rack.trouble()[0]
        with pytest.raises(PrintSystemSilent):
            rack.send("left", b"", "one")

    def test_the_doctor_tells_silence_from_a_printer_that_is_gone(self, tmp_path: Path) -> None:
        system = ScriptedPrinters()
        rack = Rack(system, FolderPrinters(tmp_path), NO_PYCUPS)
        assert "There is no printer middle" in check_printer(rack, "middle").message
        system.silent = True
        assert "does not answer" in check_printer(rack, "left").message
        assert check_printer(rack, NAME).status is Status.READY

    def test_without_a_print_system_it_says_why(self, tmp_path: Path) -> None:
        rack = Rack(None, FolderPrinters(tmp_path), NO_PYCUPS)
        assert rack.trouble() == NO_PYCUPS
        with pytest.raises(QueueRefused, match="pycups"):
            rack.send("left", b"", "one")
        rack.close()


class TestPatience:
    def test_it_returns_and_raises_what_the_call_does(self) -> None:
        patience = Patience("test", 5)
        assert patience.call(lambda: 42) == 42
        with pytest.raises(ZeroDivisionError):
            patience.call(lambda: 1 // 0)
        patience.close()

    def test_calls_fail_at_once_behind_one_that_hangs_and_work_again_after_it(self) -> None:
        patience = Patience("test", 0.1)
        hang = threading.Event()
        with pytest.raises(TimeoutError):
            patience.call(hang.wait)
        ran: list[int] = []
        with pytest.raises(TimeoutError):
            patience.call(lambda: ran.append(1))
        hang.set()
        assert not _still_hangs(patience)
        assert ran == []
        patience.close()

    def test_closing_does_not_wait_for_what_hangs(self) -> None:
        patience = Patience("test", 0.1)
        hang = threading.Event()
        with pytest.raises(TimeoutError):
            patience.call(hang.wait)
        patience.close()
        hang.set()


def _still_hangs(patience: Patience) -> bool:
    for _ in range(100):
        try:
            patience.call(lambda: None)
        except TimeoutError:
            threading.Event().wait(0.02)
        else:
            return False
    return True
