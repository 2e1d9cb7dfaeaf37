"""Guests to try a badge on, found in real lists."""

from eventdesk.bench.filling import LOG as BENCH
from eventdesk.bench.filling import event_drafts, guest_drafts
from eventdesk.bench.guests import made_guests
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.reading.samples import PAGE, SELECT, scripts_of
from eventdesk.storage.store import Store
from tests.storage.made import LOG

NAMES = (
    "Ada Lovelace",
    "Bo",
    "Wolfeschlegelsteinhausenbergerdorff",
    "محمد علي",
    "Юрий",
    "王小明",
    "Zoë",
    "Kim 🎉",
)


def fill(store: Store, names: tuple[str, ...], **members: object) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.ORDER_PLACED, "o", {"code": "KX7P2", "status": "paid"})])
        own = {"order": "o", "product": "day", **members}
        tickets = [{**own, "secret": f"s{n}", "name": name} for n, name in enumerate(names)]
        tx.append(LOG, [Draft(Kind.TICKET_ISSUED, str(one["secret"]), one) for one in tickets])


def test_one_of_each_kind_is_found(event: Store) -> None:
    fill(event, (*NAMES, "", "   "))
    with event.reader() as reader:
        found = {one.why: one.name for one in reader.samples(LOG, 10)}
    assert found == {
        "longest": "Wolfeschlegelsteinhausenbergerdorff",
        "shortest": "Bo",
        "arabic": "محمد علي",
        "cjk": "王小明",
        "cyrillic": "Юрий",
        "emoji": "Kim 🎉",
    }


def test_a_ticket_that_was_canceled_is_no_guest(event: Store) -> None:
    fill(event, ("Ada",), canceled=True)
    with event.reader() as reader:
        assert reader.samples(LOG, 10) == []


def test_letters_with_marks_are_latin() -> None:
    assert scripts_of("Zoë Łukasz Nguyễn Straße ºª") == set()
    assert scripts_of("Σωκράτης דוד สมชาย") == {"greek", "hebrew", "thai"}


def test_the_look_ends_when_its_time_is_over(store: Store) -> None:
    """With none left, after the first page; each page is one walk along the primary key."""
    with store.transaction() as tx:
        tx.append(BENCH, event_drafts())
        tx.append_bulk(BENCH, guest_drafts(made_guests(PAGE + 500)), lambda _done: None)
        tx.append(BENCH, [Draft(Kind.TICKET_CHANGED, "ticket-999", {"name": "Z" * 200})])
    with store.reader() as reader:
        assert "Z" * 200 in {one.name for one in reader.samples(BENCH, 60)}
        assert "Z" * 200 not in {one.name for one in reader.samples(BENCH, 0)}
        plan = reader._execute(f"EXPLAIN QUERY PLAN {SELECT}", (BENCH, "", PAGE)).fetchall()
    assert "TEMP B-TREE" not in str(plan)
    assert "SEARCH" in str(plan)
