"""A wave from its form to paper, and a printer set up from its address to a test page: over a real engine, an
encrypted store and a printer that writes PDF files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.settings import PRINT_ROUTES
from eventdesk.devices.printers.folder import NAME
from eventdesk.domain.badges import JobState
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.screens.printing.page import PrintingPage
from eventdesk.storage.store import Store
from tests.desk.conftest import NOON
from tests.screens.manage.real_desk import KEY, RealDesk

PATIENCE_MS = 60_000


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealDesk]:
    desk = RealDesk(tmp_path)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOON))
        tx.settings.put(PRINT_ROUTES, [{"queues": [NAME]}])
    yield desk
    desk.close()


@pytest.fixture
def page(qtbot: QtBot, real: RealDesk) -> PrintingPage:
    made = PrintingPage(real.bridge)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    made.event_choice.choose(LOG)
    made.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: made.event_choice.log == LOG and made.waves.products.list.count() > 0)
    return made


@pytest.mark.parametrize("sheet", ["", "a4-2x4"])
def test_a_wave_comes_out_and_a_second_one_finds_nobody(
    qtbot: QtBot, real: RealDesk, page: PrintingPage, tmp_path: Path, sheet: str
) -> None:
    waves = page.waves
    waves.name.put("Friday")
    waves.sheet.put(sheet)
    waves.begin_button.click()
    qtbot.waitUntil(lambda: len(waves.cards) == 1, timeout=PATIENCE_MS)
    (card,) = waves.cards.values()

    def is_out() -> bool:
        return card.wave.total > 0 and card.wave.states.get(JobState.PRINTED) == card.wave.total

    qtbot.waitUntil(is_out, timeout=PATIENCE_MS)
    qtbot.waitUntil(waves.begin_button.isEnabled, timeout=PATIENCE_MS)
    assert waves.told.text() == f"Badges in this wave: {card.wave.total}."
    pages = -(-card.wave.total // 8) if sheet else card.wave.total
    assert len(list((tmp_path / "badges").glob("*.pdf"))) == pages
    waves.name.put("Again")
    waves.begin_button.click()
    qtbot.waitUntil(lambda: "already" in waves.told.text(), timeout=PATIENCE_MS)
    page.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.jobs.model.rowCount() == card.wave.total, timeout=PATIENCE_MS)
    page.jobs.search.setText("lovelace")
    page.jobs.ask()
    qtbot.waitUntil(lambda: page.jobs.model.rowCount() <= 1, timeout=PATIENCE_MS)


def test_a_printer_is_calibrated_and_its_roll_counted(
    qtbot: QtBot, real: RealDesk, page: PrintingPage, tmp_path: Path
) -> None:
    page.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: NAME in page.printers.cards, timeout=PATIENCE_MS)
    card = page.printers.cards[NAME]
    card.dx.put(1.5)
    card.turn.put(180)
    card.keep_button.click()
    card.labels.put(2)
    card.load_button.click()
    qtbot.waitUntil(lambda: "2" in card.left.text(), timeout=PATIENCE_MS)
    card.ruler_button.click()
    qtbot.waitUntil(lambda: len(list((tmp_path / "badges").glob("*.pdf"))) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "1" in card.left.text(), timeout=PATIENCE_MS)
    card.test_button.click()
    qtbot.waitUntil(lambda: "Out of paper" in card.words.text(), timeout=PATIENCE_MS)


def test_a_wave_that_a_cut_left_half_filled_goes_on_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    with Store.open(tmp_path / "eventdesk.db", KEY, "desk1") as store, store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOON))
        tx.settings.put(PRINT_ROUTES, [{"queues": [NAME]}])
        tx.waves.add(KeptWave("w", LOG, "Friday", NOON))
    desk = RealDesk(tmp_path)
    try:

        def is_out() -> bool:
            with desk.store.reader() as reader:
                wave = reader.waves.get("w")
                return (
                    wave is not None
                    and wave.filled
                    and reader.waves.states("w") == {JobState.PRINTED: wave.total}
                )

        qtbot.waitUntil(is_out, timeout=PATIENCE_MS)
    finally:
        desk.close()
