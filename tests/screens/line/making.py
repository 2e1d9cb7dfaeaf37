"""Values of the line as the engine would tell them, and every page of it on one desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from eventdesk.desk.listings import EventsListed
from eventdesk.desk.upstream.commands import (
    ListConflicts,
    ListDesks,
    ListErasures,
    ListOutbox,
    ListStaff,
    ListTicketKeys,
    MakeCode,
)
from eventdesk.desk.upstream.values import (
    CodeMade,
    ConflictShown,
    ConflictsListed,
    Delivery,
    DeskRow,
    DesksListed,
    ErasureRow,
    ErasuresListed,
    LineState,
    OutboxItem,
    OutboxListed,
    Reach,
    StaffListed,
    StaffRow,
    TicketKeyRow,
    TicketKeysListed,
)
from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.staff import Role
from eventdesk.domain.tickets import Admission, Direction
from eventdesk.domain.till.taken import SeatConflict, SeatTaken
from eventdesk.screens.line.conflicts_page import ConflictsPage
from eventdesk.screens.line.desks_page import DesksPage
from tests.screens.making import CATALOGUE, NOON, Desk

LONG_NAME = "Maximiliane Theodora von und zu Hohenstein-Wittelsbach-Lünen"
INVITATION = f"EVENTDESK:1 ABCD-EFGH-JKLM-NPQR-STUV {'A' * 52} https://192.168.0.10:8443"


def alone(**members: Any) -> LineState:
    """Paired, and cut off for seven minutes."""
    shown: dict[str, Any] = {"heard_at": NOON - timedelta(minutes=7), "waiting": 3}
    shown |= {"paired": True, "reach": Reach.ALONE, "node": "Messe"}
    return LineState(**(shown | members))


def connected(**members: Any) -> LineState:
    return alone(**({"reach": Reach.HUB, "heard_at": NOON, "waiting": 0} | members))


def conflict(id_: str = "c1", guest: str = "Ada Lovelace", word: str = "") -> ConflictShown:
    """Confirmed at the north gate at 11:58, alone at the south gate at 12:00 (Berlin)."""
    first, second = (
        Admission(f"{id_}-{place}", "t1", "main", Direction.ENTRY, at, desk=place, confirmed=place == "d1")
        for place, at in (("d1", NOON - timedelta(minutes=2)), ("d2", NOON))
    )
    whole = Conflict(id_, "t1", "main", first, second, word, "s1" if word else "")
    return ConflictShown(whole, guest, "KX7P2", ["Desk 1", "Desk 2"], ["North gate", "South gate"])


def seat_conflict(id_: str = "c7") -> ConflictShown:
    """One seat that two desks sold, at 11:58 and at 12:00 (Berlin)."""
    first, second = (
        SeatTaken(f"{id_}-{ticket}", "hall/stalls/A/3", ticket, place, "", at, confirmed=place == "d1")
        for ticket, place, at in (("t1", "d1", NOON - timedelta(minutes=2)), ("t2", "d2", NOON))
    )
    whole = SeatConflict(id_, "hall/stalls/A/3", first, second)
    guests = ["Ada Lovelace", "محمد"]
    return ConflictShown(
        whole, guests[0], "KX7P2, B4C5D", ["Desk 1", "Desk 2"], ["", ""], "Stalls A/3", guests
    )


def tell_conflicts(desk: Desk, *conflicts: ConflictShown) -> None:
    desk.hooks.conflicts_listed(ConflictsListed(desk.last(ListConflicts).request, "gala", list(conflicts)))


def item(fact: str, state: Delivery = Delivery.WAITING, answer: str = "") -> OutboxItem:
    what, since = f"Admission of {LONG_NAME}", NOON - timedelta(minutes=7)
    return OutboxItem(fact, "gala", "admitted", "t1", what, since, state, 3, NOON, answer)


def tell_outbox(desk: Desk, *items: OutboxItem, total: int = 0) -> None:
    listed = OutboxListed(desk.last(ListOutbox).request, list(items), total or len(items))
    desk.hooks.outbox_listed(listed)


def desk_row(desk: str, name: str, **members: Any) -> DeskRow:
    shown: dict[str, Any] = {"roles": [Role.DOOR], "seen_at": NOON, "revoked": False}
    shown |= {"clock_error_ms": 0, "is_this": False}
    return DeskRow(desk, name, **(shown | members))


def tell_desks(desk: Desk, *rows: DeskRow) -> None:
    desk.hooks.desks_listed(DesksListed(desk.last(ListDesks).request, list(rows)))


def everything_told(desk: Desk) -> None:
    """What each part of the page of desks shows on a busy day."""
    desk.stand()
    desk.hooks.line_changed(alone(refused=1, trouble="The network wants a log-in.", remedy="Log in."))
    desk.hooks.events_listed(EventsListed("", [CATALOGUE.event]))


def desks_page(desk: Desk, part: int = 0) -> DesksPage:
    page = DesksPage(desk.bridge)
    page.tabs.setCurrentIndex(part)
    return page


def fill_part(desk: Desk, page: DesksPage, part: int) -> None:
    """Tell the shown part what it asked for."""
    page.tabs.setCurrentIndex(part)
    everything_told(desk)
    fillers: list[Callable[[], object]] = [
        lambda: desk.hooks.line_changed(LineState()),
        lambda: tell_outbox(desk, item("f1", Delivery.REFUSED, "No right."), item("f2")),
        lambda: tell_desks(desk, desk_row("d1", "North 1", is_this=True), desk_row("d2", LONG_NAME)),
        lambda: tell_staff(desk, StaffRow("s1", LONG_NAME, frozenset({Role.SUPERVISOR}), True)),
        lambda: tell_erasures(desk, ErasureRow("f", "KX7P2", NOON, [LONG_NAME, "Old"])),
        lambda: tell_keys(
            desk, key_row("56475aa7", LONG_NAME, is_own=True), key_row("0a1b2c3d", removed=True)
        ),
    ]
    fillers[part]()


def tell_staff(desk: Desk, *rows: StaffRow) -> None:
    desk.hooks.staff_listed(StaffListed(desk.last(ListStaff).request, "gala", list(rows)))


def tell_erasures(desk: Desk, *rows: ErasureRow) -> None:
    desk.hooks.erasures_listed(ErasuresListed(desk.last(ListErasures).request, "gala", list(rows)))


def key_row(key: str, name: str = "Box office", **members: Any) -> TicketKeyRow:
    return TicketKeyRow(key, name, NOON, **({"removed": False, "is_own": False} | members))


def tell_keys(desk: Desk, *rows: TicketKeyRow, may: bool = True) -> None:
    request = desk.last(ListTicketKeys).request
    desk.hooks.ticket_keys_listed(TicketKeysListed(request, "gala", list(rows), may, may))


def tell_code(desk: Desk) -> None:
    until = NOON + timedelta(hours=1)
    made = CodeMade(desk.last(MakeCode).request, "ABCD-EFGH-JKLM-NPQR-STUV", INVITATION, until)
    desk.hooks.code_made(made)


def conflicts_page(desk: Desk) -> QWidget:
    return ConflictsPage(desk.bridge)
