"""What replication adds to an event's set-up: quotas, the people at its desks, the keys of its tickets."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.staff import Role, Staff

KEY_BYTES = 32

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many there are of something. `size` None: unlimited. `products`: whose sales count; with a
    `session` those of it alone."""

    id: str
    name: str
    size: int | None = None
    products: frozenset[str] = frozenset()
    session: str | None = None


@dataclass(frozen=True, slots=True)
class TicketKey:
    """A key that signs tickets (`docs/tickets.md`). `id` is hexadecimal, `public_key` 32 bytes (Ed25519).
    `scheme`: how another system writes what it signs; empty for our own."""

    id: str
    public_key: bytes
    begins: datetime | None = None
    ends: datetime | None = None
    scheme: str = ""


def staff_from(id_: str, payload: Payload) -> Staff:
    """A person; one who was removed has neither roles nor PIN nor card. A name may be gone by redaction, and
    a role that only a newer version knows is left aside. Raises BadPayload."""
    name, pin = members.text(payload, "name", ""), members.text(payload, "pin", "")
    named = members.ids(payload, "roles")
    if members.flag(payload, "removed"):
        return Staff(id_, name)
    roles = frozenset(role for role in Role if role.value in named)
    return Staff(id_, name, roles, pin, members.text(payload, "card", ""))


def quota_from(id_: str, payload: Payload) -> Quota:
    """Raises BadPayload."""
    size = members.optional_amount(payload, "size")
    session = members.optional_text(payload, "session")
    return Quota(id_, members.text(payload, "name"), size, members.ids(payload, "products"), session)


def quota_number(payload: Payload) -> int:
    """How many a `quota_used` or `quota_freed` tells of. Raises BadPayload."""
    return members.amount(payload, "number", least=1)


def ticket_key_from(id_: str, payload: Payload) -> TicketKey:
    """Raises BadPayload."""
    text = members.text(payload, "public_key")
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise members.wrong("public_key", f"{KEY_BYTES} bytes in base64", text)
    begins, ends = members.optional_moment(payload, "from"), members.optional_moment(payload, "until")
    return TicketKey(id_, key, begins, ends, members.text(payload, "scheme", ""))
