"""Where pretix 2026.8.0 answers 500 instead of refusing: it explains refused rules, and that may fail.

Evaluating a rule is guarded there, explaining it is not. Our own decision explains any rule; this
tells only whether the API would have had an answer at all. Observed on the real thing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from eventdesk.domain.jsonlogic import RULE_FAULTS, Logic
from eventdesk.domain.rules import COUNTS, COUNTS_OF_A_MOMENT, DoorKnowledge
from eventdesk.domain.ways import nearest_way

_TEXTS = frozenset({"==", "!=", "<", "<=", ">", ">="})


class _Unexplained(Exception):
    """It gives up in an orderly way: the answer has a refusal without a reason."""


def explanation_fails(rules: Mapping[str, Any], known: DoorKnowledge) -> bool:
    """For rules that refused: does explaining them fail?"""
    logic = known.logic()
    try:
        compared = [_compared(rule) for rule in _refusing(rules, known, logic)]
    except _Unexplained:
        return False
    except RULE_FAULTS:
        return True
    try:
        for subject, limits in compared:
            _weigh(subject, limits, known)
        steps = _steps(rules)
        # An `or` of nothing has no way through; a bare number or text is no step of one.
        stuck = steps is None or not all(isinstance(step, dict | bool) for step in steps)
        return stuck or _tells_nothing(rules, known)
    except RULE_FAULTS:
        return True


def _refusing(rule: Any, known: DoorKnowledge, logic: Logic) -> Iterator[Mapping[str, Any]]:
    """The comparisons that are false, in the order in which they stand."""
    if not isinstance(rule, dict):
        return
    operator = next(iter(rule))
    if operator in ("and", "or"):
        for part in rule[operator]:
            yield from _refusing(part, known, logic)
    elif not logic.apply(rule, known):
        yield rule


def _compared(rule: Mapping[str, Any]) -> tuple[Any, Any]:
    """What is compared, and with what: its left side must be a variable or a count."""
    sides = rule[next(iter(rule))]
    left = sides[0]
    if "var" in left:
        name = left["var"]
        return (name[0] if isinstance(name, list) else name), sides[1:]
    if any(count in left for count in COUNTS_OF_A_MOMENT):
        return left, sides[1:]
    raise _Unexplained


def _weigh(subject: Any, limits: Any, known: DoorKnowledge) -> None:
    """Raises one of RULE_FAULTS where the comparison's distance can't be worked out."""
    if subject == "now":
        moment = known.build_time(*limits[0]["buildTime"])
        float(limits[1] if len(limits) > 1 and limits[1] else 0)
        if moment is None:
            raise ValueError("no such moment")
    elif subject not in ("product", "variation", "gate", "entry_status"):
        abs(limits[0] - _count(subject, known))


def _count(subject: Any, known: DoorKnowledge) -> Any:
    if isinstance(subject, str) and subject in COUNTS:
        return known[subject]
    name = next(iter(subject)) if isinstance(subject, dict) else ""
    if name not in COUNTS_OF_A_MOMENT:
        raise ValueError("unknown variable")
    moment = known.build_time(*subject[name][0]["buildTime"])
    return known.logic().apply({name: [moment]}, known)


def _steps(rule: Any) -> list[Any] | None:
    """Every step that stands on some way through the rule; None where there is no way."""
    operator = next(iter(rule)) if isinstance(rule, dict) else ""
    if operator not in ("and", "or"):
        return [rule]
    parts = [_steps(part) for part in rule[operator]]
    open_ = [part for part in parts if part is not None]
    if len(open_) < len(parts) if operator == "and" else not open_:
        return None
    return [step for part in open_ for step in part]


def _tells_nothing(rules: Mapping[str, Any], known: DoorKnowledge) -> bool:
    """Has a comparison on the way that would be told no words there?"""
    for failure in nearest_way(rules, known).failures:
        if failure.subject == "now" and failure.operator not in ("isBefore", "isAfter"):
            return True
        if failure.subject in COUNTS | COUNTS_OF_A_MOMENT and failure.operator not in _TEXTS:
            return True
    return False
