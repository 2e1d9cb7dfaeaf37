"""People who work at desks: their roles, and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum


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
