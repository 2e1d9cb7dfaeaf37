"""JSON logic (https://jsonlogic.com): rules as data, evaluated without side effects.

The operators and the coercions are those of the public description, with the choices that the
check-in world has settled on: every argument is evaluated (no short circuit), so that a rule which
is ill typed anywhere is always ill typed.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

Operation = Callable[..., Any]

# What evaluating an ill-typed rule may raise.
RULE_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_MISSING = object()


def soft_equals(a: Any, b: Any) -> bool:
    """`==`: as texts where one is a text, as truth values where one is a truth value."""
    if isinstance(a, str) or isinstance(b, str):
        return str(a) == str(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return bool(a) is bool(b)
    return bool(a == b)


def hard_equals(a: Any, b: Any) -> bool:
    return type(a) is type(b) and bool(a == b)


def less(a: Any, b: Any, *more: Any) -> bool:
    """`<`, also `a < b < c`: as numbers where one is a number (what is no number is never less)."""
    if type(a) in (int, float) or type(b) in (int, float):
        try:
            a, b = float(a), float(b)
        except (TypeError, ValueError):
            return False
    return bool(a < b) and (not more or less(b, *more))


def less_or_equal(a: Any, b: Any, *more: Any) -> bool:
    return (less(a, b) or soft_equals(a, b)) and (not more or less_or_equal(b, *more))


def number(value: Any) -> Any:
    if isinstance(value, str):
        return float(value) if "." in value else int(value)
    return value


def _minus(a: Any, *more: Any) -> Any:
    return number(a) - number(more[0]) if more else -number(a)


def _divide(a: Any, b: Any = None) -> Any:
    return a if b is None else float(a) / float(b)


def _modulo(a: Any, b: Any) -> Any:
    if isinstance(a, str):
        # Python would read it as a text with places to fill.
        raise TypeError("% takes numbers")
    return a % b


def _choose(*values: Any) -> Any:
    """`if`: condition, value, condition, value, ..., otherwise."""
    for place in range(0, len(values) - 1, 2):
        if values[place]:
            return values[place + 1]
    return values[-1] if len(values) % 2 else None


def _merge(*values: Any) -> list[Any]:
    merged: list[Any] = []
    for value in values:
        merged += value if isinstance(value, list | tuple) else [value]
    return merged


def _within(a: Any, b: Any) -> bool:
    return a in b if hasattr(b, "__contains__") else False


OPERATIONS: Mapping[str, Operation] = {
    "==": soft_equals,
    "===": hard_equals,
    "!=": lambda a, b: not soft_equals(a, b),
    "!==": lambda a, b: not hard_equals(a, b),
    "<": less,
    "<=": less_or_equal,
    ">": lambda a, b: less(b, a),
    ">=": lambda a, b: less(b, a) or soft_equals(a, b),
    "!": lambda a: not a,
    "!!": bool,
    "and": lambda *values: reduce(lambda so_far, value: so_far and value, values, True),
    "or": lambda *values: reduce(lambda so_far, value: so_far or value, values, False),
    "?:": lambda a, b, c: b if a else c,
    "if": _choose,
    "+": lambda *values: sum(number(value) for value in values),
    "-": _minus,
    "*": lambda *values: reduce(lambda so_far, value: so_far * float(value), values, 1.0),
    "/": _divide,
    "%": _modulo,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "in": _within,
    "cat": lambda *values: "".join(str(value) for value in values),
    "substr": lambda a, b, c=None: a[b:] if c is None else a[b:][:c],
    "merge": _merge,
    "count": lambda *values: sum(1 for value in values if value),
    "log": lambda a: a,
}


def find(data: Any, path: Any = "", otherwise: Any = None) -> Any:
    """`var`: the value at a dotted path, or `otherwise`."""
    if path == "" or path is None:
        return data
    try:
        for step in str(path).split("."):
            try:
                data = data[step]
            except TypeError:
                data = data[int(step)]
    except (KeyError, TypeError, ValueError):
        return otherwise
    return data


def _missing(data: Any, *paths: Any) -> list[Any]:
    names = paths[0] if paths and isinstance(paths[0], list) else paths
    return [name for name in names if find(data, name, _MISSING) is _MISSING]


def _missing_some(data: Any, wanted: Any, names: Any) -> list[Any]:
    missing = _missing(data, list(names))
    return [] if len(names) - len(missing) >= wanted else missing


_OF_DATA: Mapping[str, Operation] = {"var": find, "missing": _missing, "missing_some": _missing_some}


class Logic:
    """An evaluator with operations of its own beside the standard ones."""

    def __init__(self, operations: Mapping[str, Operation]) -> None:
        self._operations = operations

    def apply(self, rule: Any, data: Any) -> Any:
        """The rule's value. Raises one of RULE_FAULTS where the rule is ill typed."""
        if not isinstance(rule, dict):
            return rule
        operator = operator_of(rule)
        arguments = arguments_of(rule)
        data = data or {}
        if operator in _OF_LISTS:
            return _OF_LISTS[operator](self, arguments, data)
        values = [self.apply(argument, data) for argument in arguments]
        if operator in _OF_DATA:
            return _OF_DATA[operator](data, *values)
        operation = OPERATIONS.get(operator) or self._operations.get(operator)
        if operation is None:
            raise ValueError(f"unknown operator {operator!r}")
        return operation(*values)

    def each(self, rules: Sequence[Any], data: Any) -> list[Any]:
        """The second rule's value for each element of the first one's."""
        return [self.apply(rules[1], element) for element in self.apply(rules[0], data) or []]

    def all(self, rules: Sequence[Any], data: Any) -> bool:
        results = self.each(rules, data)
        return bool(results) and all(results)

    def filter(self, rules: Sequence[Any], data: Any) -> list[Any]:
        return [element for element in self.apply(rules[0], data) if self.apply(rules[1], element)]

    def reduce(self, rules: Sequence[Any], data: Any) -> Any:
        return reduce(
            lambda so_far, element: self.apply(rules[1], {"current": element, "accumulator": so_far}),
            self.apply(rules[0], data) or [],
            self.apply(rules[2], data),
        )


_OF_LISTS: Mapping[str, Callable[[Logic, Sequence[Any], Any], Any]] = {
    "all": Logic.all,
    "some": lambda logic, rules, data: any(logic.each(rules, data)),
    "none": lambda logic, rules, data: not any(logic.each(rules, data)),
    "map": Logic.each,
    "filter": Logic.filter,
    "reduce": Logic.reduce,
}


def operator_of(rule: Mapping[str, Any]) -> str:
    """The one operator of a rule; members that begin with two underscores are remarks."""
    for name in rule:
        if name[:2] != "__":
            return name
    raise ValueError("a rule without an operator")


def arguments_of(rule: Mapping[str, Any]) -> Sequence[Any]:
    """The operator's arguments; a single one may stand without brackets."""
    arguments = rule[operator_of(rule)]
    return arguments if isinstance(arguments, list | tuple) else [arguments]
