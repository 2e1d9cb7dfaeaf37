"""Calls for help: the fold of `help_asked` and the first `help_given`, which may arrive before it. One that
says that somebody is on the way ends nothing."""

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.moments import parse_moment
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target

INSERT = """
    INSERT OR REPLACE INTO help_calls (log, id, desk, place, reason, words, ticket, at, ended, ended_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# A call that comes after its guest was erased: what is said of it is theirs.
INSERT_ERASED = """
    INSERT OR IGNORE INTO erased (log, subject) SELECT log, ? FROM erased WHERE log = ? AND subject = ?
"""


def apply(target: Target, fact: Fact) -> None:
    facts = log.facts_of(target.execute, fact.log, fact.subject, Kind.HELP_ASKED, Kind.HELP_GIVEN)
    asked = next((one for one in facts if one.kind is Kind.HELP_ASKED), None)
    if asked is None:
        return
    ends = (one for one in facts if one.kind is Kind.HELP_GIVEN and one.payload.get("going") is not True)
    given = next(ends, None)
    said = asked.payload
    row = (
        fact.log,
        fact.subject,
        asked.desk,
        said["desk"],
        said["reason"],
        said.get("words") or "",
        said.get("ticket") or "",
        to_column(parse_moment(said["at"])),
        to_column(parse_moment(given.payload["at"])) if given else None,
        (given.payload.get("by") or given.desk) if given else "",
    )
    target.execute(INSERT, row)
    if said.get("ticket"):
        target.execute(INSERT_ERASED, (fact.subject, fact.log, said["ticket"]))
