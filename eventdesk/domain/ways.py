"""The nearest way through rules that refused: what would have had to be otherwise.

Rules of `and` and `or` usually fail in several ways at once: a guest at 17:30 fails "regular tickets
until 17:00, VIP tickets until 18:00" by the hour and by the ticket. Telling all helps nobody. The way
is told that is nearest to what a guest can change: how often they came before when they come, when
they come before where, and what they bought last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain.jsonlogic import RULE_FAULTS, Logic, arguments_of, operator_of
from eventdesk.domain.rules import COUNTS, COUNTS_OF_A_MOMENT, DoorKnowledge

# What a comparison is about, the most easily changed first.
_RIGIDITY: tuple[frozenset[str], ...] = (
    frozenset({"entry_status"}),
    frozenset({"minutes_since_first_entry"}),
    frozenset({"minutes_since_last_entry"}),
    frozenset({"entries_days"}),
    frozenset({"entries_days_since", "entries_days_before"}),
    frozenset({"entries_since", "entries_before"}),
    frozenset({"entries_number"}),
    frozenset({"entries_today"}),
    frozenset({"now"}),
    frozenset({"now_isoweekday"}),
    frozenset({"gate"}),
    frozenset({"product", "variation"}),
)
_OPERATORS = {"<": 1, "<=": 1, ">": 1, ">=": 1, "==": 2, "!=": 3}
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "isBefore": "isAfter", "isAfter": "isBefore"}

Cost = tuple[float, ...]
_NO_WAY: Cost = (9.0,)


@dataclass(frozen=True, slots=True)
class Failure:
    """A comparison that refused: `subject operator limit`, where the subject's value was `value`.

    `subject` is empty for what is no comparison of a variable; `moment` is what a count is relative to.
    """

    subject: str
    operator: str
    value: Any = None
    limit: Any = None
    tolerance: float = 0.0
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way through: how hard it is, and what fails on it."""

    cost: Cost = ()
    failures: tuple[Failure, ...] = ()


def nearest_way(rule: Any, known: DoorKnowledge) -> Way:
    """The easiest way through a rule that evaluated to false (without a fault)."""
    return _way(rule, known, known.logic())


def _way(rule: Any, known: DoorKnowledge, logic: Logic) -> Way:
    if not isinstance(rule, dict):
        return Way() if rule else Way(_NO_WAY, (Failure("", "constant"),))
    operator, arguments = operator_of(rule), arguments_of(rule)
    if operator == "and":
        return _together([_way(argument, known, logic) for argument in arguments])
    if operator == "or":
        return _easiest([_way(argument, known, logic) for argument in arguments])
    if logic.apply(rule, known):
        return Way()
    failure = _failure(operator, arguments, known, logic)
    return Way(_cost(failure), (failure,))


def _together(ways: Sequence[Way]) -> Way:
    failures = tuple(failure for way in ways for failure in way.failures)
    return Way(max((way.cost for way in ways), default=()), failures)


def _easiest(ways: Sequence[Way]) -> Way:
    none = Way(_NO_WAY, (Failure("", "constant"),))
    return min(ways, key=lambda way: (way.cost, len(way.failures)), default=none)


def _failure(operator: str, arguments: Sequence[Any], known: DoorKnowledge, logic: Logic) -> Failure:
    sides = list(arguments[:2])
    if len(sides) == 2 and not _subject(sides[0]) and _subject(sides[1]):
        sides.reverse()
        operator = _FLIPPED.get(operator, operator)
    subject = _subject(sides[0]) if sides else ""
    if not subject or len(sides) < 2:
        return Failure("", operator)
    return Failure(
        subject=subject,
        operator=operator,
        value=logic.apply(sides[0], known),
        limit=logic.apply(sides[1], known),
        tolerance=_tolerance(arguments),
        moment=_moment(sides[0], subject, known, logic),
    )


def _subject(side: Any) -> str:
    """The variable or count that one side of a comparison is, or nothing."""
    if not isinstance(side, dict) or not side:
        return ""
    operator, arguments = next(iter(side)), arguments_of(side)
    if operator == "var" and arguments and isinstance(arguments[0], str):
        return arguments[0]
    return operator if operator in COUNTS_OF_A_MOMENT else ""


def _tolerance(arguments: Sequence[Any]) -> float:
    try:
        return float(arguments[2])
    except (IndexError, TypeError, ValueError):
        return 0.0


def _moment(side: Mapping[str, Any], subject: str, known: DoorKnowledge, logic: Logic) -> datetime | None:
    if subject not in COUNTS_OF_A_MOMENT:
        return None
    moment = logic.apply(arguments_of(side)[0], known)
    return moment if isinstance(moment, datetime) else None


def _cost(failure: Failure) -> Cost:
    """Sorts by how hard it is to change, then by how far off it was."""
    rank = next((place for place, names in enumerate(_RIGIDITY) if failure.subject in names), None)
    if rank is None:
        return _NO_WAY
    technical = 1.0 if _is_technical(failure) else 0.0
    return (technical, rank, _OPERATORS.get(failure.operator, 0), _distance(failure))


def _is_technical(failure: Failure) -> bool:
    """Minutes compared with -1 ask whether there was any entry at all: nothing to tell a guest."""
    if not failure.subject.startswith("minutes_since") or not isinstance(failure.limit, int | float):
        return False
    if failure.operator in ("<", ">"):
        return failure.limit <= 0
    if failure.operator in ("<=", ">="):
        return failure.limit < 0
    return failure.operator in ("==", "!=") and failure.limit == -1


def _distance(failure: Failure) -> float:
    if failure.subject not in COUNTS | COUNTS_OF_A_MOMENT | {"now"}:
        return 0.0
    try:
        gap = abs(failure.limit - failure.value)
    except RULE_FAULTS:
        return float("inf")
    return float(gap) if isinstance(gap, int | float) else float(gap.total_seconds())
