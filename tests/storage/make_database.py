"""Makes the database that `test_migrations.py` keeps for a version. Run once, when a version is new:

python -m tests.storage.make_database tests/storage/data/v0004.db
"""

import sys
from itertools import count
from pathlib import Path

from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store
from sync.wire import Refusal, SignedHead, Why
from tests.storage.made import KEY, LOG, entry, guests, leaving, setup, ticket, undoing
from tests.storage.till.made import evening


def kiosk() -> list[Draft]:
    """What kiosks and their venue tell."""
    at = "2026-06-10T10:00:00Z"
    signed = {"document": "waiver", "text": "At my own risk.", "at": at, "name": "Ada", "signature": "M0 0"}
    ordered = {"order": "message", "at": at, "until": "2026-06-10T10:05:00Z", "words": "Go for lunch"}
    return [
        Draft(Kind.KIOSK_DEFINED, LOG, {"finds": ["code", "name"], "welcome": {"en": "Hello"}}),
        Draft(Kind.DOCUMENT_DEFINED, "waiver", {"name": "Waiver", "text": {"en": "At my own risk."}}),
        Draft(Kind.DOCUMENT_SIGNED, "t1", signed),
        Draft(Kind.HELP_ASKED, "call1", {"desk": "Kiosk 1", "reason": "paper_out", "at": at}),
        Draft(Kind.HELP_GIVEN, "call1", {"at": at, "word": "new roll"}),
        Draft(Kind.DESK_ORDERED, "desk2", ordered),
    ]


def make(path: Path) -> None:
    ticks = count(1_800_000_000_000)
    with Store.open(path, KEY, "desk1", lambda: next(ticks)) as store, store.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(8), ticket("a1", "o1", addon_to="t1", product="dinner")])
        [first, *_] = tx.append(LOG, [entry("t1"), entry("t2"), leaving("t2", "2026-06-10T11:00:00Z")])
        tx.append(LOG, [undoing("t1", first.id), entry("t3", gate="north")])
        tx.append(LOG, [Draft(Kind.SECRET_REVOKED, "t4", {"secret": "secret-t4"})])
        band = {"type": "barcode", "identifier": "W1", "tickets": ["t5"], "active": True}
        tx.append(LOG, [Draft(Kind.MEDIUM_LINKED, "band", band)])
        tx.append(LOG, [Draft(Kind.QUESTION_ANSWERED, "t6", {"question": "q1", "answer": "yes"})])
        tx.append(LOG, evening())
        tx.append(LOG, kiosk())
        tx.redact_order(LOG, "o7")
        tx.settings.put("theme", "dark")
        tx.put_cursor(LOG, "centre", "e1", 17, 1_800_000_000_000)
        tx.put_refusals(LOG, [Refusal(first.id, "desk1", first.seq, Why.RIGHT, "no")], 1_800_000_000_000)
        tx.put_signed_heads(LOG, [SignedHead("desk2", 1, bytes(32), bytes(64))])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
