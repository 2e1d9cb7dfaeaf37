"""What a kiosk says to guests. A verdict's own words are for staff at a door."""

from collections.abc import Mapping
from typing import Final

from eventdesk.domain.verdicts import Reason, Verdict, Words

NOT_FOUND: Final = Words("We found nobody by that.")
CHECK_AGAIN: Final = Words("Check what you typed, use your ticket's code, or ask for help.")
WAIT: Final = Words("Too many tries. Use your ticket's code, or wait a moment.")
GO_TO_STAFF: Final = Words("Please go to the staff: they know that you are here.")
NEXT_KIOSK: Final = Words("Please go to the next kiosk, or ask the staff.")
PRINTER_OUT: Final = Words("This kiosk can't print badges just now.")
JAMMED: Final = Words("Your badge was not printed, and you are not checked in yet.")
UNSURE: Final = Words("It is not certain whether your badge came out.")
ELSEWHERE: Final = Words("This ticket was checked in elsewhere meanwhile.")
NOT_TURNED: Final = Words("You did not go through the gate.")
GATE_OUT: Final = Words("The gate does not open just now.")
FAULT: Final = Words("Something went wrong here. It is not your fault.")
NO_DOOR: Final = Words("No entrance is chosen at this kiosk.")
NO_KIOSK: Final = Words("No kiosk is set up for this event.")
LOCKED: Final = Words("This kiosk is locked. Please use another one.")
UNPAID: Final = Words("This ticket is not paid yet: please go to the box office.")
NOT_PAID: Final = Words("It was not paid. Try again, or go to the box office.")
PAID_AFTER_ALL: Final = Words("The guest has paid by card and went away: not checked in yet.")
PAYMENT_UNSURE: Final = Words("It is not certain whether your card was charged.")
NO_SALE: Final = Words("Nothing can be bought here just now.")
REFUSED_DOCUMENT: Final = Words("Without your consent you can't be checked in here.")
NO_SIGNATURE: Final = Words("Please sign in the box.")
TEXT_CHANGED: Final = Words("The text has changed: please read it again.")
BAD_PHOTO: Final = Words("This photo can't be used. Please take another one.")
NO_CHANGES: Final = Words("This can't be changed here.")
NOBODY: Final = Words("Choose who is here.")
WANTED: Final = Words("Staff was called and is on the way.")
WELCOME: Final = Words("You are checked in.")
SOME: Final = Words("Not everybody could be checked in.")

# The next kiosk may do what this one can't.
_TRY_NEXT: Final = (PRINTER_OUT, JAMMED, GATE_OUT, FAULT)

_REFUSED: Final[Mapping[Reason, Words]] = {
    Reason.UNKNOWN: Words("This code is not known here."),
    Reason.AMBIGUOUS: Words("This code stands for several tickets."),
    Reason.CANCELED: Words("This ticket was canceled."),
    Reason.BLOCKED: Words("This ticket can't be used here."),
    Reason.UNAPPROVED: Words("This ticket has not been approved yet."),
    Reason.INVALID_TIME: Words("This ticket is not valid at this time."),
    Reason.PRODUCT: Words("This ticket is for another entrance."),
    Reason.UNPAID: UNPAID,
    Reason.RULES: Words("This ticket can't be checked in just now."),
    Reason.INCOMPLETE: Words("An answer is missing."),
    Reason.REVOKED: Words("This ticket was replaced by a newer one."),
    Reason.ALREADY_REDEEMED: Words("This ticket was checked in already."),
}


def remedy(words: Words) -> Words:
    """Where a guest goes whom this kiosk can't serve, for this reason."""
    return NEXT_KIOSK if words in _TRY_NEXT else GO_TO_STAFF


def refused(verdict: Verdict) -> Words:
    """Why this ticket may not pass, for the guest."""
    return _REFUSED[verdict.reason] if verdict.reason else FAULT


def unanswered(question: str, *, is_missing: bool) -> Words:
    """`is_missing`: nothing was said at all."""
    if is_missing:
        return Words("Please answer: {question}", {"question": question})
    return Words("This does not answer: {question}", {"question": question})


def with_event(name: str) -> Words:
    return Words("This code is no ticket of {event}.", {"event": name})
