"""What printing leaves behind of guests who were erased: nothing."""

from dataclasses import replace
from pathlib import Path

from eventdesk.desk.demo import LOG
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing import leftovers
from eventdesk.desk.upstream.forgetting import erasure
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import spooling, wish

REASON = "Her name is Wilhelmina"
SAID = "Wilhelmina has it now"


def printed(store: Store, folder: Path) -> list[BadgeJob]:
    """The badges of two guests, the first one's twice, as files."""
    with spooling(store, FolderPrinters(folder)) as desk:
        first = desk.order(0, printer=NAME)
        desk.wait(first, JobState.PRINTED)
        again = desk.order(0, REASON, printer=NAME)
        other = desk.order(9, printer=NAME)
        return [desk.wait(job, JobState.PRINTED) for job in (first, again, other)]


def erase(store: Store, ticket: str) -> None:
    with store.transaction() as tx:
        found = tx.ticket(LOG, ticket)
        assert found is not None
        tx.append(LOG, [erasure(tx, LOG, found.order.id, "")])


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_files_of_erased_guests_go_and_no_others(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "badges"
    leftovers.sweep(store, folder)  # there is no folder yet
    first, again, other = printed(store, folder)
    (folder / "of somebody else.pdf").write_bytes(b"")
    (folder / f".badge-{first.id}-2.pdf.part").write_bytes(b"")
    leftovers.sweep(store, folder)
    assert len(names(folder)) == 5
    erase(store, first.ticket)
    leftovers.sweep(store, folder)
    assert names(folder) == {other.reference, "of somebody else.pdf"}
    assert again.reference not in names(folder)
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.GUESTS_PURGED, LOG, {})])
    leftovers.sweep(store, folder)
    assert names(folder) == {"of somebody else.pdf"}


def test_a_page_goes_with_one_of_its_guests(store: Store, tmp_path: Path) -> None:
    first, _, _ = printed(store, tmp_path / "other")
    with store.transaction() as tx:
        tx.jobs.put_page(first, "p1")
    for page in ("p1", "p2"):
        (tmp_path / f"page-{page}.pdf").write_bytes(b"")
    erase(store, first.ticket)
    leftovers.sweep(store, tmp_path)
    assert {file.name for file in tmp_path.glob("*.pdf")} == {"page-p2.pdf"}


def test_what_people_wrote_about_an_erased_guest_goes_too(store: Store, tmp_path: Path) -> None:
    first, *_ = printed(store, tmp_path / "badges")
    call = new_id()
    at = "2026-06-10T10:00:00Z"
    asked = {"desk": "Kiosk", "reason": "badge_unsure", "ticket": first.ticket, "at": at}
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.HELP_ASKED, call, asked)])
        tx.append(LOG, [Draft(Kind.HELP_GIVEN, call, {"at": at, "word": SAID})])
    erase(store, first.ticket)
    with store.reader() as reader:
        facts = [
            *reader.facts(LOG, first.ticket, Kind.BADGE_PRINTED),
            *reader.facts(LOG, call, Kind.HELP_GIVEN),
        ]
        jobs = reader.jobs.for_ticket(LOG, first.ticket)
    told = repr([fact.payload for fact in facts]) + repr(jobs)
    assert "Wilhelmina" not in told
    assert [job.contents.name for job in jobs] == ["", ""]


def test_a_wave_prints_no_nameless_badge(store: Store) -> None:
    with store.transaction() as tx:
        job = badge_jobs.first(tx, replace(wish(tx, 0), wave="before"))
    assert job is not None
    erase(store, job.ticket)
    with store.reader() as reader:
        found = reader.jobs.get(job.id)
    assert found is not None
    assert (found.state, found.contents.name) == (JobState.CANCELED, "")
