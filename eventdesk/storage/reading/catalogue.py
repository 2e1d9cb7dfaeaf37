"""What is set up for an event, from its definitions."""

from collections.abc import Callable
from typing import Any

from eventdesk.domain import payloads
from eventdesk.domain.catalogue import Catalogue, Event
from eventdesk.domain.facts import Kind
from eventdesk.errors import BadInput
from eventdesk.storage.log import decode

Execute = Callable[..., Any]

SELECT = "SELECT kind, id, members FROM definitions WHERE log = ? ORDER BY kind, id"
# No more than a catalogue holds: of vouchers there may be thousands.
SELECT_CATALOGUE = """
    SELECT kind, id, members FROM definitions
    WHERE log = ? AND kind IN ('event_defined', 'session_defined', 'product_defined', 'list_defined',
        'question_defined', 'gate_defined')
    ORDER BY kind, id
"""
SELECT_EVENTS = "SELECT id, members FROM definitions WHERE kind = ? AND log = id"
SELECT_KIND = "SELECT id, members FROM definitions WHERE log = ? AND kind = ? ORDER BY id"
SELECT_ONE = "SELECT members FROM definitions WHERE log = ? AND kind = ? AND id = ?"

# Members that a fact of any kind may have.
OF_EVERY_FACT = frozenset({"by", "approved", "removed"})

Members = dict[str, Any]


def events(execute: Execute) -> list[Event]:
    """All events, by their beginning."""
    rows = execute(SELECT_EVENTS, (Kind.EVENT_DEFINED,)).fetchall()
    found = [payloads.event_from(id_, decode(members)) for id_, members in rows]
    return sorted(found, key=lambda event: (event.begins, event.id))


def catalogue(execute: Execute, log: str) -> Catalogue:
    """Raises BadInput where there is no such event."""
    parts: dict[str, dict[str, Members]] = {kind: {} for kind in Kind}
    for kind, id_, text in execute(SELECT_CATALOGUE, (log,)).fetchall():
        members = decode(text)
        if not members.get("removed"):
            parts[kind][id_] = members
    if log not in parts[Kind.EVENT_DEFINED]:
        raise BadInput(f"There is no event {log!r} in this database.", "Choose one of the list of events.")
    return Catalogue(
        event=payloads.event_from(log, parts[Kind.EVENT_DEFINED][log]),
        sessions=_built(parts[Kind.SESSION_DEFINED], payloads.session_from),
        products=_built(parts[Kind.PRODUCT_DEFINED], payloads.product_from),
        lists=_built(parts[Kind.LIST_DEFINED], payloads.list_from),
        questions=_built(parts[Kind.QUESTION_DEFINED], payloads.question_from),
        gates=_built(parts[Kind.GATE_DEFINED], payloads.gate_from),
    )


def _built(rows: dict[str, Members], build: Callable[[str, Members], Any]) -> dict[str, Any]:
    return {id_: build(id_, members) for id_, members in rows.items()}


def layouts(execute: Execute, log: str) -> dict[str, Members]:
    """By id, each as a layout file has it: without who defined it."""
    rows = execute(SELECT_KIND, (log, Kind.LAYOUT_DEFINED)).fetchall()
    found = {id_: layout_of(text) for id_, text in rows}
    return {id_: members for id_, members in found.items() if members is not None}


def layout_text(execute: Execute, log: str, id_: str) -> str | None:
    """One layout as JSON, for `layout_of`: who has decoded the same text before need not do it again."""
    row = execute(SELECT_ONE, (log, Kind.LAYOUT_DEFINED, id_)).fetchone()
    return str(row[0]) if row else None


def layout_of(text: str) -> Members | None:
    """The layout in `layout_text`, as a file has it; None for one that was removed."""
    members = decode(text)
    if members.get("removed"):
        return None
    return {name: one for name, one in members.items() if name not in OF_EVERY_FACT}


def defined(execute: Execute, log: str, kind: Kind, id_: str) -> Members | None:
    """The members of one definition, removed or not; None where there is none."""
    row = execute(SELECT_ONE, (log, kind, id_)).fetchone()
    return decode(row[0]) if row else None


def definitions(execute: Execute, log: str) -> list[tuple[Kind, str, Members]]:
    """All that stands, as it was written, by kind and id."""
    found = [(Kind(kind), id_, decode(text)) for kind, id_, text in execute(SELECT, (log,)).fetchall()]
    return [one for one in found if not one[2].get("removed")]


def names(execute: Execute, log: str) -> dict[tuple[str, str], str]:
    """The names of all that is or was set up, by kind and id: tickets may still be of a removed product."""
    rows = execute(SELECT, (log,)).fetchall()
    return {(kind, id_): decode(members).get("name", "") for kind, id_, members in rows}


def variation_names(execute: Execute, log: str) -> dict[tuple[str, str], str]:
    """The names of variations, by product and variation id."""
    rows = execute(SELECT_KIND, (log, Kind.PRODUCT_DEFINED)).fetchall()
    products = {id_: decode(members).get("variations") or () for id_, members in rows}
    return {(id_, one["id"]): one["name"] for id_, variations in products.items() for one in variations}
