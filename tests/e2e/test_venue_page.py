"""The venue in the whole program: a desk sees its own report; a call rings, and leads to the guest."""

from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ScanCode, Source
from eventdesk.desk.hooks import Given
from eventdesk.desk.venue.commands import AskHelp
from eventdesk.domain.venue import Reason
from tests.e2e.conftest import MakeStage

ADA = "hl-ada-7QX4M2"


def test_a_desk_alone_sees_itself_and_its_guests(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    venue = stage.front.pages.venue
    stage.front.window.show_page("venue")
    qtbot.waitUntil(lambda: venue.readiness.rows.rowCount() == 1, timeout=30_000)
    assert venue.readiness.verdict.text()
    venue.tabs.setCurrentIndex(1)
    stage.desk.engine.post(ScanCode(ADA, Source.SCANNER))
    qtbot.waitUntil(lambda: venue.live.inside.value.text().startswith("1 /"), timeout=30_000)
    qtbot.waitUntil(lambda: venue.live.paces.rowCount() == 1, timeout=30_000)
    stage.front.window.show_page("checkin")


def test_a_call_rings_leads_to_its_guest_and_ends_when_the_guest_is_in(
    qtbot: QtBot, make_stage: MakeStage
) -> None:
    stage = make_stage()
    window, venue = stage.front.window, stage.front.pages.venue
    given: list[Given] = []
    stage.front.bridge.verdict_given.connect(given.append)
    stage.desk.engine.post(AskHelp(Reason.BADGE_JAMMED, ticket=f"demo-{ADA}"))
    qtbot.waitUntil(window.call_alarm.isVisible, timeout=30_000)
    qtbot.waitUntil(lambda: window.navigation.count("venue") == 1)
    window.call_alarm.show_button.click()
    assert window.current_page() == "venue"
    qtbot.waitUntil(lambda: venue.calls.rows.rowCount() == 1, timeout=30_000)
    qtbot.waitUntil(lambda: "Ada" in str(venue.calls.rows.index(0, 3).data()), timeout=30_000)
    venue.calls.table.selectRow(0)
    venue.calls.check_in_button.click()
    assert window.current_page() == "checkin"
    qtbot.waitUntil(lambda: bool(given and given[-1].admission), timeout=30_000)
    qtbot.waitUntil(lambda: window.navigation.count("venue") == 0, timeout=30_000)
    assert venue.calls.rows.rowCount() == 0
