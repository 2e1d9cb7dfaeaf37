"""Finding oneself at a kiosk, and nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.kiosk import finding
from eventdesk.desk.kiosk.commands import FindByCode
from eventdesk.desk.kiosk.values import Page
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.kiosk.setup import KioskSetup, Second
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import Reason
from eventdesk.storage.search import whole_names
from eventdesk.storage.search.index import marks_of
from eventdesk.storage.store import Store
from tests.desk.conftest import NOON
from tests.desk.kiosk.conftest import ADA, KioskDesk, set_up

MAX = "hl-max-4FK8D1"


@pytest.mark.parametrize(
    "name",
    [
        "Ursula Müller-Weiß",
        "müller weiss ursula",
        "URSULA MUELLER-WEISS",
        "Ursula Muellerweiss",
        " ursula  muller-weiss ",
    ],
)
def test_a_name_is_found_however_it_is_written(desk: KioskDesk, name: str) -> None:
    desk.begin()
    desk.name(name, "URSULA@elbe.example ", Page.DONE)
    assert desk.passes("hl-ursula-8DT1G2") == 1


@pytest.mark.parametrize(
    ("name", "email", "code"),
    [
        ("李小龍", "lee@pearl.example", "hl-lee-8GM1S4"),
        ("李 小龍", "lee@pearl.example", "hl-lee-8GM1S4"),
        ("ليور", "lior@sails.example", ""),
        ("ליאור בן־דוד", "lior@sails.example", "hl-lior-6ZC9H7"),
        ("Sean OBrien", "sean@cork.example", "hl-sean-9PV4D5"),
        ("zoe angstrom", "zoe@fjord.example", "hl-zoe-5LD7Y9"),
        ("Lukasz Zoltowski", "lukasz@gdynia.example", "hl-lukasz-7CM2J9"),
    ],
)
def test_names_of_all_scripts(store: Store, name: str, email: str, code: str) -> None:
    with store.reader() as reader:
        found = finding.by_name(reader, LOG, KioskSetup(), name, email, lambda _: True)
    assert found.tickets == ((f"demo-{code}",) if code else ())


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("Ursula Müller-Weiß", "somebody@else.example"),
        ("Ursula Müller-Weiß", ""),
        ("Ursula Müller-Weiß", "HL012"),  # the e-mail is known, so that it counts
        ("Ursula", "ursula@elbe.example"),
        ("Ursula M", "ursula@elbe.example"),
        ("Müller-Weiß", "ursula@elbe.example"),
        ("Ursula Müller-Weiß Koch", "ursula@elbe.example"),
        ("Ursula*", "ursula@elbe.example"),
        ('"ursula" OR "max"', "ursula@elbe.example"),
        ("%", "%"),
        ("", ""),
        ("\ud800", "\ud800"),
        ("a" * 5000, "b" * 5000),
        ("Elbe Dock", "ursula@elbe.example"),
    ],
)
def test_nobody_is_found_by_less(desk: KioskDesk, name: str, second: str) -> None:
    desk.begin()
    state = desk.name(name, second, Page.FINDING)
    assert str(state.words) == "We found nobody by that."
    assert state.guests == ()


def test_an_unknown_name_and_a_wrong_second_fact_are_the_same(store: Store, desk: KioskDesk) -> None:
    """In words and in what is asked of the database and compared."""
    desk.begin()
    unknown = desk.name("Nobody Atall", "nobody@elbe.example", Page.FINDING)
    wrong = desk.name("Ursula Müller-Weiß", "nobody@elbe.example", Page.FINDING)
    assert replace(unknown, tries=None) == replace(wrong, tries=None)
    counts = set()
    for name in ("Nobody Atall", "Ursula Müller-Weiß", "Ada Quist", "\ud800", ""):
        with store.reader() as reader:
            asked: list[str] = []
            reader._connection.set_trace_callback(asked.append)
            found = finding.by_name(reader, LOG, KioskSetup(), name, "nobody@elbe.example", lambda _: True)
            reader._connection.set_trace_callback(None)
        own = [one for one in asked if not one.startswith("--")]  # what the index asks of itself aside
        counts.add((len(own), found.compared))
    assert counts == {(2, finding.COMPARED)}


def test_an_order_code_needs_its_second_fact(desk: KioskDesk) -> None:
    desk.begin()
    assert desk.order("HL002", "HL002", Page.FINDING).guests == ()
    desk.order("hl002", "max@lindenberg.example", Page.DONE)
    assert desk.passes(MAX) == 1


def test_the_ticket_itself_may_be_the_second_fact(store: Store) -> None:
    setup = KioskSetup(second=(Second.TICKET,))
    with store.reader() as reader:
        assert finding.by_order(reader, LOG, setup, "HL002", MAX.upper(), lambda _: True).tickets
        assert not finding.by_order(reader, LOG, setup, "HL002", ADA, lambda _: True).tickets


def test_two_guests_of_one_name_are_told_apart_by_the_second_fact(store: Store) -> None:
    with store.transaction() as tx:
        for at in ("one", "two"):
            tx.append(LOG, [Draft(Kind.ORDER_PLACED, at, {"code": at.upper(), "status": "paid"})])
            guest = {
                "order": at,
                "secret": at * 5,
                "product": "pass",
                "name": "Kim Lee",
                "email": f"{at}@x.example",
            }
            tx.append(LOG, [Draft(Kind.TICKET_ISSUED, f"t-{at}", guest)])
    with store.reader() as reader:
        found = finding.by_name(reader, LOG, KioskSetup(), "Lee Kim", "two@x.example", lambda _: True)
    assert found.tickets == ("t-two",)


def test_a_ticket_id_opens_nothing(desk: KioskDesk) -> None:
    assert desk.scan(f"demo-{ADA}", Page.FINDING).guests == ()
    assert desk.passes(ADA) == 0


@pytest.mark.parametrize(
    "code", ["", " ", "\x00", "\ud800", "x" * 10_000, "' OR 1=1 --", "<script>", "HC1:ABC"]
)
def test_odd_codes_are_nobodys(desk: KioskDesk, code: str) -> None:
    assert desk.scan(code, Page.FINDING).guests == ()
    assert desk.troubles == []


def test_five_tries_and_the_kiosk_waits_also_after_a_restart(
    desk: KioskDesk, make: Callable[..., KioskDesk]
) -> None:
    desk.begin()
    for left in (4, 3, 2, 1):
        assert desk.name("Ada Quist", "guess@x.example", Page.FINDING).tries == left
    state = desk.order("HL001", "guess@x.example", Page.FINDING)
    assert state.wait_until is not None
    desk.called(Reason.GUESSING)
    again = make()
    again.begin()
    state = again.name("Max Unknown", "a@b.example", Page.FINDING)
    assert str(state.words).startswith("Too many tries")
    typed = again.step(FindByCode(ADA, visit=again.visit), Page.FINDING)
    assert typed.guests == ()
    again.scan(ADA, Page.CHOOSING)


def test_only_what_the_organizer_allows(store: Store, make: Callable[..., KioskDesk]) -> None:
    set_up(store, finds=["code"])
    desk = make()
    desk.begin()
    desk.name("Ursula Müller-Weiß", "ursula@elbe.example", Page.FINDING)
    assert desk.passes("hl-ursula-8DT1G2") == 0


def test_nobody_is_found_by_walking_through_all_guests(store: Store) -> None:
    """Each step goes by the search index, or by a key."""
    named = (whole_names.expression("Ursula Müller-Weiß", marks_of(1).words), 100, LOG)
    ordered = (LOG, "HL012", "HL012", "hl012", 100)
    with store.reader() as reader:
        for query, values in ((whole_names.SELECT_NAMED, named), (whole_names.SELECT_ORDERED, ordered)):
            steps = [row[3] for row in reader._execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()]
            for step in steps:
                by_key = "rowid=?" in step or "id=?" in step or "code=?" in step
                assert (
                    by_key or "VIRTUAL TABLE INDEX" in step or step in ("CO-ROUTINE found", "SCAN found")
                ), step


@pytest.mark.parametrize("fact", ["revoked", "blocked", "used"])
def test_a_code_that_opens_nothing_shows_nobody_else_of_its_order(desk: KioskDesk, fact: str) -> None:
    ticket = f"demo-{ADA}"
    passed = {"list": LIST, "at": moment_text(NOON)}
    draft = {
        "revoked": Draft(Kind.SECRET_REVOKED, ticket, {"secret": ADA}),
        "blocked": Draft(Kind.TICKET_CHANGED, ticket, {"blocked": True}),
        "used": Draft(Kind.ADMITTED, ticket, passed),
    }[fact]
    desk.write(draft)
    state = desk.scan(ADA, Page.SORRY)
    assert [one.name for one in state.guests] == ["Ada Quist"]
    desk.called(Reason.NOT_ADMITTED, ticket)
