"""Whoever is forgotten is forgotten by the till too; and facts that came before their kinds were known."""

from pathlib import Path

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.personal import PERSONAL
from eventdesk.storage import connecting, log, redact
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Head, Record, head_of, new_salt, seal
from tests.storage.conftest import OpenStore
from tests.storage.made import KEY, LOG, order, ticket
from tests.storage.till.made import SHIFT, completed, evening, line, opened, reversed_


def sold(store: Store) -> None:
    """A sale to Ada, of her order, with all that a person may have typed about it."""
    lines = [line(comp=True, reason="Ada's birthday")]
    with store.transaction() as tx:
        tx.append(LOG, [order("o1", name="Ada"), ticket("t1", "o1", name="Ada"), opened()])
        customer = {"name": "Ada", "address": "Street 1"}
        tx.append(LOG, [completed("s1", 1, lines, order="o1", customer=customer)])
        tx.append(LOG, [reversed_("s1", 2, reason="Ada is ill")])
        mail = {"to": "ada@example.org", "what": "receipt", "sale": "s1"}
        tx.append(LOG, [Draft(Kind.MAIL_ASKED, "o1", mail)])


def told(store: Store) -> bytes:
    """All payloads."""
    with store.reader() as reader:
        return b"".join(row[0] for row in reader._execute("SELECT payload FROM facts").fetchall())


@pytest.mark.parametrize("how", ["erased", "purged", "by hand"])
def test_a_guest_who_is_forgotten_stands_in_no_sale(event: Store, how: str) -> None:
    sold(event)
    with event.transaction() as tx:
        figures = tx.shift_figures(LOG, SHIFT)
        if how == "by hand":
            tx.redact_order(LOG, "o1")
        elif how == "purged":
            tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {})])
        else:
            tx.append(LOG, [Draft(Kind.GUEST_ERASED, "o1", {"tickets": ["t1"], "sales": ["s1"]})])
        sale = tx.sale(LOG, "s1")
        assert sale is not None
        assert (sale.customer, sale.lines[0].reason, sale.reversals[0].reason) == ("", "-", "-")
        assert tx.sales(LOG, "ada") == []
        assert tx.shift_figures(LOG, SHIFT) == figures
    assert b"Ada" not in told(event)
    assert b"ada@" not in told(event)
    assert not [one for one in verify(event) if not one.startswith("Till of")]


def of_newer(records: list[Record]) -> list[Record]:
    """The same facts by another desk, as a newer program's."""
    head, made = Head(), []
    for one in records:
        stamp = one.stamp.rpartition("-")[0] + "-new"
        made.append(
            seal(head, "n" + one.id, LOG, one.kind, one.subject, stamp, "new", one.payload, new_salt())
        )
        head = head_of(made[-1])
    return made


def test_facts_of_kinds_that_became_known_are_read_at_the_next_opening(
    open_store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = open_store("source.db")
    with source.transaction() as tx:
        tx.append(LOG, evening())
    with source.reader() as reader:
        records = of_newer(reader.unsent(LOG, "desk1", 0, 100))
    bad = seal(
        head_of(records[-1]), "bad", LOG, "seat_freed", "x", records[-1].stamp, "new", b"{}", new_salt()
    )
    old = open_store("old.db")
    with monkeypatch.context() as patched:
        new = {Kind.SEAT_FREED, *(draft.kind for draft in evening())}
        patched.setattr(log, "KINDS", log.KINDS - new)
        patched.setattr(redact, "PERSONAL", {one: PERSONAL[one] for one in PERSONAL if one not in new})
        with old.transaction() as tx:
            tx.receive([*records, bad])
            tx.append(LOG, [Draft(Kind.GUEST_ERASED, "o1", {"sales": ["s2"]})])
            tx._execute("DELETE FROM known_kinds WHERE kind NOT IN ('guest_erased', 'order_placed')")
    old.close()
    connection = connecting.connect(tmp_path / "old.db", KEY)
    assert connection.execute("SELECT count(*) FROM sales").fetchone() == (0,)
    connection.close()
    with open_store("old.db").reader() as reader:
        assert [sale.id for sale in reader.sales(LOG)] == ["s2", "s1"]
        assert [one.record.id for one in reader.unreadable(LOG)] == ["bad"]
        assert reader.sales(LOG, "ada") == []
        assert b"Ada" not in b"".join(
            row[0] for row in reader._execute("SELECT payload FROM facts").fetchall()
        )
    reopened = open_store("old.db")
    assert not [one for one in verify(reopened) if not one.startswith("Till of")]
