"""States of the bridge, events and calls, as the engine would tell them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.desk.pretix.commands import ListCalls, ListPretixEvents
from eventdesk.desk.pretix.values import (
    BridgeState,
    CallRow,
    CallsListed,
    CallState,
    Phase,
    PretixEvent,
    PretixEventsListed,
)
from tests.screens.making import NOON, Desk

LOG = "px-harbour-fair"
CODE = '{"handshake_version": 1, "url": "https://tickets.example.org", "token": "kj4n2b5k6j7h"}'
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Bartholomäus Maximilian"
ARABIC = "محمد بن عبد الله"
UNMAPPED = (
    "The rule of the list “Backstage” uses “minutes since”, which is not known here: nobody is let in by it.",
    "The question “Photo” asks for a file: it is kept, and not asked at the door.",
)


def state(phase: Phase = Phase.RUNNING, **members: Any) -> BridgeState:
    paired = {
        "address": "https://tickets.example.org",
        "organizer": "harbour",
        "device": "North gate laptop",
    }
    chosen = {"event": "fair", "log": LOG} if phase not in (Phase.NONE, Phase.CHOOSING) else {}
    heard = {"heard_at": NOON} if phase is Phase.RUNNING else {}
    return BridgeState(phase, **({} if phase is Phase.NONE else paired | chosen | heard) | members)


def call(number: int, call_state: CallState, kind: str = "Entry", **members: Any) -> CallRow:
    at = datetime(2026, 6, 10, 9, 0, tzinfo=UTC) + timedelta(minutes=number)
    members.setdefault("what", LONG_NAME)
    return CallRow(number, f"f{number}", kind, at=at, state=call_state, tries=1, **members)


CALLS = (
    call(1, CallState.REFUSED, answer="position: This position does not exist any more."),
    call(2, CallState.WAITING, "Exit", what=ARABIC),
    call(3, CallState.UNTOLD, "Undone check-in", answer="It was checked in by another program."),
)


def tell_events(desk: Desk) -> None:
    found = [
        PretixEvent("fair", "Harbour Fair", NOON),
        PretixEvent("expo", f"Expo {LONG_NAME}", NOON, series=True),
    ]
    desk.hooks.pretix_events_listed(PretixEventsListed(desk.last(ListPretixEvents).request, found))


def tell_calls(desk: Desk, *calls: CallRow) -> None:
    told = calls or CALLS
    desk.hooks.calls_listed(CallsListed(desk.last(ListCalls).request, told, len(told)))
