"""The check-in that waited for its badge: written in the transaction that notes the badge as printed."""

from dataclasses import replace

from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.kiosk.entries import pass_of, pass_of_unknown
from eventdesk.storage.store import Transaction

# What a job comes to when its claim is free again: another desk may let the guest in meanwhile.
LET_GO = frozenset({JobState.FAILED, JobState.UNKNOWN})


def drafts(tx: Transaction, job: BadgeJob) -> list[Draft]:
    """The pass of a job whose badge is out: none where it has no entry, or where the guest is in, or may
    not go in, by now."""
    if job.entry is None:
        return []
    found = _pass(tx, job)
    if found is None:
        return []
    if any(fact.id == found.id for fact in tx.facts(job.log, job.ticket, Kind.ADMITTED)):
        found = replace(found, id=new_id())  # it stood already, and was undone
    return [found]


def _pass(tx: Transaction, job: BadgeJob) -> Draft | None:
    assert job.entry is not None
    catalogue, ticket = tx.catalogue(job.log), tx.ticket(job.log, job.ticket)
    if ticket is not None:
        return pass_of(job.entry, ticket, catalogue, tx.desk)
    check_in_list = catalogue.lists.get(job.entry.list)
    if check_in_list is None:
        return None
    return pass_of_unknown(job.entry, job.ticket, check_in_list, tx.passes(job.log, job.ticket))


def moved(tx: Transaction, job: BadgeJob) -> BadgeJob:
    """A job that has come to another state: its entry is no longer the upstream's word once it fails."""
    return let_go(tx, job) if job.state in LET_GO else job


def let_go(tx: Transaction, job: BadgeJob) -> BadgeJob:
    """The claim is free again: what is printed after all brings a pass that nobody confirmed."""
    if job.entry is None or not job.entry.claimed:
        return job
    return tx.jobs.put_entry(job, replace(job.entry, claimed=False, confirmed=False, confirmed_by=""))
