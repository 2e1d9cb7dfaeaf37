"""Erasing a person: here, at other desks, and in what comes later from a desk that was long gone."""

from datetime import UTC, datetime, timedelta

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage import backups, redact
from eventdesk.storage.store import Store
from eventdesk.storage.verification import examine
from sync.chain import Head, Record, new_salt, seal
from sync.wire import Refusal, State
from tests.storage.conftest import OpenStore
from tests.storage.made import AT, KEY, LOG, entry, guests, order, setup, ticket

NAMES = ("Wilhelmina", "w@private.example", "Peanut")
PERSON = {"name": "Wilhelmina", "email": "w@private.example"}
ERASED = Draft(Kind.GUEST_ERASED, "o9", {"tickets": ["t9"]})


def written(store: Store, desk: str) -> list[Record]:
    with store.reader() as reader:
        return reader.unsent(LOG, desk, 0, 1000)


def told(store: Store) -> list[str]:
    """The names that any table still holds."""
    with store.reader() as reader:
        tables = reader._execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall()
        content = "".join(repr(reader._execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in tables)
        words = repr(reader._execute("SELECT term FROM search_vocabulary").fetchall())
    return [name for name in NAMES if name.lower() in content.lower() + words]


@pytest.fixture
def desks(open_store: OpenStore) -> tuple[Store, Store]:
    """Two desks with the same guests, one of whom is a person."""
    one, other = open_store("one.db", "one"), open_store("other.db", "other")
    with one.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(2), order("o9", **PERSON), ticket("t9", "o9", **PERSON)])
        tx.append(LOG, [Draft(Kind.QUESTION_ANSWERED, "t9", {"question": "q", "answer": "Peanut"})])
    with other.transaction() as tx:
        tx.receive(written(one, "one"))
        tx.append(LOG, [entry("t9", reason="Wilhelmina forgot her badge")])
    return one, other


def test_an_erasure_takes_the_person_from_every_desk_and_leaves_the_admission(
    desks: tuple[Store, Store],
) -> None:
    one, other = desks
    assert set(told(other)) == set(NAMES)
    with one.transaction() as tx:
        tx.append(LOG, [ERASED])
    with other.transaction() as tx:
        tx.receive(written(one, "one"))
    for store in desks:
        assert told(store) == []
        assert examine(store).differences == []
    with other.reader() as reader:
        assert reader.figures(LOG, "main").inside == 1
        assert reader.search(LOG, "wilhelmina").hits == ()


def test_what_comes_later_is_redacted_before_it_is_kept(desks: tuple[Store, Store]) -> None:
    one, other = desks
    with one.transaction() as tx:
        tx.append(LOG, [ERASED])
        tx.receive(written(other, "other"))  # its pass was written before, and names the person
        [changed] = tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "t9", {"name": "Wilhelmina", "seat": "A1"})])
        assert changed.payload == {"seat": "A1"}
    assert told(one) == []
    assert examine(one).differences == []


@pytest.mark.parametrize("arrival", ["erasure first", "words before the call", "erasure last"])
def test_words_to_a_call_that_the_erasure_did_not_know_of(
    desks: tuple[Store, Store], open_store: OpenStore, arrival: str
) -> None:
    """A kiosk was cut off when it called for the guest; somebody said what was done, and whose it was."""
    one, other = desks
    asked = {"desk": "Kiosk", "reason": "badge_unsure", "ticket": "t9", "at": AT}
    with other.transaction() as tx:
        tx.append(LOG, [Draft(Kind.HELP_ASKED, "c9", asked)])
    third = open_store("third.db", "third")
    with third.transaction() as tx:
        tx.append(LOG, [Draft(Kind.HELP_GIVEN, "c9", {"at": AT, "word": "Wilhelmina has it"})])
    before = written(one, "one")
    with one.transaction() as tx:
        tx.append(LOG, [ERASED])
    call, word = written(other, "other"), written(third, "third")
    erasure = written(one, "one")[len(before) :]
    orders = {
        "erasure first": [before, erasure, call, word],
        "words before the call": [before, erasure, word, call],
        "erasure last": [before, call, word, erasure],
    }
    fresh = open_store("fresh.db", "fresh")
    for records in orders[arrival]:
        with fresh.transaction() as tx:
            tx.receive(records)
    assert told(fresh) == []
    assert examine(fresh).differences == []
    with fresh.reader() as reader:
        [kept] = reader.help_calls(LOG, datetime(2026, 1, 1, tzinfo=UTC))
    assert (kept.ticket, kept.ended is None) == ("t9", False)


