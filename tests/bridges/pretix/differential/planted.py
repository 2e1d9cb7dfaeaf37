"""Faults planted in the mapping and in the decision: a comparison that is worth anything finds each."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from eventdesk.bridges.pretix.mapping import catalogue, orders
from eventdesk.bridges.pretix.mapping import rules as mapped_rules
from eventdesk.bridges.pretix.mapping.ids import Of
from eventdesk.domain import checks, decision, outcomes, resolve, rules
from eventdesk.domain.tickets import Direction

Plant = Callable[[], Any]


def _list(**members: Any) -> Plant:
    honest = catalogue.list_

    def planted(*of: Any) -> Any:
        wanted = honest(*of)
        return replace(wanted, members={**wanted.members, **members})

    return lambda: patch.object(catalogue, "list_", planted)


def _ticket(**members: Any) -> Plant:
    honest = orders.ticket

    def planted(*of: Any) -> Any:
        return {**honest(*of), **members}

    return lambda: patch.object(orders, "ticket", planted)


def _all_entries() -> Any:
    honest = orders.passes_of

    def planted(*of: Any) -> Any:
        return [replace(one, direction=Direction.ENTRY) for one in honest(*of)]

    return patch.object(orders, "passes_of", planted)


def _one_kind_of_lookup() -> Any:
    return patch.dict(mapped_rules._KINDS, {"variation": Of.ITEM})


def _midnight_of_utc() -> Any:
    def midnight(known: Any) -> Any:
        return known.at.replace(hour=0, minute=0, second=0, microsecond=0)

    return patch.object(rules, "_midnight", midnight)


def _no_tolerance() -> Any:
    return patch.object(rules, "_is_before", lambda a, b, _tolerance=None: bool(a < b))


def _belongs_anyway() -> Any:
    return patch.object(resolve, "belongs", lambda _ticket, _list: True)


PLANTED: Mapping[str, Plant] = {
    "in again though the list says no": _list(allow_entry_after_exit=True),
    "the list's rules left out": _list(rules=None),
    "blocked tickets pass": _ticket(blocked=False),
    "the end of validity left out": _ticket(valid_until=None),
    "exits of others count as entries": _all_entries,
    "variations in rules taken for products": _one_kind_of_lookup,
    "today begins at midnight in UTC": _midnight_of_utc,
    "no tolerance of minutes": _no_tolerance,
    "codes mean tickets of other dates too": _belongs_anyway,
    "a repeated scan is taken for a new one": lambda: patch.object(
        decision, "_repeated", lambda _case: False
    ),
    "an ambiguous code means the first ticket": lambda: patch.object(
        decision, "choose", lambda found, _at: found[0]
    ),
    "what staff should read is left out": lambda: patch.object(
        outcomes, "_texts", lambda _ticket, _catalogue: ()
    ),
    "every answer is good": lambda: patch.object(
        decision,
        "good_answers",
        lambda _asked, scan, _zone: {id_: str(one) for id_, one in scan.answers.items()},
    ),
    "rules count on the way out": lambda: patch.object(checks.Case, "entering", True),
}


@contextmanager
def plant(name: str) -> Iterator[None]:
    with PLANTED[name]():
        yield
