"""Random events and the scans at their doors, as plain data: the same for pretix' database and for us."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.bridges.pretix.differential import answers
from tests.bridges.pretix.differential.rules_drawn import rules
from tests.bridges.pretix.differential.times import ahead, anchors, around, moment, text

Row = dict[str, Any]

rarely = st.sampled_from((False,) * 11 + (True,))
sometimes = st.sampled_from((False, False, False, True))
_STATUSES = st.sampled_from(("p",) * 10 + ("n", "n", "n", "e", "c"))
_MEDIA = ("barcode", "nfc_uid", "nfc_mf0aes")
_DEVICES = ("dev1", "dev1", "dev_north", "dev_south")
_texts = st.sampled_from(("", "", "", "Mind the step", "Größe M – bitte ausgeben"))


@st.composite
def worlds(draw: st.DrawFn) -> Row:
    """An event, and scans in order of time. Numbers are places in the lists; positions count over all
    orders."""
    zone, anchor = draw(anchors)
    base = moment(anchor)
    event = {"timezone": zone, **draw(_dates(base))}
    dates = draw(st.one_of(st.just([]), st.just([]), st.lists(_session(base), min_size=1, max_size=3)))
    items = draw(st.lists(_items, min_size=1, max_size=3))
    questions = draw(st.lists(_questions(len(items)), max_size=3)) if draw(st.booleans()) else []
    lists = draw(st.lists(_lists(base, zone, items, len(dates)), min_size=1, max_size=4))
    orders = draw(st.lists(_orders(base, items, len(dates), questions), min_size=1, max_size=4))
    _name_secrets(orders)
    tickets = [one for order in orders for one in order["positions"]]
    media = draw(st.lists(_media(base, len(tickets)), max_size=2)) if draw(sometimes) else []
    for number, one in enumerate(media):
        one["identifier"] = f"medium-{number}"
    world = {
        "base": text(base),
        "event": event,
        "dates": dates,
        "items": items,
        "questions": questions,
        "lists": lists,
        "orders": orders,
        "media": media,
        "earlier": draw(_earlier(base, len(tickets), len(lists))),
    }
    if draw(sometimes):
        world["lists"] = [{**one, **draw(_by_the_day)} for one in lists]
        world["earlier"] = draw(_about_midnight(base, zone, len(tickets), len(lists)))
    world["reissued"] = draw(_reissued(len(tickets)))
    world["scans"] = draw(_scans(base, world, tickets))
    return world


@st.composite
def _dates(draw: st.DrawFn, base: datetime) -> Row:
    begins = base + draw(around)
    return {
        "date_from": text(begins),
        "date_to": draw(st.none() | ahead.map(lambda span: text(begins + span))),
        "date_admission": draw(st.none() | ahead.map(lambda span: text(begins - span))),
    }


@st.composite
def _session(draw: st.DrawFn, base: datetime) -> Row:
    return {**draw(_dates(base)), "active": not draw(rarely)}


@st.composite
def _marks(draw: st.DrawFn) -> Row:
    return {"text": draw(_texts), "attention": draw(rarely)}


@st.composite
def _item(draw: st.DrawFn) -> Row:
    variations = draw(st.lists(_marks(), max_size=2))
    return {**draw(_marks()), "active": not draw(rarely), "variations": variations}


_items = _item()


@st.composite
def _questions(draw: st.DrawFn, items: int) -> Row:
    kind = draw(st.sampled_from(answers.TYPES))
    return {
        "type": kind,
        "required": draw(st.booleans()),
        "asked": not draw(rarely),
        "position": draw(st.integers(0, 3)),
        "items": sorted(draw(st.sets(st.integers(0, items - 1), min_size=1))),
        "options": draw(st.integers(1, 3)) if kind in answers.OF_OPTIONS else 0,
    }


@st.composite
def _lists(draw: st.DrawFn, base: datetime, zone: str, items: list[Row], dates: int) -> Row:
    every = draw(st.sampled_from((True, True, False)))
    return {
        "all_products": every,
        "products": sorted(draw(st.sets(st.integers(0, len(items) - 1), min_size=draw(st.integers(0, 1)))))
        if not every
        else [],
        "date": draw(st.none() | st.none() | st.integers(0, dates - 1)) if dates else None,
        "include_pending": draw(st.booleans()),
        "allow_multiple_entries": draw(sometimes),
        "allow_entry_after_exit": draw(st.booleans()),
        "addon_match": draw(sometimes),
        "rules": draw(rules(base, zone, [len(one["variations"]) for one in items])),
        "exit_all_at": text(base + draw(ahead)) if draw(rarely) else None,
    }


@st.composite
def _orders(draw: st.DrawFn, base: datetime, items: list[Row], dates: int, questions: list[Row]) -> Row:
    positions: list[Row] = []
    for place in range(draw(st.integers(1, 3))):
        mains = [number for number, one in enumerate(positions) if one["addon_to"] is None]
        addon = draw(st.booleans()) and place > 0
        positions.append(
            {
                **draw(_position(base, items, dates, questions)),
                "addon_to": draw(st.sampled_from(mains)) if addon else None,
            }
        )
    return {
        "status": draw(_STATUSES),
        "require_approval": draw(rarely),
        "valid_if_pending": draw(sometimes),
        "testmode": draw(rarely),
        "positions": positions,
        **draw(_marks()),
    }


@st.composite
def _position(draw: st.DrawFn, base: datetime, items: list[Row], dates: int, questions: list[Row]) -> Row:
    item = draw(st.integers(0, len(items) - 1))
    variations = len(items[item]["variations"])
    known = {
        str(number): draw(answers.kept(question))
        for number, question in enumerate(questions)
        if question["type"] != "F" and draw(sometimes)
    }
    return {
        "item": item,
        "variation": draw(st.integers(0, variations - 1)) if variations else None,
        "date": draw(st.integers(0, dates - 1)) if dates else None,
        "canceled": draw(rarely),
        "blocked": draw(rarely),
        "valid_from": text(base + draw(around)) if draw(sometimes) else None,
        "valid_until": text(base + draw(around)) if draw(sometimes) else None,
        "answers": known,
        "revoked": draw(st.integers(0, 1)) if draw(rarely) else 0,
    }


def _name_secrets(orders: list[Row]) -> None:
    """Codes by number, so that a shrunken event stays readable."""
    number = 0
    for order in orders:
        for one in order["positions"]:
            one["secret"] = f"secret-{number}"
            one["revoked"] = [f"revoked-{number}"] * one["revoked"]
            number += 1


@st.composite
def _media(draw: st.DrawFn, base: datetime, tickets: int) -> Row:
    return {
        "type": draw(st.sampled_from(_MEDIA)),
        "active": not draw(rarely),
        "expires": text(base + draw(around)) if draw(st.booleans()) else None,
        "linked": draw(st.lists(st.integers(0, tickets - 1), max_size=2, unique=True)),
    }


@st.composite
def _earlier(draw: st.DrawFn, base: datetime, tickets: int, lists: int) -> list[Row]:
    """Passes before the first scan, no two at one moment: see docs/decisions/0111."""
    spans = draw(st.lists(ahead, max_size=8, unique=True))
    return [
        {
            "position": draw(st.integers(0, tickets - 1)),
            "list": draw(st.integers(0, lists - 1)),
            "type": draw(st.sampled_from(("entry", "entry", "exit"))),
            "at": text(base - span),
            "forced": draw(rarely),
            "failed": draw(st.sampled_from(("",) * 8 + ("annulled", "rules", "unpaid"))),
            "device": draw(st.booleans()),
        }
        for span in spans
    ]


# So many times a day: passes that stand beside a midnight tell whose midnight counts.
_by_the_day = st.builds(
    lambda operator, limit: {
        "allow_multiple_entries": True,
        "allow_entry_after_exit": True,
        "rules": {operator: [{"var": "entries_today"}, limit]},
    },
    st.sampled_from(("<", "<=", "==")),
    st.integers(0, 2),
)
_OFF_MIDNIGHT = (-600, -330, -90, -1, 0, 1, 30, 90, 330, 600)


@st.composite
def _about_midnight(draw: st.DrawFn, base: datetime, zone: str, tickets: int, lists: int) -> list[Row]:
    """Entries of the hours about the last midnight before the first scan, as clocks there show it."""
    local = base.astimezone(ZoneInfo(zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    minutes = draw(st.lists(st.sampled_from(_OFF_MIDNIGHT), min_size=1, max_size=6, unique=True))
    moments = (midnight + timedelta(minutes=one) for one in minutes)
    return [
        {
            "position": draw(st.integers(0, tickets - 1)),
            "list": draw(st.integers(0, lists - 1)),
            "type": "entry",
            "at": text(at),
            "forced": False,
            "failed": "",
            "device": draw(st.booleans()),
        }
        for at in moments
        if at < base
    ]


@st.composite
def _reissued(draw: st.DrawFn, tickets: int) -> list[Row]:
    """Tickets that get another code while doors are open: `before` is the place of a scan."""
    if not draw(sometimes):
        return []
    return [{"position": draw(st.integers(0, tickets - 1)), "before": draw(st.integers(0, 12))}]


@st.composite
def _scans(draw: st.DrawFn, base: datetime, world: Row, tickets: list[Row]) -> list[Row]:
    at, found = base, []
    for number in range(draw(st.integers(6, 30))):
        if number:
            at += draw(ahead) if draw(st.booleans()) else timedelta(seconds=draw(st.integers(1, 50)))
        device = draw(st.sampled_from(_DEVICES))
        found.append(
            {
                "at": text(at),
                "list": draw(st.integers(0, len(world["lists"]) - 1)),
                "type": draw(st.sampled_from(("entry",) * 3 + ("exit",))),
                **draw(_code(world, tickets)),
                "force": draw(rarely),
                "ignore_unpaid": draw(st.booleans()),
                "questions_supported": not draw(rarely),
                "device": device,
                # A nonce is of its device: another never sends it.
                "nonce": f"{device}-{draw(st.integers(0, 1)) if draw(rarely) else number + 2}",
                "answers": draw(answers.given(world["questions"])),
                "simulate": draw(rarely),
                "by_clock": draw(st.booleans()),
            }
        )
    return found


@st.composite
def _code(draw: st.DrawFn, world: Row, tickets: list[Row]) -> Row:
    kind = draw(st.sampled_from(("ticket",) * 20 + ("revoked", "medium", "medium", "medium", "unknown")))
    revoked = [code for one in tickets for code in one["revoked"]]
    new = [f"reissued-{one['position']}" for one in world["reissued"]]
    if kind == "ticket" and new and draw(st.booleans()):
        old = [tickets[one["position"]]["secret"] for one in world["reissued"]]
        return {"code": draw(st.sampled_from(new + old)), "source": "barcode"}
    if kind == "revoked" and revoked:
        return {"code": draw(st.sampled_from(revoked)), "source": "barcode"}
    if kind == "medium" and world["media"]:
        medium = draw(st.sampled_from(world["media"]))
        return {"code": medium["identifier"], "source": medium["type"]}
    if kind == "unknown":
        return {
            "code": draw(st.sampled_from(("nobody's code", "secret-", "1", "SECRET-0"))),
            "source": "barcode",
        }
    return {"code": draw(st.sampled_from([one["secret"] for one in tickets])), "source": "barcode"}
