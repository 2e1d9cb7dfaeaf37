"""Staff cards: what a card says logs on as a PIN does, until it is replaced or taken away."""

from collections.abc import Callable

import pytest

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.till.commands import Approve
from eventdesk.desk.upstream.commands import DefineStaff, ListStaff, MakeStaffCard, StaffIn, StaffOut
from eventdesk.domain.facts import Kind
from eventdesk.domain.staff import CARD, FREE_TRIES, Role
from tests.desk.upstream.conftest import NOW, LinedDesk
from tests.desk.upstream.test_people import PIN, staffed

Make = Callable[..., LinedDesk]


@pytest.fixture
def desk(make_desk: Make) -> LinedDesk:
    """At a door of the demo event; Olga, an organizer, is logged on, and Ben works at the box office."""
    desk = make_desk("d001")
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    desk.choose()
    staffed(desk, "Ben", Role.BOX_OFFICE, "")
    staffed(desk, "Olga", Role.ORGANIZER, PIN)
    desk.ask(StaffIn(PIN), lambda hooks: hooks.staff_changed)
    return desk


def id_of(desk: LinedDesk, name: str) -> str:
    listed = desk.ask(ListStaff(LOG), lambda hooks: hooks.staff_listed)
    return next(row.id for row in listed.staff if row.name == name)


def card_of(desk: LinedDesk, name: str) -> str:
    made = desk.ask(MakeStaffCard(LOG, id_of(desk, name)), lambda hooks: hooks.staff_card_made)
    desk.heard.next(desk.hooks.staff_listed)
    assert made.name == name
    assert made.code not in repr(made)
    return str(made.code)


def logged_on(desk: LinedDesk, code: str) -> str:
    return str(desk.ask(StaffIn(code), lambda hooks: hooks.staff_changed).name)


def refused(desk: LinedDesk, code: str) -> str:
    return str(desk.ask(StaffIn(code), lambda hooks: hooks.trouble_told).message)


def test_a_card_logs_on_and_lies_nowhere(desk: LinedDesk) -> None:
    code = card_of(desk, "Ben")
    assert code.startswith(CARD)
    facts = desk.reads(lambda reader: reader.facts(LOG, id_of(desk, "Ben"), Kind.STAFF_DEFINED))
    assert logged_on(desk, f" {code.lower()} ") == "Ben"
    assert facts[-1].payload["card"].startswith("$argon2id$")
    assert code not in str(facts)
    with desk.store.reader() as reader:
        assert code not in str(reader.settings.everything())


def test_a_change_of_the_person_keeps_the_card_and_a_new_one_ends_it(desk: LinedDesk) -> None:
    first = card_of(desk, "Ben")
    change = DefineStaff(LOG, "Ben", frozenset({Role.BOX_OFFICE, Role.DOOR}), "8253", id_of(desk, "Ben"))
    listed = desk.ask(change, lambda hooks: hooks.staff_listed)
    assert next((row.has_pin, row.has_card) for row in listed.staff if row.name == "Ben") == (True, True)
    second = card_of(desk, "Ben")
    assert "does not count" in refused(desk, first)
    assert desk.heard.next(desk.hooks.staff_changed).name == "Olga", "who was logged on stays"
    assert logged_on(desk, second) == "Ben"
    assert logged_on(desk, "8253") == "Ben"


def test_a_card_that_was_taken_away_says_so(desk: LinedDesk) -> None:
    code = card_of(desk, "Ben")
    ben = id_of(desk, "Ben")
    listed = desk.ask(MakeStaffCard(LOG, ben, removed=True), lambda hooks: hooks.staff_listed)
    assert not next(row.has_card for row in listed.staff if row.id == ben)
    assert "does not count" in refused(desk, code)
    again = card_of(desk, "Ben")
    roles = frozenset({Role.BOX_OFFICE})
    desk.ask(DefineStaff(LOG, "Ben", roles, id=ben, removed=True), lambda hooks: hooks.staff_listed)
    assert "does not count" in refused(desk, again)


def test_wrong_cards_are_counted_as_wrong_pins_are(desk: LinedDesk) -> None:
    code = card_of(desk, "Ben")
    for _ in range(FREE_TRIES - 1):
        assert "does not count" in refused(desk, CARD + "A" * 26)
    assert "Too many" in refused(desk, CARD + "A" * 26)
    assert "Too many" in refused(desk, code)


def test_a_card_approves_at_the_till(desk: LinedDesk) -> None:
    code = card_of(desk, "Olga")
    assert desk.ask(Approve(code, LOG), lambda hooks: hooks.approved).name == "Olga"


def test_only_an_organizer_makes_one(desk: LinedDesk) -> None:
    ben = id_of(desk, "Ben")
    desk.ask(StaffOut(), lambda hooks: hooks.staff_changed)
    told = desk.ask(MakeStaffCard(LOG, ben), lambda hooks: hooks.trouble_told)
    assert "organizer" in told.message or "Nobody at this desk" in told.message
