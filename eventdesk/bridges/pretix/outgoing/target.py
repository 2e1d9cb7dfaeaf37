"""Which event of pretix is told, and how a call is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Call = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    organizer: str
    slug: str

    def at_event(self, path: str) -> str:
        return f"organizers/{self.organizer}/events/{self.slug}/{path}"

    def at_organizer(self, path: str) -> str:
        return f"organizers/{self.organizer}/{path}"


@dataclass(frozen=True, slots=True)
class Untold:
    """pretix has no way to be told this; `why` is a sentence for a person. `subject`: with which other calls
    it belongs together, where that is not the fact's own."""

    why: str
    subject: str = ""


def post(path: str, body: Mapping[str, Any], key: str = "") -> Call:
    """`key`: of idempotency."""
    return {"method": "POST", "path": path, "body": body} | ({"key": key} if key else {})


def patch(path: str, body: Mapping[str, Any]) -> Call:
    return {"method": "PATCH", "path": path, "body": body}
