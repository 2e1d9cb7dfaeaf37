"""Who may do what. Desk and node ask the same functions; docs/decisions/0081-rights.md has the table."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.domain.staff import Role


class Right(StrEnum):
    """What a role may allow. The first group is needed by facts, the last by deeds at a desk or a node."""

    ADMIT = "admit"  # entries, exits, answers and badges at a door
    AMEND = "amend"  # what a guest may say of themselves: names, address, company, photo
    UNDO = "undo"  # take a pass back
    ISSUE = "issue"  # orders, tickets, media
    SELL = "sell"  # and so a ticket key of one's own, and what it signs
    FORCE = "force"  # admit or let out against a refusal
    SETTLE = "settle"  # say what a conflict was
    DISCOUNT = "discount"
    COMP = "comp"  # give away for nothing
    REFUND = "refund"
    NO_SALE = "no_sale"  # open the drawer without a sale, take money out for no sale
    PRICE_CHANGE = "price_change"
    CATALOGUE = "catalogue"  # the event, its products, lists, quotas, layouts
    IMPORT = "import"
    STAFF = "staff"
    SIGNING = "signing"  # end or bound a key of signed tickets, anybody's
    ERASE = "erase"
    UNKNOWN_KIND = "unknown_kind"  # facts that a newer version writes

    DESK_LIMITS = "desk_limits"  # how long a desk waits for others, and works without them
    DIRECT = "direct"  # tell other desks what to do: lock, restart, stand elsewhere
    PAIR_DESK = "pair_desk"
    REVOKE_DESK = "revoke_desk"
    TAKE_BACK = "take_back"  # shares and claims of a desk that is gone
    RELEASE = "release"  # let a withheld fact in


_DOOR = frozenset({Right.ADMIT, Right.AMEND, Right.UNDO})
_BOX_OFFICE = _DOOR | {Right.ISSUE, Right.SELL}
_SUPERVISOR = _BOX_OFFICE | {
    Right.FORCE,
    Right.SETTLE,
    Right.DISCOUNT,
    Right.COMP,
    Right.REFUND,
    Right.NO_SALE,
    Right.PRICE_CHANGE,
    Right.DIRECT,
    Right.PAIR_DESK,
    Right.REVOKE_DESK,
    Right.TAKE_BACK,
    Right.RELEASE,
}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.DOOR: _DOOR,
    Role.BOX_OFFICE: _BOX_OFFICE,
    Role.KIOSK: frozenset({Right.ADMIT, Right.AMEND}),
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ORGANIZER: frozenset(Right),
}

# What the desk itself must be trusted with: that a person stood at it is only the desk's word, and what
# these write would outlive its being shut out.
OF_THE_DESK = frozenset({Right.STAFF, Right.SIGNING, Right.ERASE})

# What a fact of each kind needs. None: nothing, as any desk must write it.
NEEDED: Mapping[str, Right | None] = {
    Kind.EVENT_DEFINED: Right.CATALOGUE,
    Kind.SESSION_DEFINED: Right.CATALOGUE,
    Kind.PRODUCT_DEFINED: Right.CATALOGUE,
    Kind.LIST_DEFINED: Right.CATALOGUE,
    Kind.QUESTION_DEFINED: Right.CATALOGUE,
    Kind.GATE_DEFINED: Right.CATALOGUE,
    Kind.LAYOUT_DEFINED: Right.CATALOGUE,
    Kind.QUOTA_DEFINED: Right.CATALOGUE,
    Kind.ORDER_PLACED: Right.ISSUE,
    Kind.ORDER_CHANGED: Right.ISSUE,
    Kind.TICKET_ISSUED: Right.ISSUE,
    Kind.TICKET_CHANGED: Right.ISSUE,
    Kind.SECRET_REVOKED: Right.ISSUE,
    Kind.MEDIUM_LINKED: Right.ISSUE,
    Kind.QUOTA_USED: Right.ISSUE,
    Kind.QUOTA_FREED: Right.ISSUE,
    Kind.TILL_DEFINED: Right.CATALOGUE,
    Kind.CATEGORY_DEFINED: Right.CATALOGUE,
    Kind.TAX_DEFINED: Right.CATALOGUE,
    Kind.SEATING_DEFINED: Right.CATALOGUE,
    Kind.DISCOUNT_DEFINED: Right.CATALOGUE,
    Kind.DISCOUNT_USED: Right.SELL,
    Kind.DISCOUNT_RETURNED: Right.SELL,
    Kind.GIFT_CARD_ISSUED: Right.SELL,
    Kind.GIFT_CARD_CHARGED: Right.SELL,
    Kind.GIFT_CARD_CREDITED: Right.REFUND,
    Kind.SEAT_TAKEN: Right.ISSUE,
    Kind.SEAT_FREED: Right.ISSUE,
    Kind.SHIFT_OPENED: Right.SELL,
    Kind.CASH_MOVED: Right.SELL,
    Kind.DRAWER_OPENED: Right.NO_SALE,
    Kind.CASH_COUNTED: Right.SELL,
    Kind.SHIFT_CLOSED: Right.SELL,
    Kind.PAYMENT_STARTED: Right.SELL,
    Kind.PAYMENT_TAKEN: Right.SELL,
    Kind.PAYMENT_RETURNED: Right.SELL,
    Kind.PAYMENT_FAILED: Right.SELL,
    Kind.SALE_COMPLETED: Right.SELL,
    Kind.SALE_REVERSED: Right.REFUND,
    Kind.RECEIPT_PRINTED: Right.SELL,
    Kind.MAIL_ASKED: Right.SELL,
    Kind.KIOSK_DEFINED: Right.CATALOGUE,
    Kind.DOCUMENT_DEFINED: Right.CATALOGUE,
    Kind.DOCUMENT_SIGNED: Right.ADMIT,
    Kind.HELP_ASKED: Right.ADMIT,
    Kind.HELP_GIVEN: Right.ADMIT,
    Kind.DESK_ORDERED: Right.DIRECT,
    Kind.BRIDGE_DEFINED: Right.CATALOGUE,
    Kind.BRIDGE_TOLD: Right.CATALOGUE,
    Kind.QUESTION_ANSWERED: Right.ADMIT,
    Kind.ADMITTED: Right.ADMIT,
    Kind.LEFT: Right.ADMIT,
    Kind.ADMISSION_REFUSED: Right.ADMIT,
    Kind.BADGE_PRINTED: Right.ADMIT,
    Kind.ADMISSION_UNDONE: Right.UNDO,
    Kind.CONFLICT_SETTLED: Right.SETTLE,
    Kind.GUESTS_IMPORTED: Right.IMPORT,
    Kind.STAFF_DEFINED: Right.STAFF,
    Kind.TICKET_KEY_DEFINED: Right.SELL,
    Kind.REVOCATIONS_SIGNED: Right.SELL,
    Kind.GUEST_ERASED: Right.ERASE,
    Kind.GUESTS_PURGED: Right.ERASE,
    Kind.ERASURE_CONFIRMED: None,
}
_PASSES = frozenset({Kind.ADMITTED, Kind.LEFT})
_NEXT_CHECK_OUT = frozenset({"exit_all_at", "by"})
_OWN_KEY = frozenset({"public_key", "by"})
# What guests say of themselves, and people at doors write for them.
_OF_GUESTS = frozenset({"name", "email", "company", "photo", "by"})
# What a line of a sale says of itself, and the right that a person needed for it. The first found counts, as
# whoever has one of them has all.
_OF_LINES = {"comp": Right.COMP, "changed_price": Right.PRICE_CHANGE, "manual": Right.DISCOUNT}

_MAY: Mapping[Right, frozenset[str]] = {
    right: frozenset(role.value for role, rights in RIGHTS.items() if right in rights) for right in Right
}


def may(roles: Collection[str], right: Right | None) -> bool:
    """Whether one of the roles has the right. Words that are no person's role (`hub`) have none."""
    return right is None or not _MAY[right].isdisjoint(roles)


