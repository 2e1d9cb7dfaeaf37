"""Keeps the index in step with tickets and orders. An admission changes nothing here.

Every function needs a cursor (or connection) within the caller's write transaction.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from eventdesk.storage.search import fold

# Words told one by one to the vocabularies in memory; where there are more, they are read anew.
FRESH_LIMIT = 2000
# Of the index's pages merged in one step: some 5 ms.
MERGED_PAGES = 64
NOBODY = -1
FIRST_MARK = 0xF0000  # private use: no folded word begins so
LAST_MARK = 0xFFFFD

SELECT_GUESTS = """
    SELECT tickets.n, tickets.log, tickets.name, tickets.email, tickets.company,
           coalesce(orders.name, ''), coalesce(orders.email, ''), coalesce(orders.company, ''),
           tickets.secret, coalesce(orders.code, '')
    FROM tickets LEFT JOIN orders ON orders.log = tickets.log AND orders.id = tickets.order_id
"""


class GuestText(NamedTuple):
    """What a guest is found by. `n` is the ticket's number in its table."""

    n: int
    log: str
    name: str = ""
    email: str = ""
    company: str = ""
    order_name: str = ""
    order_email: str = ""
    order_company: str = ""
    secret: str = ""
    order_code: str = ""


class Marks(NamedTuple):
    """First letters of an event's words: of names and companies, and of addresses and codes."""

    words: str
    mail: str


def marks_of(number: int) -> Marks:
    """The marks of the event with this number in `search_logs`."""
    first = FIRST_MARK + 2 * number
    if first >= LAST_MARK:
        raise ValueError(f"event number {number} is beyond what the search index can hold")
    return Marks(chr(first), chr(first + 1))


def put(cursor: Any, guests: Iterable[GuestText]) -> None:
    """Index these guests, new or changed, few or many. After very many, `settle`."""
    fresh: dict[int, set[str]] = {}
    cursor.executemany(
        "INSERT OR REPLACE INTO search_words (rowid, words) VALUES (?, ?)",
        _marked(cursor, guests, fresh),
    )
    for number, words in fresh.items():
        _announce(cursor, number, words)


def settle(cursor: Any) -> None:
    """After many guests: let a walk-in's few words never wait for a merge with all of theirs.

    It also takes the words of removed and changed guests out of the file.

    FTS5 merges segments of one level; a bulk load's lies on the lowest. Each `optimize` moves all to
    a level of its own above the others; twice is high enough that small segments merge beneath it
    (measured: a put then takes 2 ms at most, and up to half a second without).
    """
    cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
    # One segment alone is not moved; this one's word has no mark and is never found.
    cursor.execute("INSERT OR REPLACE INTO search_words (rowid, words) VALUES (?, 'settled')", (NOBODY,))
    cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
    cursor.execute("DELETE FROM search_words WHERE rowid = ?", (NOBODY,))
    _read_anew(cursor)


def put_tickets(cursor: Any, tickets: Iterable[tuple[str, str]]) -> None:
    """Index these tickets (log, id) as their tables say."""
    one = f"{SELECT_GUESTS} WHERE tickets.log = ? AND tickets.id = ?"
    rows = (cursor.connection.execute(one, ticket).fetchone() for ticket in tickets)
    put(cursor, (GuestText(*row) for row in rows if row is not None))


def forget_some_words(cursor: Any, log: str) -> bool:
    """A step towards leaving nothing of words that no guest of the event has any more (redaction); False
    where it was the last one.

    What was deleted lies on in the segments that held it. Each step merges some pages of all segments into
    one, and goes on where the last one ended; where there was nothing to merge, only the command itself
    counts as a change.
    """
    before = cursor.connection.total_changes
    cursor.execute("INSERT INTO search_words (search_words, rank) VALUES ('merge', ?)", (-MERGED_PAGES,))
    if cursor.connection.total_changes > before + 1:
        return True
    cursor.execute(
        "DELETE FROM search_fresh WHERE number = (SELECT number FROM search_logs WHERE log = ?)", (log,)
    )
    cursor.execute("UPDATE search_logs SET generation = generation + 1 WHERE log = ?", (log,))
    return False


def remove(cursor: Any, numbers: Iterable[int]) -> None:
    """Take tickets out of the index."""
    cursor.executemany("DELETE FROM search_words WHERE rowid = ?", [(number,) for number in numbers])


def clear(cursor: Any) -> None:
    """Take every guest of every event out; vocabularies in memory are read anew."""
    cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    _read_anew(cursor)


def _read_anew(cursor: Any) -> None:
    """Have every vocabulary in memory read anew."""
    cursor.execute("DELETE FROM search_fresh")
    cursor.execute("UPDATE search_logs SET generation = generation + 1")


def rebuild(connection: Any) -> None:
    """Make the index anew from the tables, all events."""
    clear(connection)
    put(connection.cursor(), map(GuestText._make, connection.execute(SELECT_GUESTS)))
    settle(connection.cursor())


def _marked(
    cursor: Any, guests: Iterable[GuestText], fresh: dict[int, set[str]]
) -> Iterator[tuple[int, str]]:
    """Rows for the index. Fills `fresh` with the words of each event, up to just over the limit."""
    events: dict[str, tuple[Marks, set[str]]] = {}
    for guest in guests:
        if guest.log not in events:
            number = _number(cursor.connection, guest.log)
            events[guest.log] = marks_of(number), fresh.setdefault(number, set())
        marks, known = events[guest.log]
        words, mail = words_of(guest)
        if len(known) <= FRESH_LIMIT:
            known |= words
        yield guest.n, " ".join([marks.words + word for word in words] + [marks.mail + word for word in mail])


def words_of(guest: GuestText) -> tuple[set[str], set[str]]:
    """The words of names and companies, and those that only addresses and codes have."""
    words = fold.words_of_text(guest.name)
    for text in {guest.company, guest.order_name, guest.order_company} - {"", guest.name}:
        words |= _words_of_company(text)
    mail: set[str] = set()
    for text in {guest.email, guest.order_email} - {""}:
        mail |= fold.words_of_address(text)
    mail |= fold.words_of_code(guest.secret) | fold.words_of_code(guest.order_code)
    return words, mail - words


# Many guests come from few companies.
_words_of_company = lru_cache(maxsize=4096)(fold.words_of_text)


def _number(connection: Any, log: str) -> int:
    found = connection.execute("SELECT number FROM search_logs WHERE log = ?", (log,)).fetchone()
    if found is None:
        row = connection.execute("INSERT INTO search_logs (log, generation) VALUES (?, 0)", (log,))
        return int(row.lastrowid)
    return int(found[0])


def _announce(cursor: Any, number: int, words: set[str]) -> None:
    """Tell the vocabularies in memory what is new: word by word, or to read all again."""
    if len(words) <= FRESH_LIMIT:
        rows = [(number, word) for word in sorted(words)]
        cursor.executemany("INSERT INTO search_fresh (number, word) VALUES (?, ?)", rows)
    else:
        cursor.execute("DELETE FROM search_fresh WHERE number = ?", (number,))
        cursor.execute("UPDATE search_logs SET generation = generation + 1 WHERE number = ?", (number,))
