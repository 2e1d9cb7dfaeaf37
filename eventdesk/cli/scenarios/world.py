"""The tickets and scans of one scenario, as they change by what is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from eventdesk.cli.scenarios.given import Given
from eventdesk.cli.scenarios.setup import local
from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.tickets import Admission, Direction, Presented, Ticket, Via

NOON = local(10, 12)
EARLIER = NOON.replace(hour=11, minute=30)
REVOKED_CODE = "old secret of the ticket"
MEDIUM_CODE = "identifier of the medium"
FIRST_POSITION = 900_001

GATES = {"dev_north": "north", "dev_south": "south"}


@dataclass
class Row:
    """One stored scan. `ticket` is None where the code was nobody's; `refused` names the reason."""

    ticket: str | None
    list: str
    direction: Direction
    at: datetime
    nonce: str = ""
    device: str | None = None
    refused: str | None = None
    forced: bool = False
    force_sent: bool = False
    source: str = "barcode"


@dataclass
class World:
    given: Given
    rows: list[Row] = field(default_factory=list)

    def lists(self) -> dict[str, tuple[CheckInList, Catalogue]]:
        """Every list by name, with its event's catalogue."""
        catalogues = (self.given.catalogue, self.given.other_catalogue)
        return {name: (one, catalogue) for catalogue in catalogues for name, one in catalogue.lists.items()}

    def ticket(self, name: str) -> Ticket:
        """The ticket with its passes, and with its add-ons where it is the main one."""
        ticket = self.given.tickets[name]
        addons = tuple(self.ticket(addon) for addon in self.addons()) if name == "ticket" else ()
        return replace(ticket, admissions=tuple(self._admissions(name)), addons=addons)

    def addons(self) -> list[str]:
        return [name for name in self.given.tickets if name.startswith("addon:")]

    def _admissions(self, name: str) -> Iterable[Admission]:
        # pretix goes by the time of the scan; of two at one moment the one stored first is the later.
        stored = sorted(enumerate(self.rows), key=lambda pair: (pair[1].at, -pair[0]))
        for place, (number, row) in enumerate(stored):
            if row.ticket == name and row.refused is None:
                yield Admission(
                    id=str(number),
                    ticket=name,
                    list=row.list,
                    direction=row.direction,
                    at=row.at,
                    order=f"{place:06}",
                    desk=row.device or "",
                    nonce=row.nonce,
                    forced=row.forced,
                )

    def code(self) -> str:
        """What is held up when nothing else is said."""
        code = self.given.code
        if code in self.given.tickets:
            return self.given.tickets[code].secret
        return {
            "revoked": REVOKED_CODE,
            "medium": MEDIUM_CODE,
            "position_id": str(FIRST_POSITION),
            "unknown": "nobody's code",
        }[code]

    def scanned(self) -> str:
        """The ticket whose code is held up, to which earlier scans belong unless they say otherwise."""
        if self.given.code in self.given.tickets:
            return self.given.code
        if self.given.code == "medium" and self.given.medium and self.given.medium.linked:
            return self.given.medium.linked[0]
        return "ticket"

    def presented(self, code: str, event: str, source: str, *, by_path: bool, by_id: bool) -> Presented:
        """What the event's log knows of the code.

        `by_path`: the code came in an address, where a plus may stand for a space. `by_id`: a ticket's
        number is taken for its code.
        """
        readings = [code, code.replace("+", " ")] if by_path and "+" in code else [code]
        for reading in readings:
            for name in self._of_event(event):
                if self.given.tickets[name].secret == reading:
                    return self._as(Presented(code, Via.SECRET), name)
        position = self._position(code) if by_id else None
        if position in self._of_event(event):
            return self._as(Presented(code, Via.TICKET_ID), str(position))
        return self._of_medium(code, event, source) or self._revoked(code, event)

    def _of_event(self, event: str) -> list[str]:
        return [name for name in self.given.tickets if (name == "other_event") == (event == "other_event")]

    def _position(self, code: str) -> str | None:
        numbers = {str(FIRST_POSITION + place): name for place, name in enumerate(self.given.tickets)}
        return numbers.get(code)

    def _as(self, presented: Presented, name: str) -> Presented:
        parent = self.ticket("ticket") if name.startswith("addon:") else None
        return replace(presented, ticket=self.ticket(name), parent=parent)

    def _of_medium(self, code: str, event: str, source: str) -> Presented | None:
        medium = self.given.medium
        if code != MEDIUM_CODE or medium is None or medium.type != source or not medium.linked:
            return None
        here = [self.ticket(name) for name in self._of_event(event) if name in medium.linked]
        return Presented(
            code,
            Via.MEDIUM,
            here[0] if here else None,
            others=tuple(here[1:]),
            medium_active=medium.active,
        )

    def _revoked(self, code: str, event: str) -> Presented:
        if code == REVOKED_CODE and self.given.code == "revoked" and event == "event":
            return self._as(Presented(code, Via.REVOKED), "ticket")
        return Presented(code)
