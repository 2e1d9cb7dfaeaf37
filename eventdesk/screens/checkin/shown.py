"""What the verdict panel shows: a value made from what the engine told. No widget, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventdesk.desk.hooks import Given, OrderAdmitted, Trouble, Undone
from eventdesk.domain.decision import Mode, Outcome, Verdict
from eventdesk.i18n import tr
from eventdesk.screens.words import ISOLATES, joined, says


class Face(StrEnum):
    """How a verdict looks and sounds. One glance must tell them apart."""

    READY = "ready"
    ADMITTED = "admitted"
    LEFT = "left"
    REFUSED = "refused"
    ASKING = "asking"
    INFORMING = "informing"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class Shown:
    """`word` is read from across the room, `headline` in a glance, the rest on a second look."""

    face: Face
    word: str
    headline: str = ""
    name: str = ""
    product: str = ""
    explanation: str = ""
    remedy: str = ""
    note: str = ""
    texts: str = ""
    attention: bool = False
    request: str = ""
    seconds: float = 0.0

    def sentence(self) -> str:
        """All of it for a screen reader, the most important first."""
        parts = (self.word, self.headline, self.name, self.product, self.texts, self.note)
        told = " ".join(_ended(part) for part in (*parts, self.explanation, self.remedy) if part)
        whole = f"{tr('Attention')}! {told}" if self.attention else told
        return whole.translate(ISOLATES)


def _ended(part: str) -> str:
    """With a full stop, at which a screen reader pauses."""
    return part if part.endswith((".", "!", "?", "…")) else f"{part}."


# How long a verdict stands before it fades, in seconds; 0: until something else is shown.
SECONDS = {
    Face.ADMITTED: 8.0,
    Face.LEFT: 8.0,
    Face.REFUSED: 25.0,
    Face.INFORMING: 25.0,
    Face.PRINTING: 8.0,
    Face.ASKING: 0.0,
    Face.READY: 0.0,
}


def ready(mode: Mode) -> Shown:
    """Nothing on show: what the desk waits for."""
    hints = {
        Mode.ENTRY: tr("Hold a ticket up to the camera or scan it."),
        Mode.EXIT: tr("Scan the ticket of a guest who leaves."),
        Mode.INFO: tr("Scan a ticket to look it up. Nothing is written down."),
        Mode.PRINT: tr("Scan a ticket to print its badge. Nobody is checked in."),
    }
    waits = {
        Mode.ENTRY: tr("Ready for entry"),
        Mode.EXIT: tr("Ready for exit"),
        Mode.INFO: tr("Info only"),
        Mode.PRINT: tr("Print only"),
    }
    return Shown(Face.READY, tr("READY"), headline=waits[mode], explanation=hints[mode])


def of_given(given: Given) -> Shown:
    """The verdict of one scan, as its mode means it."""
    verdict = given.verdict
    face, word = _face(given)
    return Shown(
        face=face,
        word=word,
        headline=says(verdict.headline),
        name=guest_name(verdict),
        product=product_line(given),
        explanation=says(verdict.explanation),
        remedy=says(verdict.remedy),
        note=_note(given),
        texts="\n".join(verdict.checkin_texts),
        attention=verdict.attention,
        request=given.request,
        seconds=SECONDS[face],
    )


def product_line(given: Given) -> str:
    """What the ticket is for; of a test order, that first."""
    ticket = given.verdict.ticket
    mark = tr("TEST ORDER") if ticket and ticket.order.testmode else ""
    return joined(mark, given.product, given.variation)


def guest_name(verdict: Verdict) -> str:
    """The guest's name, else who ordered."""
    if verdict.ticket is None:
        return ""
    return verdict.ticket.name or verdict.ticket.order.name or tr("No name on the ticket")


def _face(given: Given) -> tuple[Face, str]:
    outcome = given.verdict.outcome
    if given.mode is Mode.INFO:
        return Face.INFORMING, tr("INFO ONLY")
    if outcome is Outcome.ERROR:
        return Face.REFUSED, tr("STOP")
    if given.mode is Mode.PRINT:
        return _print_face(given)
    if outcome is Outcome.INCOMPLETE:
        return Face.ASKING, tr("ASK")
    if given.mode is Mode.EXIT:
        return Face.LEFT, tr("GOODBYE")
    return Face.ADMITTED, tr("COME IN")


def _print_face(given: Given) -> tuple[Face, str]:
    if given.job is None:
        return Face.REFUSED, tr("NO BADGE")
    return Face.PRINTING, tr("BADGE")


def _note(given: Given) -> str:
    if given.verdict.forced:
        return tr("Forced by a person")
    if given.verdict.repeated:
        return tr("The same scan again: nothing new was written")
    if is_unconfirmed(given):
        return tr("Unconfirmed: decided here alone")
    if given.by_hub_alone:
        return tr("Confirmed by the hub alone")
    return ""


def is_unconfirmed(given: Given) -> bool:
    """Admitted on this desk's word alone: the mark stands in the verdict or in the fact it wrote."""
    passed = given.verdict.outcome is Outcome.OK and given.mode in (Mode.ENTRY, Mode.EXIT)
    marked = any(fact.payload.get("confirmed") is False for fact in given.verdict.facts)
    return passed and (marked or not given.confirmed)


def of_order(admitted: OrderAdmitted) -> Shown:
    """A whole order: green only where every ticket passed."""
    passed = [one for one in admitted.given if one.verdict.outcome is Outcome.OK]
    every = len(passed) == len(admitted.given)
    face = Face.ADMITTED if every and passed else Face.ASKING if passed else Face.REFUSED
    words = {Face.ADMITTED: tr("COME IN"), Face.ASKING: tr("NOT ALL"), Face.REFUSED: tr("STOP")}
    count = tr("{passed} of {all} tickets admitted", passed=len(passed), all=len(admitted.given))
    return Shown(
        face=face,
        word=words[face],
        headline=count,
        name=joined(*_names(admitted.given), by=", "),
        explanation=_held_back(admitted.given),
        request=admitted.request,
        seconds=SECONDS[face],
    )


def _names(given: Sequence[Given]) -> list[str]:
    return [guest_name(one.verdict) for one in given if one.verdict.outcome is Outcome.OK][:4]


def _held_back(given: Sequence[Given]) -> str:
    held = [one.verdict for one in given if one.verdict.outcome is not Outcome.OK]
    return "; ".join(f"{guest_name(one)}: {says(one.headline)}" for one in held)


def of_undone(undone: Undone) -> Shown:
    """A check-in was taken back: calm, but not to be taken for an admission."""
    return Shown(
        face=Face.INFORMING,
        word=tr("UNDONE"),
        headline=tr("The check-in was taken back."),
        name=undone.ticket.name,
        request=undone.request,
        seconds=SECONDS[Face.ADMITTED],
    )


def of_trouble(trouble: Trouble) -> Shown:
    """A scan that could not be written down: nobody may be let in on it."""
    return Shown(
        face=Face.REFUSED,
        word=tr("NOT RECORDED"),
        headline=tr(trouble.message),
        remedy=tr(trouble.remedy),
        request=trouble.request,
        seconds=0.0,
    )


def sound(shown: Shown) -> str:
    """The sound that says the same (a name of `screens/sounds.py`)."""
    if shown.face is Face.REFUSED:
        return "refused"
    if shown.face is Face.ASKING or shown.attention:
        return "attention"
    return "admitted" if shown.face in (Face.ADMITTED, Face.LEFT) else "information"
