"""Check-ins that wait for their badge: written with it, once, or not at all."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.devices.printers.queues import Progress
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.claims import HUB_ALONE
from eventdesk.domain.facts import Draft, Fact, Kind, new_id
from eventdesk.domain.fold import undo
from eventdesk.domain.kiosk.entries import Entry, entry_of, pass_of_unknown
from eventdesk.domain.tickets import Admission, Direction
from eventdesk.storage.store import Store
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.desk.printing.spooling import NOON, Spooling, blank, printed_facts, spooling, wish

AT = "2026-06-10T10:00:00Z"


def waiting(**members: Any) -> Entry:
    return replace(Entry(LIST, NOON, new_id(), nonce=new_id(), claimed=True), **members)


def passes(store: Store, job: BadgeJob) -> list[Fact]:
    with store.reader() as reader:
        return reader.facts(LOG, job.ticket, Kind.ADMITTED)


def let_in(store: Store, job: BadgeJob, fact: str = "") -> str:
    """Another desk's pass for the job's guest; its id."""
    draft = Draft(Kind.ADMITTED, job.ticket, {"list": LIST, "at": AT}, fact or new_id())
    with store.transaction() as tx:
        return tx.append(LOG, [draft])[0].id


def test_the_pass_is_written_with_the_badge_and_not_before(store: Store) -> None:
    printers = ScriptedPrinters()
    entry = waiting(gate="north", by="eve")
    with spooling(store, printers) as desk:
        job = desk.order(entry=entry)
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTING)
        desk.wait(job, JobState.PRINTING)
        assert passes(store, job) == []
        assert desk.spool.means(LOG, entry.fact)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    (fact,) = passes(store, job)
    assert (fact.id, fact.seq) == (entry.fact, printed_facts(store, job)[0].seq + 1)
    assert fact.payload == {"list": LIST, "at": AT, "gate": "north", "nonce": entry.nonce, "by": "eve"}
    assert [(one.job.id, one.admission) for one in desk.entered] == [(job.id, fact.id)]
    assert not desk.spool.means(LOG, entry.fact)


def test_who_went_in_elsewhere_meanwhile_gets_no_second_pass(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.order(entry=waiting())
        desk.wait(job, JobState.SENT)
        elsewhere = let_in(store, job)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert [fact.id for fact in passes(store, job)] == [elsewhere]
    assert len(printed_facts(store, job)) == 1
    assert [one.admission for one in desk.entered] == [""]


@pytest.mark.parametrize("choice", ["cancel", "failed"])
def test_what_does_not_come_out_admits_nobody(store: Store, choice: str) -> None:
    printers = ScriptedPrinters(refused={"left"} if choice == "failed" else set())
    entry = waiting()
    with spooling(store, printers) as desk:
        job = desk.order(entry=entry)
        desk.wait(job, JobState.FAILED if choice == "failed" else JobState.SENT)
        if choice == "cancel":
            desk.settle(job, "cancel")
            desk.wait(job, JobState.CANCELED)
        assert not desk.spool.means(LOG, entry.fact)
    assert passes(store, job) == []
    assert desk.entered == []


@pytest.mark.parametrize("is_in", [False, True])
def test_nobody_is_admitted_while_nobody_knows_whether_it_came_out(store: Store, is_in: bool) -> None:
    """Afterwards a person says that it did; the claim was free meanwhile, and the pass says so."""
    printers = ScriptedPrinters()
    entry = waiting(confirmed_by=HUB_ALONE)
    with spooling(store, printers) as desk:
        job = desk.order(entry=entry)
        desk.wait(job, JobState.SENT)
        printers.jobs.clear()
        desk.wait(job, JobState.UNKNOWN)
        assert passes(store, job) == []
        assert not desk.spool.means(LOG, entry.fact)
        elsewhere = let_in(store, job) if is_in else ""
        desk.settle(job, "printed")
        desk.wait(job, JobState.PRINTED)
    (fact,) = passes(store, job)
    assert fact.id == (elsewhere or entry.fact)
    assert is_in or (fact.payload["confirmed"], "confirmed_by" in fact.payload) == (False, False)


def test_what_nobody_was_asked_for_is_not_called_unconfirmed_after_a_failure(store: Store) -> None:
    printers = ScriptedPrinters(refused={"left"})
    with spooling(store, printers) as desk:
        job = desk.order(entry=waiting(claimed=False))
        desk.wait(job, JobState.FAILED)
        desk.settle(job, "retry", "right")
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    (fact,) = passes(store, job)
    assert "confirmed" not in fact.payload


def test_a_pass_that_stood_and_was_undone_is_written_under_another_id(store: Store) -> None:
    printers = ScriptedPrinters()
    entry = waiting()
    with spooling(store, printers) as desk:
        job = desk.order(entry=entry)
        desk.wait(job, JobState.SENT)
        let_in(store, job, entry.fact)
        with store.transaction() as tx:
            tx.append(LOG, [undo(job.ticket, entry.fact, "not yet")])
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert len({fact.id for fact in passes(store, job)}) == 2


def test_a_ticket_on_a_sheet_admits_nobody(store: Store) -> None:
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        with store.transaction() as tx:
            job = badge_jobs.sheet(tx, replace(wish(tx), entry=waiting()))
        assert job is not None
        desk.spool.nudge()
        desk.wait(job, JobState.SENT)
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert passes(store, job) == []


def test_an_entry_is_kept_over_a_restart(store: Store) -> None:
    entry = waiting(gate="north", by="eve", confirmed=False, confirmed_by="hub")
    job = Spooling(store, ScriptedPrinters(), blank).order(entry=entry)
    again = Spooling(store, ScriptedPrinters(), blank)
    assert again.now(job).entry == entry
    assert again.spool.means(LOG, entry.fact)
    assert not again.spool.means("another", entry.fact)


def test_an_entry_says_what_the_pass_would_have_said() -> None:
    payload = {"list": LIST, "at": AT, "gate": "g", "nonce": "n", "by": "eve", "confirmed": False}
    draft = Draft(Kind.ADMITTED, "t", payload)
    assert entry_of(draft, claimed=True) == Entry(LIST, NOON, draft.id, "g", "n", "eve", False, "", True)
    with pytest.raises(ValueError, match="no admission"):
        entry_of(Draft(Kind.LEFT, "t", payload), claimed=False)


def test_of_a_ticket_that_nobody_has_told_of_only_the_passes_count() -> None:
    entry, once = waiting(), CheckInList(LIST, "Main")
    stands = Admission("a", "t", LIST, Direction.ENTRY, NOON)
    written = pass_of_unknown(entry, "t", once, ())
    assert written is not None
    assert (written.id, written.payload) == (entry.fact, {"list": LIST, "at": AT, "nonce": entry.nonce})
    assert pass_of_unknown(entry, "t", once, (stands,)) is None
    assert pass_of_unknown(entry, "t", replace(once, allow_multiple_entries=True), (stands,)) is not None
