"""What the person at the door wishes by key or button: the sheet that asks, then the command."""

from collections.abc import Callable

from eventdesk.i18n import tr
from eventdesk.screens.checkin.counter import Counter
from eventdesk.screens.checkin.last_scans import Line
from eventdesk.screens.checkin.parts import Parts
from eventdesk.screens.checkin.shown import of_given
from eventdesk.screens.words import short


class Wishes:
    """Each wish does nothing where it makes no sense for the guest on show."""

    def __init__(self, counter: Counter, parts: Parts) -> None:
        self._counter = counter
        self._parts = parts

    def order(self) -> None:
        self._counter.show_order()

    def start_search(self) -> None:
        self._parts.search.start()

    def choose_door(self) -> None:
        if self._counter.door:
            self._parts.work.open_sheet(self._parts.work.door)
            self._parts.work.door.offer(self._counter.door)

    def walk_in(self) -> None:
        if self._counter.catalogue:
            searched = self._parts.search.box.text().strip()
            self._parts.search.clear()
            self._parts.work.open_sheet(self._parts.work.walk_in)
            self._parts.work.walk_in.offer(self._counter.catalogue, searched)

    def undo(self) -> None:
        """Take back the pass of the row that has the focus, else the last one."""
        line = self._parts.scans.focused_line() or self._parts.scans.scans.last_undoable()
        if line and line.undoable:
            self.ask_undo(line)

    def ask_undo(self, line: Line) -> None:
        reasons = [tr("Wrong person"), tr("Scanned twice"), tr("Wrong door"), tr("The guest turned back")]
        admission = line.given.admission
        self._ask_reason(
            tr("Take back the check-in of {name}?", name=short(line.title())),
            reasons,
            lambda reason: self._counter.undo(admission, reason),
        )

    def badge(self) -> None:
        """Print the badge of the guest on show; once more needs a reason (the spool sees to it)."""
        if self._counter.has_ticket() and self._counter.given:
            name = short(of_given(self._counter.given).name)
            first = tr("First badge")
            reasons = [first, tr("Badge lost"), tr("Badge spoilt"), tr("Name corrected")]
            self._ask_reason(
                tr("Print the badge of {name}: why?", name=name),
                reasons,
                lambda reason: self._counter.print_badge("" if reason == first else reason),
            )

    def force(self) -> None:
        """Overrule the refusal: a second key, so that no slip of a finger admits anyone."""
        if self._counter.can_force() and self._counter.given:
            shown = of_given(self._counter.given)
            title = tr(
                "Admit {name} anyway ({headline})? Why?", name=short(shown.name), headline=shown.headline
            )
            reasons = [
                tr("Identity checked"),
                tr("Decided by a supervisor"),
                tr("Our mistake"),
                tr("Paid here"),
            ]
            self._ask_reason(title, reasons, self._counter.force)

    def unpaid(self) -> None:
        if self._counter.can_admit_unpaid():
            self._counter.admit_unpaid()

    def _ask_reason(self, title: str, reasons: list[str], chosen: Callable[[str], object]) -> None:
        self._parts.work.open_sheet(self._parts.work.reasons)
        self._parts.work.reasons.ask(title, reasons, chosen)
