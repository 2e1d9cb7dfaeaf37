"""Every look-up of a scan goes straight to its rows: a plan that walks an event's guests fails here."""

import re

import pytest

from eventdesk.storage import carts, intake, log, redact, upward
from eventdesk.storage.projections import conflicts, many, orders, presence, tickets
from eventdesk.storage.projections.till import vouchers
from eventdesk.storage.reading import catalogue, codes, erasures, figures, guests, setup
from eventdesk.storage.reading import conflicts as found
from eventdesk.storage.reading import search as hits
from eventdesk.storage.reading import tickets as rows
from eventdesk.storage.reading.till import accounts, finding, limits, mails, money, seats, sums
from eventdesk.storage.reading.till import figures as figures_of_shifts
from eventdesk.storage.store import Store

LOOKUPS = {
    "secret": (rows.BY_SECRET, "log=? AND secret=?"),
    "ticket id": (rows.BY_ID, "log=? AND id=?"),
    "order": (rows.BY_ORDER, "log=? AND order_id=?"),
    "add-ons": (rows.BY_MAIN, "log=? AND addon_to=?"),
    "passes": (rows.PASSES, "log=? AND ticket=?"),
    "revoked": (codes.REVOKED, "log=? AND secret=?"),
    "medium": (codes.MEDIUM, "log=? AND identifier=?"),
    "head": (log.SELECT_HEAD, "log=? AND desk=?"),
    "facts": (log.SELECT_OF_KIND, "log=? AND subject=? AND kind=?"),
    "fact": (log.SELECT_BY_ID, "id=?"),
    "passes of a person": (presence.SELECT_PASSES, "log=? AND ticket=?"),
    "passes of add-ons": (presence.SELECT_PASSES, "log=? AND addon_to=?"),
    "main ticket": (presence.SELECT_MAIN, "log=? AND id=?"),
    "whether it passed": (presence.SELECT_ANY, "log=? AND ticket=?"),
    "whether anyone passed": (presence.SELECT_ANY_OF_LOG, "log=?"),
    "conflicts of a subject": (conflicts.SELECT, "log=? AND subject=?"),
    "lists of conflicts": (conflicts.SELECT_LISTS, "log=? AND subject=?"),
    "tickets of a list": (conflicts.SELECT_TICKETS, "log=?"),
    "conflicts": (found.SELECT, "log=? AND settled=? AND kind=?"),
    "number of conflicts": (found.COUNT, "log=? AND settled=?"),
    "presence": (found.SELECT_PRESENCE, "log=?"),
    "uses of quotas": (setup.SELECT_USES, "log=?"),
    "purged": (setup.SELECT_PURGED, "log=? AND subject=?"),
    "erasures": (erasures.SELECT, "log=?"),
    "confirmations": (erasures.SELECT_CONFIRMED, "log=? AND erasure=?"),
    "unreadable": (erasures.SELECT_UNREAD, "log=?"),
    "erased": (redact.SELECT_ERASED, "log=? AND subject=?"),
    "whether erasures are done": (erasures.SELECT_FORGETTING, "log=?"),
    "what is left of erasures": (redact.SELECT_BEGUN, "log=?"),
    "subjects to redact": (redact.SELECT_SUBJECTS, "log=? AND subject>?"),
    "facts to redact": (redact.SELECT, "log=? AND subject=? AND kind=?"),
    "words to forget": (redact.FORGET_WORDS, "log=? AND subject=?"),
    "badges to forget": (redact.FORGET_BADGES, "log=? AND ticket=?"),
    "known fact": (intake.SELECT_KNOWN, "log=? AND desk=? AND seq=?"),
    "known ids": (intake.SELECT_IDS, "id=?"),
    "desks of a log": (log.SELECT_NEXT_DESK, "log=? AND desk>?"),
    "logs": (log.SELECT_LOGS, "log>?"),
    "unsent": (log.SELECT_AFTER, "log=? AND desk=? AND seq>?"),
    "waiting": (upward.SELECT_WAITING, "log=? AND desk=? AND seq>?"),
    "line": (upward.SELECT_LINE, "log=? AND node=?"),
    "signed heads": (upward.SELECT_HEADS, "log=? AND desk=?"),
    "signed head": (upward.SELECT_HEAD, "log=? AND desk=? AND seq<?"),
    "standing": (orders.SELECT_STANDING, "log=? AND id=?"),
    "tickets of an order": (orders.SELECT_TICKETS, "log=? AND order_id=?"),
    "sort": (tickets.SELECT_SORT, "log=? AND id=?"),
    "occupancy": (figures.SELECT_OCCUPANCY, "log=? AND place=? AND id=?"),
    "tally": (figures.SELECT_TALLY, "log=?"),
    "definition": (catalogue.SELECT_ONE, "log=? AND kind=? AND id=?"),
    "page of guests": (guests.SELECT_GUESTS, "log=? AND id>?"),
    "page of passes": (guests.SELECT_AFTER, "log=? AND list=? AND stamp>?"),
    "lists": (guests.SELECT_LISTS, "log=? AND list>?"),
    "recent": (guests.SELECT_RECENT, "log=? AND list=?"),
    "hits": (hits.SELECT, "rowid=?"),
    "facts of many": (many.COUNT_FACTS, "log=? AND subject=? AND kind=?"),
    "seats of a plan": (seats.SELECT, "log=? AND seat>? AND seat<?"),
    "seat": (seats.SELECT_SEAT, "log=? AND seat=?"),
    "seats of a ticket": (seats.SELECT_OF_TICKET, "log=? AND ticket=?"),
    "conflicts of seats": (seats.SELECT_CONFLICTS, "log=? AND settled=? AND kind=?"),
    "receipt": (finding.SELECT_NUMBER, "log=? AND desk=? AND number=?"),
    "last receipt": (finding.SELECT_LAST_NUMBER, "log=? AND desk=?"),
    "last shift": (finding.SELECT_LAST_SHIFT, "log=? AND desk=?"),
    "latest sales": (finding.SELECT_LATEST, "log=?"),
    "sales of an order": (finding.SELECT_OF_ORDER, "log=? AND order_id=?"),
    "sales of a ticket": (finding.SELECT_OF_TICKET, "log=? AND ticket=?"),
    "sales of a customer": (finding.SELECT_WORDS, "log=?"),
    "sales to redact": (redact.SELECT_SALES, "log=? AND order_id=?"),
    "payments of a sale": (money.SELECT_OF_SALE, "log=? AND sale=?"),
    "open payments": (money.SELECT_OPEN, "log=? AND desk=?"),
    "payments of a shift": (money.SELECT_OF_SHIFT, "log=? AND shift=?"),
    "sales of a shift": (money.SELECT_SALES_OF_SHIFT, "log=? AND shift=?"),
    "open shifts": (money.SELECT_OPEN_SHIFTS, "log=? AND desk=?"),
    "shifts": (money.SELECT_SHIFTS, "log=?"),
    "shifts of a desk": (money.SELECT_SHIFTS_OF_DESK, "log=? AND desk=?"),
    "facts of a shift": (money.SELECT_MEMBERS, "log=? AND shift=?"),
    "open payments of a shift": (figures_of_shifts.SELECT_OPEN, "log=? AND shift=?"),
    "turnover of a shift": (sums.TURNOVER_OF_SHIFT, "log=? AND shift=?"),
    "turnover of a time": (sums.TURNOVER_BETWEEN, "log=? AND at>? AND at<?"),
    "tenders of a shift": (sums.TENDERS_OF_SHIFT, "log=? AND shift=?"),
    "tenders of a time": (sums.TENDERS_BETWEEN, "log=? AND at>? AND at<?"),
    "receipts of a shift": (sums.RECEIPTS_OF_SHIFT, "log=? AND shift=?"),
    "receipts of a time": (sums.RECEIPTS_BETWEEN, "log=? AND at>? AND at<?"),
    "page of receipts": (accounts.SELECT_LINES, "log=? AND (desk,number,shift,id)>(?,?,?,?)"),
    "lines of a page": (accounts.SELECT_LINES, "log=? AND shift=? AND receipt=?"),
    "page of payments": (accounts.SELECT_PAYMENTS, "log=?"),
    "page of closed shifts": (accounts.SELECT_CLOSED, "log=? AND (desk,number,id)>(?,?,?)"),
    "reversals of a time": (accounts.SELECT_REVERSALS, "log=? AND at>? AND at<?"),
    "minutes of a time": (accounts.SELECT_MINUTES, "log=? AND at>? AND at<?"),
    "number of receipts": (accounts.COUNT_RECEIPTS, "log=? AND at>? AND at<?"),
    "number of payments": (accounts.COUNT_PAYMENTS, "log=? AND at>? AND at<?"),
    "receipt's number": (accounts.SELECT_RECEIPT_NUMBER, "log=? AND shift=? AND id=?"),
    "audit of a shift": (accounts.SELECT_AUDITED, "log=? AND shift=?"),
    "mails of a desk": (mails.SELECT_ASKED, "log=? AND desk=? AND seq>?"),
    "voucher": (limits.SELECT_DISCOUNT, "log=? AND code=?"),
    "codes of a voucher": (vouchers.SELECT_CODE, "log=? AND id=?"),
    "gift card": (limits.SELECT_CARD, "log=? AND id=?"),
    "gift card's code": (limits.SELECT_CARD_BY_CODE, "log=? AND code=?"),
    "uses of a counter": (limits.SELECT_USES, "log=? AND counter=?"),
    "carts of an order": (carts.SELECT_OF_ORDER, "log=? AND order_id=?"),
    "carts": (carts.SELECT_OF_LOG, "log=?"),
    "waiting tickets": (many.SELECT_WAITING, "log=? AND order_id=?"),
}

# What a query makes for itself; the rest are tables that grow.
SMALL = {"json_each", "found", "page", "lists", "logs", "CONSTANT"}


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_look_up_uses_its_index(store: Store, name: str) -> None:
    query, wanted = LOOKUPS[name]
    with store.reader() as reader:
        values = ["[]"] * (len(set(re.findall(r"\?\d", query))) or query.count("?"))
        plan = reader._execute("EXPLAIN QUERY PLAN " + query, values).fetchall()
    steps = [row[3] for row in plan]
    assert any(wanted in step for step in steps), steps
    walked = [step for step in steps if step.startswith("SCAN") and step.split()[1] not in SMALL]
    assert not walked
