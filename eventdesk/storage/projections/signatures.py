"""What guests have signed: one row a `document_signed`."""

import hashlib

from eventdesk.domain.facts import Fact
from eventdesk.domain.moments import parse_moment
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target

INSERT = (
    "INSERT OR REPLACE INTO signatures (log, ticket, fact, document, digest, at) VALUES (?, ?, ?, ?, ?, ?)"
)


def apply(target: Target, fact: Fact) -> None:
    digest = hashlib.sha256(str(fact.payload["text"]).encode()).hexdigest()
    at = to_column(parse_moment(fact.payload["at"]))
    target.execute(INSERT, (fact.log, fact.subject, fact.id, fact.payload["document"], digest, at))
