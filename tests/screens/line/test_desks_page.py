"""Joining, the outbox, all desks, invitations, the hub, erasures."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from eventdesk.desk.hooks import Ended, Trouble
from eventdesk.desk.upstream.commands import (
    ExportOutbox,
    FindHubs,
    MakeCode,
    PairDesk,
    RevokeDesk,
    StartHub,
    StopHub,
    TryNow,
    Unpair,
)
from eventdesk.desk.upstream.values import (
    Delivery,
    DesksListed,
    HubFound,
    HubsFound,
    HubState,
    LineState,
    Paired,
    Reach,
)
from eventdesk.domain.staff import Role
from eventdesk.screens import theme
from eventdesk.screens.line.desks_page import DesksPage
from eventdesk.screens.line.outbox import Outbox
from eventdesk.screens.words import ISOLATES
from tests.screens.line import making
from tests.screens.line.making import INVITATION, alone, connected, desk_row, item
from tests.screens.making import NOON, Desk, app
from tests.screens.manage.keyboard import focus

HUB = "https://192.168.0.10:8443"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DesksPage:
    made = DesksPage(desk.bridge)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    desk.stand()
    return made


def tell_hubs(desk: Desk, known: bool) -> None:
    hub = HubFound("n", "Harbour", HUB, known)
    desk.hooks.hubs_found(HubsFound(desk.last(FindHubs).request, [hub]))


def test_a_scanned_invitation_is_all_that_is_needed(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(2)
    assert page.take_scan(INVITATION, 1.0)
    command = desk.last(PairDesk)
    assert command.invitation == INVITATION
    assert page.tabs.currentIndex() == 0
    assert not page.this_desk.pairing.join_button.isEnabled()
    desk.hooks.paired(Paired(command.request, "Messe", Reach.HUB, [Role.DOOR], ["gala"]))
    assert "Joined Messe as: Door" in page.this_desk.pairing.told.text().translate(ISOLATES)
    desk.hooks.line_changed(connected())
    assert not page.this_desk.pairing.isVisible()


def test_a_ticket_is_no_invitation(page: DesksPage) -> None:
    assert not page.take_scan("hl-ada-7QX4M2", 1.0)


def test_a_paired_desk_does_not_change_sides_by_a_scan(page: DesksPage, desk: Desk) -> None:
    desk.hooks.line_changed(connected())
    assert page.take_scan(INVITATION, 1.0)
    assert not [one for one in desk.posted if isinstance(one, PairDesk)]
    assert "joined already" in page.this_desk.told.text()


def test_a_code_needs_an_address_which_a_hub_on_the_network_gives(page: DesksPage, desk: Desk) -> None:
    form = page.this_desk.pairing
    form.join()
    assert form.code.mistake == "Scan an invitation or type its code."
    form.code.put("abcd efgh jklm npqr stuv")
    form.join()
    assert "type the address or choose a hub" in form.address.mistake
    tell_hubs(desk, known=False)
    form.hubs.combo.setCurrentIndex(1)
    form.hubs.combo.activated.emit(1)
    form.join()
    command = desk.last(PairDesk)
    assert (command.invitation, command.address) == ("abcd efgh jklm npqr stuv", HUB)
    desk.hooks.trouble_told(Trouble(command.request, "This code is unknown.", "Ask for a new one."))
    assert form.told.text() == "This code is unknown. Ask for a new one."
    assert form.code.value() == "abcd efgh jklm npqr stuv", "what was typed stays"
    assert form.join_button.isEnabled()


def test_a_known_hub_needs_no_code(page: DesksPage, desk: Desk) -> None:
    tell_hubs(desk, known=True)
    form = page.this_desk.pairing
    form.address.put(HUB)
    form.join()
    assert (desk.last(PairDesk).invitation, desk.last(PairDesk).address) == ("", HUB)


def test_leaving_is_asked_twice(page: DesksPage, desk: Desk) -> None:
    desk.hooks.line_changed(connected())
    page.this_desk.leave_button.click()
    assert not [one for one in desk.posted if isinstance(one, Unpair)]
    page.this_desk.confirm.yes_button.click()
    assert desk.last(Unpair)


def test_the_state_is_told_in_sentences(page: DesksPage, desk: Desk) -> None:
    page.this_desk._now = lambda: NOON
    desk.hooks.line_changed(alone(refused=2, trouble="No cable.", remedy="Plug it in."))
    assert "works alone just now" in page.this_desk.lead.text()
    assert page.this_desk.more.text().splitlines()[:2] == ["No cable.", "Plug it in."]
    assert page.this_desk.needs.text() == "2 refused: a person should look at them (Outbox)."
    assert page.tabs.tabText(1) == "Outbox (5)"
    page.this_desk.now_button.click()
    assert desk.last(TryNow).facts == ()


def test_the_hub_is_started_and_stopped(page: DesksPage, desk: Desk) -> None:
    hub = page.this_desk.hub
    hub.toggle_button.click()
    assert desk.last(StartHub)
    desk.hooks.hub_changed(HubState(True, [HUB]))
    assert hub.addresses.text().translate(ISOLATES) == HUB
    hub.toggle_button.click()
    assert desk.last(StopHub)
    desk.hooks.hub_changed(HubState(False, trouble="The port is taken."))
    assert hub.told.text() == "The port is taken."
    assert hub.toggle_button.text() == "Be the hub"


# Outbox


def test_the_outbox_shows_each_item_with_its_answer(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    making.tell_outbox(desk, item("f1", Delivery.REFUSED, "No right."), item("f2"))
    model = page.outbox.model
    cells = [model.index(0, column).data() for column in range(6)]
    assert cells == [item("f1").what, "11:53", "✕ refused", "3", "12:00", "No right."]
    page.outbox.again_button.click()
    assert desk.last(TryNow).facts == ("f1",)
    page.outbox.table.selectRow(1)
    assert not page.outbox.again_button.isEnabled()
    assert page.outbox.answer.text().endswith("No answer yet.")
    page.outbox.send_button.click()
    assert desk.last(TryNow).facts == ()


def test_more_than_is_shown_is_told(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    making.tell_outbox(desk, item("f1"), total=1200)
    assert page.outbox.count.text() == "The oldest 1 of 1,200. Nothing is ever dropped."
    page.outbox.refresh()
    making.tell_outbox(desk)
    assert page.outbox.count.text().startswith("Nothing waits")


def test_the_outbox_is_saved_to_a_file(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    outbox = Outbox(desk.bridge, lambda _parent: tmp_path / "outbox.jsonl")
    qtbot.addWidget(outbox)
    outbox.show()
    making.tell_outbox(desk, item("f1"))
    outbox.export_button.click()
    command = desk.last(ExportOutbox)
    assert command.path == str(tmp_path / "outbox.jsonl")
    desk.hooks.operation_ended(Ended(command.request, "export"))
    assert outbox.told.text() == "✓ Saved."


def test_a_busy_line_reads_the_outbox_once(qtbot: QtBot, page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    before = len(desk.posted)
    for waiting in range(1, 40):
        desk.hooks.line_changed(alone(waiting=waiting))
    qtbot.waitUntil(lambda: len(desk.posted) > before)
    assert len(desk.posted) == before + 1


# Desks


def test_a_lost_desk_is_shut_out_with_a_reason(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(2)
    seen = desk_row("d2", "South", seen_at=None, clock_error_ms=-400_000)
    making.tell_desks(desk, desk_row("d1", "North", is_this=True), seen, desk_row("d3", "Old", revoked=True))
    part = page.desks
    assert not part.revoke_button.isEnabled(), "not this one"
    assert [part.model.index(1, at).data() for at in (0, 1, 2, 4)] == [
        "South",
        "✓ works",
        "never",
        "6 min slow",
    ]
    part.table.selectRow(1)
    part.revoke_button.setFocus()
    part.revoke_button.click()
    part.confirm.yes_button.click()
    assert part.confirm.field.mistake == "This must not be empty."
    part.confirm.field.put("stolen")
    part.confirm.yes_button.click()
    command = desk.last(RevokeDesk)
    assert (command.desk, command.reason) == ("d2", "stolen")
    assert part.confirm.isHidden()
    assert focus() is part.table, "and not in the field that comes next"
    rows = [
        desk_row("d1", "North", is_this=True),
        desk_row("d2", "South", revoked=True),
        desk_row("d3", "Old"),
    ]
    desk.hooks.desks_listed(DesksListed(command.request, rows))
    assert part.told.text().translate(ISOLATES) == "✓ South is shut out."
    part.table.selectRow(1)
    assert not part.revoke_button.isEnabled()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1100, 760), (560, 900), (700, 400)])
def test_a_code_is_read_from_the_screen(
    page: DesksPage, desk: Desk, dark: bool, size: tuple[int, int]
) -> None:
    theme.apply(app(), theme.Look(dark))
    page.resize(*size)
    page.tabs.setCurrentIndex(2)
    form = page.desks.invitation
    form.make()
    assert form.name.mistake == "This must not be empty."
    form.name.put("West gate")
    form.roles.put({Role.DOOR, Role.SUPERVISOR})
    form.make()
    command = desk.last(MakeCode)
    assert (command.name, command.roles) == ("West gate", (Role.DOOR, Role.SUPERVISOR))
    making.tell_code(desk)
    app().processEvents()
    assert form.qr.visibleRegion().boundingRect() == form.qr.rect(), "all of it, without scrolling"
    picture = form.qr.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    theme.apply(app(), theme.Look())
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    read = zxingcpp.read_barcodes(np.ascontiguousarray(pixels[:, : picture.width()]))
    assert [one.text for one in read] == [INVITATION]
    assert form.code.text() == "ABCD-EFGH-JKLM-NPQR-STUV"
    assert form.until.text().translate(ISOLATES) == "For West gate: once, until 13:00, as: Door, Supervisor."
    form.hide_button.click()
    assert form.code.text() == ""
    assert not form.qr.isVisible()


def test_erasures_name_the_desks_that_owe_their_word(page: DesksPage, desk: Desk) -> None:
    making.fill_part(desk, page, 4)
    assert page.erasures.count.text() == "Not confirmed by every desk yet: 1."
    owed = page.erasures.model.index(0, 2).data(Qt.ItemDataRole.DisplayRole).translate(ISOLATES)
    assert owed == f"{making.LONG_NAME}, Old"


def test_a_clock_that_is_right_is_not_spoken_of(page: DesksPage, desk: Desk) -> None:
    desk.hooks.line_changed(connected(clock_error_ms=60_000, heard_at=NOON - timedelta(seconds=5)))
    assert page.this_desk.needs.isHidden()
    assert LineState().clock_error_ms == 0


def test_the_only_hub_is_chosen_by_itself_and_an_invitation_goes_its_own_way(
    page: DesksPage, desk: Desk
) -> None:
    form = page.this_desk.pairing
    form.look()
    desk.hooks.hubs_found(HubsFound(desk.last(FindHubs).request, [HubFound("n", "Hub", HUB, False)]))
    assert form.address.value() == HUB
    form.take("EVENTDESK:1 AAAA-AAAA-AAAA-AAAA-AAAA - https://elsewhere:8443")
    assert desk.last(PairDesk).address == ""


def test_a_hub_in_the_list_is_called_so(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(2)
    making.tell_desks(desk, desk_row("h", "Venue", roles=["hub"]))
    assert page.desks.model.index(0, 3).data() == "Hub"


def test_the_next_code_is_for_another_desk(page: DesksPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(2)
    form = page.desks.invitation
    form.name.put("West gate")
    form.make()
    making.tell_code(desk)
    assert "West gate" in form.until.text()
    form.hide_button.click()
    assert form.name.line.text() == ""
