"""People who work at desks: their roles, and how long they wait after wrong PINs."""

from dataclasses import dataclass
from enum import StrEnum

FREE_TRIES = 5
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 900.0
# What a staff card says begins with it: no ticket does.
CARD = "EVENTDESK-STAFF-"


class Role(StrEnum):
    """Each may do what its own work needs, `SUPERVISOR` all of doors and tills, `ORGANIZER` everything."""

    DOOR = "door"
    BOX_OFFICE = "box_office"
    KIOSK = "kiosk"
    SUPERVISOR = "supervisor"
    ORGANIZER = "organizer"


@dataclass(frozen=True, slots=True)
class Staff:
    """`pin` and `card` are what a PIN and a staff card are checked against (`eventdesk.desk.upstream.pins`),
    empty for none."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    pin: str = ""
    card: str = ""


def is_staff_card(code: str) -> bool:
    return code.strip().upper().startswith(CARD)


def wait_after(failures: int) -> float:
    """Seconds until the next PIN may be tried after so many wrong ones in a row, at one desk."""
    if failures < FREE_TRIES:
        return 0.0
    return min(FIRST_WAIT_S * 2.0 ** min(failures - FREE_TRIES, 16), LONGEST_WAIT_S)
