"""What a guest at a kiosk wants. Each names the visit (`KioskState.visit`) that it belongs to: what comes
late, after the screen has gone back to the welcome, does nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eventdesk.desk.commands import Command


@dataclass(frozen=True, slots=True)
class OpenKiosk(Command):
    """This desk is a kiosk from now on (and after each start): `kiosk_changed` shows the welcome page."""


@dataclass(frozen=True, slots=True)
class CloseKiosk(Command):
    """Staff has left the kiosk by PIN or card: the desk's own window again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfVisit(Command):
    visit: str = ""


@dataclass(frozen=True, slots=True)
class BeginVisit(OfVisit):
    """Somebody touched the welcome page. `language`: of the guest."""

    language: str = ""


@dataclass(frozen=True, slots=True)
class SpeakLanguage(OfVisit):
    language: str


@dataclass(frozen=True, slots=True)
class EndVisit(OfVisit):
    """Back to the welcome: the guest said so, went away (`idle`), or is done. Nothing of them stays."""

    idle: bool = False


@dataclass(frozen=True, slots=True)
class FindByCode(OfVisit):
    """A code was scanned or typed: begins a visit where none is under way. `camera`: read by the camera or a
    scanner; what is typed counts as a try."""

    code: str
    camera: bool = False


@dataclass(frozen=True, slots=True)
class FindByOrder(OfVisit):
    code: str
    second: str


@dataclass(frozen=True, slots=True)
class FindByName(OfVisit):
    name: str
    second: str


@dataclass(frozen=True, slots=True)
class ChooseGuests(OfVisit):
    """Of a group: who is here (ticket ids)."""

    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendGuest(OfVisit):
    """Members of `setup.Amend`. Told as wrong on the page, where one can't be."""

    ticket: str
    members: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerQuestions(OfVisit):
    """Answers by question id, as `domain.questions` reads them."""

    ticket: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignDocument(OfVisit):
    """`text` is what was shown; `signature` an SVG path within 0 0 1000 400 (or "", ticked); `name`: who
    signs."""

    ticket: str
    document: str
    text: str
    name: str = ""
    signature: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class TakePhoto(OfVisit):
    """A JPEG of at most 200 KB, upright; empty: none, where it is only offered."""

    ticket: str
    jpeg: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class PayAtKiosk(OfVisit):
    """Ask the card terminal for what is owed."""


@dataclass(frozen=True, slots=True)
class ShowProducts(OfVisit):
    """The guest has no ticket and wants to buy one, where `setup.sells` has any: the page BUYING."""


@dataclass(frozen=True, slots=True)
class BuyAtKiosk(OfVisit):
    """A ticket on the spot: product id, variation id or None, the guest's name."""

    product: str
    variation: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class GoOn(OfVisit):
    """The page is done (data looked at, nothing to mend): the next one."""


@dataclass(frozen=True, slots=True)
class CallStaff(OfVisit):
    """The guest wants a person."""


@dataclass(frozen=True, slots=True)
class ShowKioskSetup(Command):
    """`kiosk_setup_shown` brings set-up and documents. Empty `log`: the event of the door."""

    log: str = ""


@dataclass(frozen=True, slots=True)
class DefineKiosk(Command):
    """`members` of `kiosk_defined`."""

    log: str
    members: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DefineDocument(Command):
    log: str
    document: str
    members: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListSignatures(Command):
    """What the guest of a ticket has signed, with the texts: `signatures_listed`."""

    log: str
    ticket: str
