"""People whom one may know by name, in a real encrypted store, and how the tests search them."""

from pathlib import Path

from eventdesk.bench.filling import LIST, LOG, event_drafts
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import Matches
from eventdesk.storage.store import Store

KEY = bytes(range(32))

PEOPLE = (
    ("Anna Müller", "anna.mueller@example.org", "Nordlicht GmbH"),
    ("Anna Müllerstein", "", ""),
    ("Emma Muller", "", ""),
    ("Karl Mueller", "", ""),
    ("Sean O'Brien", "", "Kestrel Ltd"),
    ("Anne-Marie Strauß", "", ""),
    ("Annemarie Koch", "", ""),
    ("Łukasz Wałęsa", "", ""),
    ("Işıl Yıldız", "", ""),
    ("Mikkel Sørensen", "", ""),
    ("Фёдор Соловьёв", "", ""),
    ("أحمد الخطيب", "", ""),
    ("王小明", "", ""),
    ("李娜", "", ""),
    ("김민수", "", ""),
    ("佐藤 健太", "", ""),
    ("Thomas Becker", "tbecker77@gmx.de", ""),
    ("Thomas Beker", "", ""),
    ("Maria José García Núñez", "", ""),
)


def order(number: int, **members: str) -> Draft:
    return Draft(Kind.ORDER_PLACED, f"o{number}", {"code": f"CODE{number}", "status": "paid", **members})


def ticket(number: int, name: str, email: str = "", company: str = "", **members: str) -> Draft:
    payload = {"order": f"o{number}", "product": "VIP", "name": name, "email": email, "company": company}
    return Draft(Kind.TICKET_ISSUED, f"t{number}", {"secret": f"Secret-{number}-x", **payload, **members})


def find(store: Store, text: str, log: str = LOG, limit: int = 50) -> Matches:
    with store.reader() as reader:
        return reader.search(log, text, LIST, limit)


def names(store: Store, text: str) -> list[str]:
    return [hit.name for hit in find(store, text).hits]


def store_of_people(folder: Path) -> Store:
    """PEOPLE as tickets t0, t1 ... in the event LOG; the caller closes the store."""
    store = Store.open(folder / "desk.db", KEY, "desk")
    with store.transaction() as tx:
        tx.append(LOG, event_drafts())
        for number, person in enumerate(PEOPLE):
            tx.append(LOG, [order(number), ticket(number, *person)])
    return store
