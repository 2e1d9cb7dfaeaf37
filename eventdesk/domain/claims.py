"""The exclusive keys that doors ask an upstream for, and whose facts hold them.

`entry/{list}/{ticket}` is free again after an exit or an undo; `once/{list}/{ticket}`, of a list that
lets nobody in again, after an undo alone. Those of seats stand in `domain/till/taken.py`; `refund/{sale}` and
`pay/{order}` are held by no fact.
"""

from collections.abc import Iterable

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.tickets import Admission, Direction, in_stamp_order

HUB_ALONE = "hub"  # `confirmed_by` of a pass that a hub granted while its centre was silent

_ENTRY, _ONCE = "entry/", "once/"


def claim_key(check_in_list: CheckInList, ticket: str) -> str | None:
    """What to claim before the ticket is admitted here; None where it may enter as often as it likes."""
    if check_in_list.allow_multiple_entries:
        return None
    prefix = _ENTRY if check_in_list.allow_entry_after_exit else _ONCE
    return f"{prefix}{check_in_list.id}/{ticket}"


def claimed_list(key: str, ticket: str) -> str | None:
    """The list that the key of this ticket is for; None for a key that is not of this ticket."""
    for prefix in (_ENTRY, _ONCE):
        suffix = f"/{ticket}"
        if key.startswith(prefix) and key.endswith(suffix) and len(key) > len(prefix) + len(suffix):
            return key[len(prefix) : -len(suffix)]
    return None


def holder_of(key: str, ticket: str, passes: Iterable[Admission]) -> Admission | None:
    """The entry that holds the key: of the ticket's standing passes, the first since the key was free."""
    list_id = claimed_list(key, ticket)
    holder = None
    for one in in_stamp_order(one for one in passes if one.list == list_id):
        if one.direction is Direction.ENTRY:
            holder = holder or one
        elif key.startswith(_ENTRY):
            holder = None
    return holder
