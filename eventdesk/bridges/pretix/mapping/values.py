"""Texts, money and moments of pretix' JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from eventdesk.bridges.pretix.faults import PretixSilent
from eventdesk.domain.facts import Kind
from eventdesk.domain.moments import moment_text
from eventdesk.i18n import tr

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a subject's members shall be. A member that is missing here is none of pretix' business."""

    kind: Kind
    subject: str
    members: Mapping[str, Any]


def said(text: object, language: str) -> str:
    """A text in the event's language, else in English, else in any that it has."""
    if isinstance(text, Mapping):
        found = text.get(language) or text.get("en") or next((one for one in text.values() if one), "")
        return str(found)
    return "" if text is None else str(text)


def minor(amount: object, digits: int) -> int:
    """ "49.00" in minor currency units, of which the currency has `digits`; pretix itself always writes two,
    whatever the currency. Raises PretixSilent for what is no amount."""
    try:
        return int((Decimal(str(amount or 0)) * 10**digits).to_integral_value())
    except (InvalidOperation, ValueError):
        raise PretixSilent(
            tr("pretix sent {amount} where an amount belongs.", amount=repr(amount)), "Tell its makers."
        ) from None


def rate(percent: object) -> int:
    """ "19.00" percent in parts per million."""
    return minor(percent, 4)


def moment(text: object) -> str | None:
    """In UTC, as facts have it."""
    return None if not text else moment_text(datetime.fromisoformat(str(text)))


def maybe(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members without those that say nothing."""
    return {name: value for name, value in members.items() if value not in (None, "", [], (), {})}


def subjects(ids: Iterable[str]) -> list[str]:
    return sorted(ids)
