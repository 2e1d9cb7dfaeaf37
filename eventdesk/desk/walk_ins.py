"""A guest without a ticket: the facts that issue one."""

import secrets
from typing import Any
from uuid import uuid4

from eventdesk.desk.commands import AddWalkIn
from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import BadInput

# No letters or digits that are taken for one another when read aloud.
ORDER_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_secret() -> str:
    """What a new ticket's code says: 128 random bits, ASCII."""
    return secrets.token_hex(16)


def walk_in_drafts(command: AddWalkIn, secret: str) -> list[Draft]:
    """An order and its ticket. Raises BadInput where the name is missing."""
    name = command.name.strip()
    if not name:
        raise BadInput("A walk-in needs a name.", "Type the guest's name.")
    order = uuid4().hex
    guest: dict[str, Any] = {"name": name, "email": command.email, "company": command.company}
    placed = {"code": order_code(), "status": "paid", "source": "walk-in", **guest}
    issued = {"order": order, "secret": secret, "product": command.product, **guest}
    if command.variation:
        issued["variation"] = command.variation
    return [Draft(Kind.ORDER_PLACED, order, placed), Draft(Kind.TICKET_ISSUED, uuid4().hex, issued)]


def order_code() -> str:
    """What people say aloud: it need not be unique."""
    return "W" + letters(7)


def letters(number: int) -> str:
    """So many random letters and digits, five bits each."""
    return "".join(secrets.choice(ORDER_CODE_LETTERS) for _ in range(number))
