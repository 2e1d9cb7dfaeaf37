"""The keywords of IPP's `printer-state-reasons` (RFC 8011, 5.4.12; PWG 5100.9) in words for a person."""

import re
from collections.abc import Iterable

# The first that holds is told, so the more a person has to do about it the higher it stands.
WORDS = {
    "media-jam": "Paper jam",
    "media-empty": "Out of paper",
    "media-needed": "Out of paper",
    "input-tray-missing": "The paper tray is missing",
    "cover-open": "The cover is open",
    "door-open": "The cover is open",
    "interlock-open": "The cover is open",
    "marker-supply-empty": "Out of ink or ribbon",
    "marker-supply-missing": "Out of ink or ribbon",
    "toner-empty": "Out of toner",
    "cutter-failure": "The cutter has failed",
    "overheated": "The print head is too hot: it goes on when it has cooled",
    "media-mismatch": "The labels in the printer are the wrong ones",
    "failure": "The printer reports a fault",
    "output-area-full": "The output tray is full",
    "spool-area-full": "The printer's memory is full",
    "offline": "The printer is offline",
    "offline-report": "The printer is offline",
    "shutdown": "The printer is switched off",
    "timed-out": "The printer does not answer",
    "connecting-to-device": "Connecting to the printer",
    "printer-paused": "The printer is paused: press its pause button",
    "moving-to-paused": "The print queue is paused",
    "paused": "The print queue is paused",
    "stopped": "The print queue is stopped",
    "stopping": "The print queue is stopped",
    "media-low": "Paper is running low",
    "marker-supply-low": "Ink or ribbon is running low",
    "toner-low": "Toner is running low",
}
# How a job stands or ended where it did not come out, or may not have.
HELD = "Held in the print queue"
GIVEN_UP = "The print system gave the job up"
TAKEN_BACK = "Canceled at the print queue"
NOT_KNOWN = "The print system does not know this job any more"
NO_FILE = "The file is no longer in the folder"
LOST = "The printer was lost while it printed this badge"
FORGOTTEN = "The printer was switched off while it had this badge"
DROPPED = "The printer was stopped and does not say whether the badge came out"
UNCOUNTED = "The printer did its work but does not say that the badge came out"
CANCELED = "Canceled at the printer"
IN_DOUBT = "It is not known whether the badge came out before it was canceled"
NEEDS_A_PERSON = "The printer waits for a person: look at it"
CANT_DRAW = "The printer's driver can't print this badge"
NO_SPOOLER = "The print system of Windows can't be used: badges become PDF files."
START_ANEW = 'Start the service "Print Spooler" of Windows, then EventDesk again.'
START_SPOOLER = 'Start the service "Print Spooler" of Windows, or wait until it is back.'
# Told, but nothing waits for it.
HARMLESS = frozenset({"connecting-to-device", "media-low", "marker-supply-low", "toner-low"})
_SEVERITY = re.compile(r"-(error|warning|report)$")
# CUPS tells an unreachable printer in `printer-state-message` alone.
_UNREACHABLE = re.compile(
    r"not responding|unable to|off-?line|unavailable|not available|unreachable|waiting for printer"
    r"|in use|refused|timed out",
    re.IGNORECASE,
)
# What CUPS says of a job when it could not even connect.
_NEVER_REACHED = re.compile(
    r"may not exist|not responding|unable to (locate|connect)|waiting for printer|in use", re.IGNORECASE
)


def never_reached(message: str) -> bool:
    """Whether a `job-printer-state-message` says that the printer was not given the job."""
    return _NEVER_REACHED.search(message) is not None


def explain(reasons: Iterable[str], message: str = "") -> tuple[str, bool]:
    """The worst reason in words, and whether a person must do something before printing goes on."""
    known = {_SEVERITY.sub("", reason) for reason in reasons}
    for keyword, words in WORDS.items():
        if keyword in known and keyword not in HARMLESS:
            return words, True
    if _UNREACHABLE.search(message):
        return message, True
    return next((words for keyword, words in WORDS.items() if keyword in known), ""), False
