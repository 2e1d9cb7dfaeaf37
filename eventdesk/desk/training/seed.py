"""What a training desk is given of a real one: what is set up for an event, and how this desk looks.

Neither guests nor staff nor keys nor vouchers' codes: nothing that is worth anything may go there.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from eventdesk.desk import settings as keys
from eventdesk.desk.training.guests import guests
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.training import LOG, MARK
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader

HANDED_ON: Final = (
    keys.LANGUAGE,
    keys.THEME,
    keys.SCALE,
    keys.TOUCH,
    keys.SOUNDS,
    keys.LAYOUT,
    keys.SCANNER_PREFIX,
    keys.SCANNER_SUFFIX,
    keys.CODE_FORMATS,
    keys.TILL_DRAWER,
    keys.RECEIPT_PRINTER,
    keys.RECEIPT_AUTO,
    keys.TICKETS_AS,
)
# Who may do what, and with which keys, stays with the real desk.
KEPT_BACK: Final = frozenset({Kind.STAFF_DEFINED, Kind.TICKET_KEY_DEFINED})
# How long the made-up evening lasts, where the event is on another day.
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=24)


@dataclass(frozen=True)
class Seed:
    """`log` is the real event's; each of `facts` a (kind, subject, payload)."""

    log: str
    facts: list[tuple[str, str, dict[str, Any]]]
    settings: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def seed_of(reader: Reader, log: str) -> Seed:
    """Raises BadInput where there is no such event."""
    reader.catalogue(log)
    settings = reader.settings.everything()
    facts = [(kind.value, id_, dict(payload)) for kind, id_, payload in reader.definitions(log)]
    return without_secrets(log, facts, {key: settings[key] for key in HANDED_ON if key in settings})


def without_secrets(
    log: str, facts: Iterable[tuple[str, str, dict[str, Any]]], settings: Mapping[str, Any]
) -> Seed:
    """Vouchers get codes of their own: TRAINING-1, TRAINING-2, and so on."""
    kept = [one for one in facts if one[0] not in KEPT_BACK]
    vouchers = 0
    for kind, _, payload in kept:
        if kind == Kind.DISCOUNT_DEFINED and payload.get("code"):
            vouchers += 1
            payload["code"] = f"{MARK}{vouchers}"
    return Seed(log, kept, dict(settings))


def seed_from(text: str) -> Seed:
    """Raises BadInput for what is none."""
    try:
        read = json.loads(text)
        facts = [(str(kind), str(id_), dict(payload)) for kind, id_, payload in read["facts"]]
        settings = {key: value for key, value in dict(read["settings"]).items() if key in HANDED_ON}
        return without_secrets(str(read["log"]), facts, settings)
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("This is nothing to train with.", "Start the training from the settings.") from error


def drafts_of(seed: Seed, now: datetime) -> list[Draft]:
    """All that a training database begins with. Raises BadInput where the seed is damaged."""
    drafts = []
    for kind, subject, payload in seed.facts:
        is_event = kind == Kind.EVENT_DEFINED
        members = _event_today(payload, now) if is_event else payload
        own = subject == seed.log and kind in (Kind.EVENT_DEFINED, Kind.TILL_DEFINED)
        drafts.append(Draft(Kind(kind), LOG if own else subject, members))
    return [*drafts, *guests(drafts)]


def _event_today(payload: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The event under another name, and going on now."""
    event = {**payload, "name": f"{MARK.rstrip('-')} · {payload.get('name', '')}"}
    event.pop("purge_after_days", None)
    begins = parse_moment(event["begins"])
    ends = parse_moment(event["ends"]) if event.get("ends") else begins + AFTER
    if not begins <= now <= ends:
        event |= {"begins": moment_text(now - BEFORE), "ends": moment_text(now + AFTER)}
        event["admission"] = moment_text(now - BEFORE)
    return event
