"""Checked access to the members of a payload: each reader says what it wanted and what it found.

Payloads come from other desks and other versions: nothing in them is taken on trust. A member that
is absent and one that is null are the same.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from eventdesk.domain.moments import parse_moment

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MOST = 1 << 53  # what JSON readers everywhere, and every database, take for the same number
MOST_MONEY = 10**12  # minor units, uses, pieces: sums of these stay far from what 64 bits hold
MILLION = 1_000_000  # rates and percentages are parts of it


class BadPayload(ValueError):
    """A payload that can't be what its kind says; the message names the member.

    `told` says the same without what was found there, which may be a guest's data.
    """

    def __init__(self, message: str, told: str = "") -> None:
        super().__init__(message)
        self.told = told or message


def wrong(name: str, wanted: str, found: object) -> BadPayload:
    told = f"`{name}` must be {wanted}"
    return BadPayload(f"{told}, not {found!r}", told)


def text(payload: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A string; BadPayload where it is absent and has no default."""
    value = payload.get(name)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise wrong(name, "a text", value)
    return value


def optional_text(payload: Mapping[str, Any], name: str) -> str | None:
    return None if payload.get(name) is None else text(payload, name)


def flag(payload: Mapping[str, Any], name: str, default: bool = False) -> bool:
    value = payload.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise wrong(name, "true or false", value)
    return value


def number(payload: Mapping[str, Any], name: str, default: int = 0) -> int:
    value = payload.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST:
        raise wrong(name, "a whole number", value)
    return value


def amount(payload: Mapping[str, Any], name: str, default: int = 0, least: int = 0) -> int:
    """Money in minor units, or a number of pieces: whole, at least `least`, at most `MOST_MONEY`."""
    value = number(payload, name, default)
    if not least <= value <= MOST_MONEY:
        raise wrong(name, f"a whole number from {least} to {MOST_MONEY}", value)
    return value


def optional_amount(payload: Mapping[str, Any], name: str, least: int = 0) -> int | None:
    return None if payload.get(name) is None else amount(payload, name, least=least)


def signed_amount(payload: Mapping[str, Any], name: str) -> int:
    """A difference of money: at most `MOST_MONEY` up or down."""
    value = number(payload, name)
    if abs(value) > MOST_MONEY:
        raise wrong(name, f"a whole number of at most {MOST_MONEY}", value)
    return value


def rate(payload: Mapping[str, Any], name: str) -> int:
    """Parts per million, 0 to 1 000 000."""
    value = number(payload, name)
    if not 0 <= value <= MILLION:
        raise wrong(name, f"parts per million, from 0 to {MILLION}", value)
    return value


def optional_rate(payload: Mapping[str, Any], name: str) -> int | None:
    return None if payload.get(name) is None else rate(payload, name)


def moment(payload: Mapping[str, Any], name: str) -> datetime:
    value = payload.get(name)
    try:
        return parse_moment(value)
    except ValueError:
        raise wrong(name, "a moment such as 2026-06-10T10:00:00Z", value) from None


def optional_moment(payload: Mapping[str, Any], name: str) -> datetime | None:
    return None if payload.get(name) is None else moment(payload, name)


def choice(payload: Mapping[str, Any], name: str, kind: type[E], default: E | None = None) -> E:
    value = payload.get(name)
    if value is None and default is not None:
        return default
    try:
        return kind(str(value))
    except ValueError:
        raise wrong(name, f"one of {', '.join(kind)}", value) from None


def ids(payload: Mapping[str, Any], name: str) -> frozenset[str]:
    value = payload.get(name) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise wrong(name, "a list of ids", value)
    return frozenset(value)


def texts(payload: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts, in its order."""
    value = payload.get(name) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise wrong(name, "a list of texts", value)
    return tuple(value)


def table(payload: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """An object with text keys, or None."""
    value = payload.get(name)
    if value is not None and not isinstance(value, Mapping):
        raise wrong(name, "an object", value)
    return value


def rows(payload: Mapping[str, Any], name: str, build: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """A list of objects, each built by `build`."""
    value = payload.get(name) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        raise wrong(name, "a list of objects", value)
    return tuple(build(item) for item in value)