def right_for(kind: str, payload: Mapping[str, Any]) -> Right | None:
    """The right that a fact of this kind and payload needs; None where any desk may write it."""
    right = NEEDED.get(kind, Right.UNKNOWN_KIND)
    if right is Right.ADMIT:
        return Right.FORCE if kind in _PASSES and payload.get("forced") else right
    if kind == Kind.LIST_DEFINED and payload.get("exit_all_at") and payload.keys() <= _NEXT_CHECK_OUT:
        return Right.ADMIT  # a door has checked everyone out, and says when the next time is
    if kind == Kind.SALE_COMPLETED:
        return _for_lines(payload.get("lines"))
    if kind == Kind.CASH_MOVED and payload.get("way") == "pay_out":
        return Right.NO_SALE
    if kind == Kind.TICKET_CHANGED and payload.keys() <= _OF_GUESTS and _is_picture(payload.get("photo")):
        return Right.AMEND
    if kind == Kind.TICKET_KEY_DEFINED and not payload.keys() <= _OWN_KEY:
        return Right.SIGNING  # whatever is said of `removed`, also that it is not so
    return right


def _is_picture(photo: object) -> bool:
    """An address would have every desk that prints the badge open it: a file, or another computer's."""
    return not photo or (isinstance(photo, str) and photo.startswith("data:"))


def _for_lines(lines: object) -> Right:
    marks = {mark for line in _rows(lines) for mark in _OF_LINES if line.get(mark)}
    return next((right for mark, right in _OF_LINES.items() if mark in marks), Right.SELL)


def _rows(lines: object) -> list[Mapping[str, Any]]:
    return [line for line in lines if isinstance(line, Mapping)] if isinstance(lines, list | tuple) else []
