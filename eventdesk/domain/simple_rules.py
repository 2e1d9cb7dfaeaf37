"""The rules most doors need, as plain values, and their JSON logic.

A check-in list keeps JSON logic alone; `simple_from` tells whether it says no more than a `SimpleRules`
can, so that a form may show it. Everything else is shown as JSON.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain.moments import moment_text, parse_moment

Logic = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SimpleRules:
    """All of these must hold. None or empty: not asked.

    `opens` and `closes` are aware; `max_entries` counts all entries of a ticket on the list,
    `max_a_day` those of one day in the event's time zone; `minutes_between` is the least time since
    the last entry; `products` and `gates` are ids.
    """

    opens: datetime | None = None
    closes: datetime | None = None
    max_entries: int | None = None
    max_a_day: int | None = None
    minutes_between: int | None = None
    products: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()


def logic_of(rules: SimpleRules, names: Mapping[str, str]) -> dict[str, Any] | None:
    """The JSON logic, None where nothing is asked. `names` holds the names of products and gates by id."""
    terms: list[dict[str, Any]] = []
    if rules.opens:
        terms.append({"isAfter": [{"var": "now"}, _custom(rules.opens)]})
    if rules.closes:
        terms.append({"isBefore": [{"var": "now"}, _custom(rules.closes)]})
    if rules.max_entries is not None:
        terms.append({"<": [{"var": "entries_number"}, rules.max_entries]})
    if rules.max_a_day is not None:
        terms.append({"<": [{"var": "entries_today"}, rules.max_a_day]})
    if rules.minutes_between is not None:
        terms.append(_pause(rules.minutes_between))
    if rules.products:
        terms.append(_one_of("product", rules.products, names))
    if rules.gates:
        terms.append(_one_of("gate", rules.gates, names))
    return {"and": terms} if terms else None


def simple_from(logic: Logic | None) -> SimpleRules | None:
    """The simple rules that this JSON logic says, or None where it says something else."""
    if not logic:
        return SimpleRules()
    terms = logic.get("and") if set(logic) == {"and"} else [logic]
    if not isinstance(terms, list | tuple):
        return None
    said: dict[str, Any] = {}
    for term in terms:
        member = _member(term)
        if member is None or member[0] in said:
            return None
        said[member[0]] = member[1]
    return SimpleRules(**said)


def _custom(at: datetime) -> dict[str, Any]:
    return {"buildTime": ["custom", moment_text(at)]}


def _pause(minutes: int) -> dict[str, Any]:
    since = {"var": "minutes_since_last_entry"}
    # It is -1 for a ticket that never entered.
    return {"or": [{"<=": [since, -1]}, {">": [since, minutes]}]}


def _one_of(kind: str, ids: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    lookups = [{"lookup": [kind, id_, names.get(id_, id_)]} for id_ in ids]
    return {"inList": [{"var": kind}, {"objectList": lookups}]}


def _member(term: object) -> tuple[str, Any] | None:
    """Which member of SimpleRules a term sets, and to what."""
    if not isinstance(term, Mapping):
        return None
    for read in (_moment_member, _count_member, _pause_member, _choice_member):
        try:
            return read(term)
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    return None


def _moment_member(term: Any) -> tuple[str, Any]:
    ((operator, (variable, built)),) = term.items()
    name = {"isAfter": "opens", "isBefore": "closes"}[operator]
    (kind, text) = built["buildTime"]
    if variable != {"var": "now"} or kind != "custom":
        raise ValueError("another moment")
    return name, parse_moment(text)


def _count_member(term: Any) -> tuple[str, Any]:
    ((operator, (variable, limit)),) = term.items()
    name = {"entries_number": "max_entries", "entries_today": "max_a_day"}[variable["var"]]
    if operator != "<" or not _counts(limit):
        raise ValueError("another comparison")
    return name, limit


def _pause_member(term: Any) -> tuple[str, Any]:
    minutes = term["or"][1][">"][1]
    if not _counts(minutes) or term != _pause(minutes):
        raise ValueError("another comparison")
    return "minutes_between", minutes


def _choice_member(term: Any) -> tuple[str, Any]:
    kind = term["inList"][0]["var"]
    lookups = [lookup["lookup"] for lookup in term["inList"][1]["objectList"]]
    if not lookups or any(lookup[0] != kind for lookup in lookups) or len(term) != 1:
        raise ValueError("another choice")
    return {"product": "products", "gate": "gates"}[kind], tuple(lookup[1] for lookup in lookups)


def _counts(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
