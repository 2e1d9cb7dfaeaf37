"""People who work at desks: their roles, and how long they wait after wrong PINs."""

from dataclasses import dataclass
from enum import StrEnum

FREE_TRIES = 5
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 900.0


class Role(StrEnum):
    """Each may do what its own work needs, `SUPERVISOR` all of doors and tills, `ORGANIZER` everything."""

    DOOR = "door"
    BOX_OFFICE = "box_office"
    KIOSK = "kiosk"
    SUPERVISOR = "supervisor"
    ORGANIZER = "organizer"


@dataclass(frozen=True, slots=True)
class Staff:
    """`pin` is what a PIN is checked against (`eventdesk.desk.upstream.pins`), empty for none."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    pin: str = ""


def wait_after(failures: int) -> float:
    """Seconds until the next PIN may be tried after so many wrong ones in a row, at one desk."""
    if failures < FREE_TRIES:
        return 0.0
    return min(FIRST_WAIT_S * 2.0 ** min(failures - FREE_TRIES, 16), LONGEST_WAIT_S)