def test_a_desk_that_comes_back_with_old_data_brings_none_of_it_back(
    desks: tuple[Store, Store], open_store: OpenStore
) -> None:
    one, other = desks
    old = written(other, "one")
    with one.transaction() as tx:
        tx.append(LOG, [ERASED])
    new = written(one, "one")
    fresh = open_store("fresh.db", "fresh")
    with fresh.transaction() as tx:
        tx.receive(new)
        assert tx.receive(old).amended == 0
    assert told(fresh) == []
    assert examine(fresh).differences == []
    with other.transaction() as tx:  # the same facts, whole here, come redacted
        assert tx.receive(new[: len(old)]).amended == 3
        assert tx.forgetting() == []
    assert [one.redacted for one in written(other, "one")] == [one.redacted for one in new[: len(old)]]


def test_what_can_not_be_read_goes_whole_and_so_do_the_words_of_a_refusal(
    desks: tuple[Store, Store],
) -> None:
    one, _ = desks
    stamp = "0190b6c3f000-0000-x"
    payload = b'{"name": ["Wilhelmina"]}'
    record = seal(Head(), "bad", LOG, "ticket_changed", "t9", stamp, "x", payload, new_salt())
    with one.transaction() as tx:
        assert [unread.record.id for unread in tx.receive([record]).unreadable] == ["bad"]
        tx.put_refusals(LOG, [Refusal("bad", "x", 1, "unreadable", "Wilhelmina is no text")], 1)
        tx.append(LOG, [ERASED])
        assert tx.unsent(LOG, "x", 0, 1)[0].redacted == State.WITHHELD
        assert tx.receive([record]).amended == 1
    assert told(one) == []
    assert examine(one).differences == []


def test_it_is_told_who_has_not_confirmed(desks: tuple[Store, Store]) -> None:
    one, other = desks
    with one.transaction() as tx:
        tx.receive(written(other, "other"))
        [fact] = tx.append(LOG, [ERASED])
        assert tx.to_confirm(LOG) == [fact.id]
        tx.append(LOG, [Draft(Kind.ERASURE_CONFIRMED, fact.id, {})])
        assert tx.to_confirm(LOG) == []
        [state] = tx.erasures(LOG)
    assert (state.fact, state.subject) == (fact.id, "o9")
    assert (set(state.confirmed), set(state.unconfirmed)) == ({"one"}, {"other"})


def test_a_purge_forgets_everyone_and_whoever_comes_later(desks: tuple[Store, Store]) -> None:
    one, other = desks
    with one.transaction() as tx:
        tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {})])
        tx.receive(written(other, "other"))
        tx.append(LOG, [order("late", **PERSON)])
        assert {guest.name for guest in tx.guests(LOG)} == {""}
        assert tx.guest_count(LOG) == 3
    assert told(one) == []
    assert examine(one).differences == []


def test_many_are_forgotten_step_by_step_and_confirmed_at_the_end(
    desks: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redact, "FEW", 0)
    monkeypatch.setattr(redact, "STEP", 4)
    one, _ = desks
    with one.transaction() as tx:
        [purge] = tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {})])
        assert (tx.forgetting(), tx.to_confirm(LOG)) == ([LOG], [])
        tx.append(LOG, [order("late", **PERSON)])
    steps = 0
    while step(one):
        steps += 1
        assert examine(one).differences == []
    assert steps > 3
    assert told(one) == []
    with one.reader() as reader:
        assert (reader.forgetting(), reader.to_confirm(LOG)) == ([], [purge.id])


def step(store: Store) -> bool:
    with store.transaction() as tx:
        return tx.forget_some(LOG)


def test_an_event_says_when_its_guests_are_to_be_forgotten(event: Store) -> None:
    begins = datetime(2026, 6, 10, 8, tzinfo=UTC)
    with event.transaction() as tx:
        assert tx.purge_due(begins + timedelta(days=9999)) == []
        tx.append(LOG, [Draft(Kind.EVENT_DEFINED, LOG, {"purge_after_days": 30})])
        assert tx.purge_due(begins + timedelta(days=29)) == []
        assert tx.purge_due(begins + timedelta(days=30)) == [LOG]
        tx.append(LOG, [Draft(Kind.EVENT_DEFINED, LOG, {"ends": "2026-06-12T08:00:00Z"})])
        assert tx.purge_due(begins + timedelta(days=31)) == []
        tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {})])
        assert tx.purge_due(begins + timedelta(days=99)) == []


def test_backups_from_before_are_dropped_or_made_anew(desks: tuple[Store, Store]) -> None:
    one, _ = desks
    early, late = (datetime(2026, 6, day, tzinfo=UTC) for day in (1, 2))
    backups.make(one.path, KEY, early)
    kept = backups.make(one.path, KEY, late)
    assert backups.drop_before(one.path, late) == 1
    assert [backup.path for backup in backups.listed(one.path)] == [kept]
    fresh = backups.renew(one.path, KEY, late + timedelta(days=1))
    assert [backup.path for backup in backups.listed(one.path)] == [fresh]
