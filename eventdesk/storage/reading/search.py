"""From what was typed to guests: the index finds numbers, the tables say who they are."""

from collections.abc import Callable, Sequence
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.domain.guests import Hit, Matches
from eventdesk.domain.tickets import Direction
from eventdesk.storage.log import encode
from eventdesk.storage.reading import catalogue
from eventdesk.storage.search.expressions import parse
from eventdesk.storage.search.query import Finder

Execute = Callable[..., Any]

SELECT = """
    SELECT t.id, t.secret, t.name, o.name, t.email, o.email, t.company, o.company, o.id, o.code, t.product,
        o.testmode
    FROM json_each(?) found
    JOIN tickets t ON t.n = found.value
    JOIN orders o ON o.log = t.log AND o.id = t.order_id
    ORDER BY found.key
"""
SELECT_PASSES = (
    "SELECT direction FROM admissions WHERE log = ? AND ticket = ? AND list = ? ORDER BY stamp, id"
)


def search(finder: Finder, connection: Any, log: str, text: str, list_id: str | None, limit: int) -> Matches:
    found = finder.find(connection, log, text, limit)
    if not found.numbers:
        return Matches((), found.corrected)
    execute = connection.execute
    names = catalogue.names(execute, log)
    rows = execute(SELECT, (encode(found.numbers).decode(),)).fetchall()
    hits = [_hit(execute, log, list_id, row, names) for row in rows]
    return Matches(tuple(_whole_names_first(hits, text)), found.corrected)


def _whole_names_first(hits: list[Hit], text: str) -> list[Hit]:
    """Anna Koch before Anna Maria Koch, who has the words too; else the order stays."""
    typed = sorted(parse(text).words)
    return sorted(hits, key=lambda hit: sorted(parse(hit.name).words) != typed)


def _hit(
    execute: Execute, log: str, list_id: str | None, row: Sequence[Any], names: dict[tuple[str, str], str]
) -> Hit:
    ticket, secret, name, order_name, email, order_email, company, order_company, order, code = row[:10]
    product, testmode = row[10:]
    passes = [] if list_id is None else execute(SELECT_PASSES, (log, ticket, list_id)).fetchall()
    return Hit(
        ticket=ticket,
        secret=secret,
        name=name or order_name,
        email=email or order_email,
        company=company or order_company,
        order=order,
        order_code=code,
        product=names.get((Kind.PRODUCT_DEFINED, product), product),
        used=(Direction.ENTRY,) in passes,
        inside=bool(passes) and passes[-1][0] == Direction.ENTRY,
        testmode=testmode == 1,
    )
