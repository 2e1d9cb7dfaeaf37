"""A venue in words: states of desks, why one calls, how long guests wait. No Qt widget."""

import re
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QLocale

from eventdesk.desk.venue.values import DeskLine, Finding, PrinterReport
from eventdesk.domain.venue import HelpCall, Reason
from eventdesk.i18n import tr
from eventdesk.screens.line.words import span
from eventdesk.screens.words import clock, isolate, joined, number

# A desk that was not heard for so long says nothing of itself any more.
SILENT = timedelta(seconds=60)


def reason(why: Reason) -> str:
    return {
        Reason.PAPER_OUT: tr("No paper left"),
        Reason.BADGE_JAMMED: tr("A badge is jammed"),
        Reason.PRINTER_GONE: tr("The printer is gone"),
        Reason.LABELS_LOW: tr("Few labels left"),
        Reason.CAMERA_GONE: tr("The camera is gone"),
        Reason.TERMINAL_GONE: tr("The card terminal is gone"),
        Reason.NETWORK_GONE: tr("Cut off from the network"),
        Reason.TURNSTILE_GONE: tr("The turnstile is gone"),
        Reason.DESK_FAULT: tr("Something failed there"),
        Reason.BADGE_UNSURE: tr("Did the badge come out?"),
        Reason.NOT_ADMITTED: tr("A guest could not be checked in"),
        Reason.PAYMENT_UNSURE: tr("Was the payment taken?"),
        Reason.NOT_FOUND: tr("A guest was not found"),
        Reason.GUESSING: tr("Somebody tries many names or codes"),
        Reason.WANTED: tr("A guest asks for somebody"),
    }[why]


def printer(one: PrinterReport) -> str:
    """In the printer's own words, where it has any."""
    if one.words:
        return tr(one.words)
    return {"ready": tr("ready"), "degraded": tr("needs a look"), "gone": tr("gone")}.get(
        one.status, one.status
    )


def doing(what: str) -> str:
    """What a desk is used for, as it reports it."""
    return {
        "door": tr("Check-in"),
        "till": tr("Box office"),
        "kiosk": tr("Kiosk"),
        "manage": tr("Set-up"),
    }.get(what, what)


def page(name: str) -> str:
    """The page that a kiosk shows."""
    return {
        "welcome": tr("welcome"),
        "finding": tr("finding a guest"),
        "choosing": tr("choosing who is here"),
        "details": tr("details"),
        "questions": tr("questions"),
        "document": tr("signing"),
        "photo": tr("photo"),
        "paying": tr("paying"),
        "paid_wait": tr("card terminal"),
        "buying": tr("buying"),
        "printing": tr("printing"),
        "done": tr("done"),
        "sorry": tr("sends a guest to staff"),
        "closed": tr("closed"),
    }.get(name, name)


def finding(one: Finding) -> str:
    return f"✕ {tr(one.words)}" if one.bad else f"! {tr(one.words)}"


def by_badness(line: DeskLine) -> list[Finding]:
    return sorted(line.findings, key=lambda one: not one.bad)


def findings(line: DeskLine) -> str:
    """What is wrong with a desk, on one line."""
    return " · ".join(finding(one) for one in by_badness(line)) or tr("✓ ready")


def remedies(line: DeskLine) -> str:
    """What to do, each thing once."""
    return " · ".join(dict.fromkeys(tr(one.remedy) for one in by_badness(line) if one.remedy))


def is_silent(line: DeskLine, now: datetime) -> bool:
    return line.report is None or line.heard_at is None or now - line.heard_at > SILENT


def heard(line: DeskLine, now: datetime) -> str:
    """When the desk was heard last; nothing where it was just now."""
    if line.heard_at is None or line.report is None:
        return tr("never heard")
    old = now - line.heard_at
    return tr("heard {span} ago", span=span(old)) if old > SILENT else ""


def state(line: DeskLine, now: datetime) -> str:
    """How a desk is, at a glance: with a sign, so that colour alone tells nothing."""
    silent = heard(line, now)
    if silent or line.report is None:
        return f"? {silent}"
    report = line.report
    if report.locked:
        return tr("■ locked")
    if report.trouble:
        return f"✕ {tr(report.trouble)}"
    told = page(report.page) if report.doing == "kiosk" and report.page else doing(report.doing)
    return f"✓ {told}"


def minutes(value: float) -> str:
    """A wait, as one says it: no false precision."""
    if value < 0.75:
        return tr("under a minute")
    return tr("{number} min", number=number(round(value)))


def seconds(value: float | None) -> str:
    return "–" if value is None else tr("{number} s", number=number(round(value)))


def rate(value: float) -> str:
    """Guests a minute: whole ones, halves where there are few."""
    return number(round(value)) if value >= 10 else QLocale().toString(float(value), "f", 1)


def call(one: HelpCall, now: datetime, zone: tzinfo | None = None) -> str:
    """A call on one line: who, why, since when."""
    since = tr("since {time} ({span})", time=clock(one.at, zone), span=span(now - one.at))
    return joined(one.place, reason(one.reason), one.words, since)


def going(one: HelpCall, now: datetime) -> str:
    """Since when somebody is on the way; "" where nobody is."""
    return tr("Somebody is on the way ({span}).", span=span(now - one.going)) if one.going else ""


def by_name(name: str) -> list[tuple[int, str]]:
    """To sort by: "Door 2" stands before "Door 10"."""
    parts = re.split(r"(\d{1,9})", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def place(line: DeskLine) -> str:
    """The desk's name, or its id where it has none."""
    return isolate(line.name or line.desk)
