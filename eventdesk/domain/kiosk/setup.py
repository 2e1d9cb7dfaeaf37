"""How the kiosks of an event work, and what guests sign there. Values alone
(docs/decisions/0100-kiosk.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Texts = Mapping[str, str]
FALLBACK: Final = "en"

IDLE_S: Final = 45
PRINTING_S: Final = 25


class Find(StrEnum):
    """How a guest may find themselves: by the ticket's QR code, an order code, or a name."""

    CODE = "code"
    ORDER = "order"
    NAME = "name"


class Second(StrEnum):
    """What confirms a name or an order code: nobody is shown anyone who knows only one of the two."""

    EMAIL = "email"
    COMPANY = "company"
    ORDER = "order"
    TICKET = "ticket"


SECOND: Final = (Second.EMAIL, Second.ORDER)


class Amend(StrEnum):
    """What guests may mend of their own data: members of `ticket_changed`."""

    NAME = "name"
    COMPANY = "company"
    EMAIL = "email"


class Photo(StrEnum):
    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class KioskSetup:
    """`idle` and `printing` in seconds; `next` are the words of where to go, by product id; `sells` are
    product ids.

    `second` is tried in its order: the first that the ticket has anything to compare with.
    """

    finds: frozenset[Find] = frozenset({Find.CODE})
    second: tuple[Second, ...] = SECOND
    amends: frozenset[Amend] = frozenset()
    asks: bool = True
    group: bool = True
    photo: Photo = Photo.OFF
    pays: bool = False
    sells: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    idle: int = IDLE_S
    printing: int = PRINTING_S
    welcome: Texts = field(default_factory=dict)
    next: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A consent or a waiver. `products`: whose guests are asked (none: all); `drawn`: signed with a
    finger, else ticked."""

    id: str
    name: str
    text: Texts
    products: frozenset[str] = frozenset()
    required: bool = True
    drawn: bool = True

    def asks(self, product: str) -> bool:
        return not self.products or product in self.products


def in_language(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else in any; "" where there is none."""
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()), "")
