"""How the bridge stands, in whole sentences; and a call's state. No Qt widget."""

from datetime import datetime, tzinfo

from eventdesk.desk.pretix.values import BridgeState, CallState, Phase, PretixEvent
from eventdesk.i18n import tr
from eventdesk.screens.words import isolate, joined, number

# The QR code of a pretix device is JSON with this member; anything else that is scanned is a ticket.
MARK = '"handshake_version"'


def is_token(code: str) -> bool:
    return code.lstrip().startswith("{") and MARK in code


def lead(state: BridgeState) -> str:
    """The one sentence that counts."""
    event = isolate(state.event)
    if state.phase is Phase.NONE:
        return tr("This desk is not connected to pretix.")
    if state.phase is Phase.CHOOSING:
        return tr("This desk is a device of {organizer}. Which event?", organizer=isolate(state.organizer))
    if state.phase is Phase.FETCHING:
        return tr("The orders of {event} are coming in. Doors may open meanwhile.", event=event)
    if state.phase is Phase.ELSEWHERE:
        if not state.holder:
            return tr("It is not known yet whether another desk is the bridge to {event}.", event=event)
        holder = isolate(state.holder)
        return tr(
            "{holder} is the bridge to {event}. This desk takes over when it ends.",
            holder=holder,
            event=event,
        )
    if state.phase is Phase.PAUSED:
        return tr("The bridge to {event} is paused: another desk may be it.", event=event)
    return tr("This desk is the bridge to {event}.", event=event)


def sentences(state: BridgeState, zone: tzinfo | None = None) -> list[str]:
    """What is to be known beside it, the most important first."""
    if state.phase is Phase.NONE:
        return []
    told = [_heard(state, zone), _waiting(state), _tests(state)] if state.event else []
    server = joined(state.address, state.organizer, state.device)
    return [*(one for one in told if one), tr("Device: {device}", device=server)]


def needs(state: BridgeState) -> list[str]:
    """What a person should see to."""
    trouble = f"{tr(state.trouble)} {tr(state.remedy)}".strip() if state.trouble else ""
    refused = (
        tr("pretix has refused {number}: look at them under Told to pretix.", number=number(state.refused))
        if state.refused
        else ""
    )
    return [one for one in (trouble, refused) if one]


def strip(state: BridgeState) -> tuple[str, str]:
    """For the strip of devices: "ready" or "degraded", and words."""
    if state.phase is Phase.NONE:
        return "gone", tr("not set up")
    if state.trouble:
        return "degraded", tr(state.trouble)
    if state.refused:
        return "degraded", tr("{number} refused", number=number(state.refused))
    if state.phase is Phase.PAUSED:
        return "degraded", tr("paused")
    if state.phase is Phase.FETCHING:
        return "degraded", progress(state)
    return "ready", ""


def progress(state: BridgeState) -> str:
    if not state.total:
        return tr("looking what is there ...")
    return tr("{done} of {total} orders", done=number(state.done), total=number(state.total))


def call_state(state: CallState) -> str:
    return {
        CallState.WAITING: tr("waiting"),
        CallState.DONE: tr("✓ told"),
        CallState.REFUSED: tr("✕ refused"),
        CallState.UNTOLD: tr("can't be told"),
        CallState.GIVEN_UP: tr("given up"),
    }[state]


def event_line(event: PretixEvent, zone: tzinfo | None = None) -> str:
    day = f"{event.begins.astimezone(zone):%Y-%m-%d}"
    return joined(event.name, day, event.slug, tr("series") if event.series else "")


def _heard(state: BridgeState, zone: tzinfo | None) -> str:
    if state.heard_at is None:
        return tr("pretix has not yet told everything.") if state.phase is Phase.RUNNING else ""
    return tr("All that pretix knew at {time} is here.", time=_time(state.heard_at, zone))


def _waiting(state: BridgeState) -> str:
    if not state.waiting:
        return tr("pretix has been told all that desks did.") if state.phase is Phase.RUNNING else ""
    return tr(
        "{number} waiting to be told to pretix: safe here, and told by itself.", number=number(state.waiting)
    )


def _tests(state: BridgeState) -> str:
    if not state.testmode:
        return ""
    return tr(
        "Test orders of pretix: {number}. They are marked, and count only while the event is in test mode.",
        number=number(state.testmode),
    )


def _time(moment: datetime, zone: tzinfo | None) -> str:
    return f"{moment.astimezone(zone):%H:%M:%S}"
