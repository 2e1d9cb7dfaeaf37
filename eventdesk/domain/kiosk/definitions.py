"""From the members of facts to a kiosk's set-up. Each raises BadPayload, which names the member."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from eventdesk.domain import members
from eventdesk.domain.kiosk.setup import (
    IDLE_S,
    PRINTING_S,
    SECOND,
    Amend,
    Document,
    Find,
    KioskSetup,
    Photo,
    Second,
    Texts,
)

Payload = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)


def kiosk_from(_id: str, payload: Payload) -> KioskSetup:
    """Words that only a newer version knows are left aside."""
    return KioskSetup(
        finds=frozenset(_known(payload, "finds", Find)) or frozenset({Find.CODE}),
        second=_known(payload, "second", Second) or SECOND,
        amends=frozenset(_known(payload, "amends", Amend)),
        asks=members.flag(payload, "asks", True),
        group=members.flag(payload, "group", True),
        photo=members.choice(payload, "photo", Photo, Photo.OFF),
        pays=members.flag(payload, "pays"),
        sells=members.texts(payload, "sells"),
        languages=members.texts(payload, "languages"),
        idle=members.amount(payload, "idle", IDLE_S, least=5),
        printing=members.amount(payload, "printing", PRINTING_S, least=5),
        welcome=said(payload, "welcome"),
        next={product: said(payload["next"], product) for product in members.table(payload, "next") or {}},
    )


def document_from(id_: str, payload: Payload) -> Document:
    return Document(
        id=id_,
        name=members.text(payload, "name"),
        text=said(payload, "text"),
        products=members.ids(payload, "products"),
        required=members.flag(payload, "required", True),
        drawn=members.flag(payload, "drawn", True),
    )


def said(payload: Payload, name: str) -> Texts:
    """A text in each of some languages."""
    found = members.table(payload, name) or {}
    return {language: members.text(found, language) for language in found}


def _known(payload: Payload, name: str, kind: type[E]) -> tuple[E, ...]:
    named = members.texts(payload, name)
    return tuple(kind(one) for one in named if one in kind.__members__.values())
