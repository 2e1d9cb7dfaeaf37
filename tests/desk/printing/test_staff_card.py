"""A staff card on paper: what it says stands on the card alone."""

from pathlib import Path

import pytest

from eventdesk.desk.commands import PrintStaffCard
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.requests import PrinterTrial
from eventdesk.desk.settings import PRINTER
from eventdesk.desk.till.commands import Approve
from eventdesk.desk.upstream.commands import DefineStaff, StaffIn
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.domain.staff import CARD
from eventdesk.storage.store import Store
from tests.rigs.printers import sheets

pytestmark = pytest.mark.usefixtures("qapp")
CODE = CARD + "K7PQ2MX"


def test_neither_its_file_nor_the_files_own_words_tell_the_code(store: Store, tmp_path: Path) -> None:
    preferences = Preferences(store)
    preferences.put(PRINTER, NAME)
    trial = PrinterTrial(Hooks(), FolderPrinters(tmp_path / "badges"), preferences)
    trial.print_card(PrintStaffCard("Grace", CODE))
    [file] = (tmp_path / "badges").iterdir()
    assert sheets.codes(file) == [CODE], "the card itself works"
    assert not {"Grace", CODE, CODE.removeprefix(CARD)} & set(file.stem.split())
    told = file.read_bytes()
    for text in ("Grace", CODE):
        assert text.encode() not in told
        assert text.encode("utf-16-be") not in told


def test_no_log_tells_a_pin() -> None:
    for one in (StaffIn("826104"), Approve("826104"), DefineStaff("log", "Grace", frozenset(), "826104")):
        assert "826104" not in repr(one)
    assert CODE not in repr(PrintStaffCard("Grace", CODE))
