"""The demo event: an invented conference that begins today, with guests of every kind a door meets."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from eventdesk import paths
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text

LOG = "demo"
LIST = "main"


def demo_drafts(now: datetime) -> list[Draft]:
    """Every fact of the demo event, for the day of `now` (aware) in the event's own time zone."""
    return [*_catalogue(now), *_guests()]


def demo_codes() -> dict[str, str]:
    """The tickets' codes by the guests' names."""
    return {row["name"]: row["code"] for row in _rows()}


def _rows() -> list[dict[str, str]]:
    with (paths.resources() / "demo" / "guests.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _catalogue(now: datetime) -> Iterator[Draft]:
    setup = json.loads((paths.resources() / "demo" / "event.json").read_text(encoding="utf-8"))
    event: dict[str, Any] = setup["event"]
    zone = ZoneInfo(event["timezone"])
    today = now.astimezone(zone).date()
    for member in ("begins", "ends", "admission"):
        event[member] = moment_text(datetime.combine(today, time.fromisoformat(event[member]), zone))
    yield Draft(Kind.EVENT_DEFINED, LOG, event)
    for fact in setup["facts"]:
        yield Draft(Kind(fact["kind"]), fact["subject"], fact["payload"])


def _guests() -> Iterator[Draft]:
    orders: set[str] = set()
    for row in _rows():
        if row["order"] not in orders:
            orders.add(row["order"])
            placed = {
                "code": row["order"],
                "status": row["status"],
                "email": row["email"],
                "name": row["name"],
            }
            yield Draft(Kind.ORDER_PLACED, f"demo-{row['order']}", placed)
        yield from _tickets(row)


def _tickets(row: dict[str, str]) -> Iterator[Draft]:
    ticket = f"demo-{row['code']}"
    issued: dict[str, Any] = {
        "order": f"demo-{row['order']}",
        "secret": row["code"],
        "product": row["product"],
        "name": row["name"],
        "email": row["email"],
        "company": row["company"],
        "notes": row["note"],
        "blocked": row["flags"] == "blocked",
        "attention": row["flags"] == "attention",
    }
    if row["variation"]:
        issued["variation"] = row["variation"]
    yield Draft(Kind.TICKET_ISSUED, ticket, issued)
    if row["addon"]:
        addon = {
            "order": issued["order"],
            "secret": row["code"] + "-w",
            "product": row["addon"],
            "addon_to": ticket,
        }
        yield Draft(Kind.TICKET_ISSUED, f"{ticket}-w", addon)
