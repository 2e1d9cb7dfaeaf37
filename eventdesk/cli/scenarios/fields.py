"""Checked access to a scenario's words: what is unknown or of the wrong type is named with its place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from eventdesk.errors import BadInput

ZONE = ZoneInfo("Europe/Berlin")

T = TypeVar("T")


class Fields:
    """The members of one JSON object. An absent member and a null one are the same, but for `has`."""

    def __init__(self, place: str, raw: object, known: frozenset[str]) -> None:
        if not isinstance(raw, Mapping):
            raise BadInput(f"{place} must be an object, not {raw!r}.")
        self.place = place
        self._raw: Mapping[str, Any] = raw
        for word in raw:
            if word not in known:
                raise BadInput(f'{place}: unknown word "{word}".', f"Known are: {', '.join(sorted(known))}.")

    def has(self, word: str) -> bool:
        """Does the member stand there at all, be it null?"""
        return word in self._raw

    def raw(self, word: str) -> Any:
        return self._raw.get(word)

    def text(self, word: str, default: str = "", among: Sequence[str] = ()) -> str:
        value = self._raw.get(word)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.wrong(word, "a text")
        if among and value not in among:
            raise self.wrong(word, "one of " + ", ".join(among))
        return value

    def optional(self, word: str, among: Sequence[str] = ()) -> str | None:
        return None if self._raw.get(word) is None else self.text(word, among=among)

    def flag(self, word: str, default: bool = False) -> bool:
        value = self._raw.get(word)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(word, "true or false")
        return value

    def moment(self, word: str) -> datetime | None:
        """ISO 8601; without an offset it is local time of the event."""
        value = self._raw.get(word)
        if value is None:
            return None
        try:
            at = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(word, "a moment such as 2026-06-10T12:00") from None
        return at if at.tzinfo else at.replace(tzinfo=ZONE)

    def texts(self, word: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        value = self._raw.get(word)
        if value is None:
            return tuple(default)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(word, "a list of texts")
        return tuple(value)

    def table(self, word: str) -> Mapping[str, Any]:
        value = self._raw.get(word)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self.wrong(word, "an object")
        return value

    def part(self, word: str, known: frozenset[str]) -> "Fields":
        """A member that is an object itself (an empty one where it is absent)."""
        value = self._raw.get(word)
        return Fields(f"{self.place}.{word}", {} if value is None else value, known)

    def rows(self, word: str, known: frozenset[str], build: Callable[["Fields"], T]) -> tuple[T, ...]:
        """A member that is a list of objects, each built by `build`."""
        value = self._raw.get(word)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.wrong(word, "a list")
        places = (f"{self.place}.{word}[{number}]" for number in range(len(value)))
        return tuple(build(Fields(place, row, known)) for place, row in zip(places, value, strict=True))

    def wrong(self, word: str, wanted: str) -> BadInput:
        return BadInput(f"{self.place}: `{word}` must be {wanted}, not {self._raw.get(word)!r}.")
