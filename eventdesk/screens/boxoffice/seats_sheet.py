"""Seats from the plan: the best that are free, or those that the guest wants."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from eventdesk.desk.till.commands import ShowSeats
from eventdesk.desk.till.values import SeatsShown
from eventdesk.domain.till.seats import label as seat_name
from eventdesk.domain.till.seats import parts
from eventdesk.domain.till.setup import Category, SeatingPlan
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.seat_map import SeatMap
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.tab import CategoryTabs
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import say
from eventdesk.screens.widgets.basics import Button, boxed, label, row

MOST_SEATS = 99


class SeatsSheet(Sheet):
    """As many pieces are taken as seats are chosen."""

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._done: Callable[[tuple[str, ...]], object] = lambda _seats: None
        self._plan: SeatingPlan | None = None
        self._request, self._own = "", frozenset[str]()
        self._taken: Collection[str] = ()
        self.chosen: list[str] = []
        self.tabs = CategoryTabs()
        self.tabs.chosen.connect(self._show_section)
        self.map = SeatMap()
        self.map.toggled.connect(self._toggle)
        self.number = 1
        self._number = label(tone="heading")
        fewer, more = Button("−", pressed=lambda: self._want(-1)), Button("+", pressed=lambda: self._want(1))
        fewer.setAccessibleName(tr("One less"))
        more.setAccessibleName(tr("One more"))
        self._best = Button(tr("Best together (B)"), pressed=self.ask_best)
        self._told = label(tone="heading", wrap=True)
        head = row(fewer, self._number, more, self._best, self.tabs)
        head.setStretch(4, 1)
        self.body.addWidget(boxed(head))
        for part in (self.map, self._told):
            self.body.addWidget(part)
        self.body.addStretch()
        self._take = Button("", "check", "primary", self.submit)
        self.buttons.addWidget(self._take, 1)
        self.add_close()

    def ask(
        self,
        title: str,
        plan: str,
        number: int,
        own: Sequence[str],
        done: Callable[[tuple[str, ...]], object],
    ) -> None:
        """`own` are those that the line has already; without any the best are proposed."""
        self._done = done
        self._plan = self._state.setup.seatings.get(plan)
        self._own, self.chosen, self._taken = frozenset(own), list(own), ()
        self.set_title(title)
        self._set_number(max(1, number))
        if self._plan is None:
            return
        self.tabs.show_categories([Category(one.id, one.name) for one in self._plan.sections])
        self._show_section(self._place(own[0]) if own else 0)
        self._post(best=0 if own else number)
        self.map.setFocus()

    def _place(self, seat: str) -> int:
        """Of its section among the plan's."""
        found = parts(seat)
        sections = [one.id for one in self._plan.sections] if self._plan else []
        return sections.index(found[1]) if found and found[1] in sections else 0

    def _post(self, best: int, section: str = "") -> None:
        if self._plan:
            self._request = self._state.post(ShowSeats(self._plan.id, None, section, best))

    def _set_number(self, number: int) -> None:
        self.number = number
        self._number.setText(str(number))

    def _want(self, by: int) -> None:
        self._set_number(min(max(1, self.number + by), MOST_SEATS))
        self.ask_best()

    def ask_best(self) -> None:
        """Of the section on show; in any where that is not the wish is a matter of another tab."""
        section = self.tabs.current() if self._plan and len(self._plan.sections) > 1 else ""
        self._post(self.number, section)

    def seats_shown(self, shown: SeatsShown) -> None:
        if shown.request != self._request or self._plan is None:
            return
        free_of = {one.partition("@")[0] for one in shown.taken}
        in_cart = {seat for line in self._state.lines for seat in line.seats} - self._own
        self._taken = free_of | in_cart
        if shown.best:
            self.chosen = [one for one in shown.best if one not in self._taken]
            if self.chosen:
                self._show_section(self._place(self.chosen[0]))
                self.map.stand_at(self.chosen[0])
        self._refresh()

    def _show_section(self, place: int) -> None:
        if self._plan and place < len(self._plan.sections):
            self.tabs.mark(place)
            self.map.show_section(self._plan.id, self._plan.sections[place])
            self._refresh()

    def _toggle(self, seat: str) -> None:
        if seat in self.chosen:
            self.chosen.remove(seat)
        elif seat not in self._taken:
            self.chosen.append(seat)
        self._refresh()

    def _refresh(self) -> None:
        self.map.show_seats(self._taken, self.chosen)
        plans = self._state.setup.seatings.values()
        say(self._told, ", ".join(seat_name(plans, one) for one in self.chosen), "heading")
        self._take.setText(tr("Take {number} (Enter)", number=len(self.chosen)))
        self._take.setEnabled(bool(self.chosen))

    def submit(self) -> None:
        if self.chosen:
            self._done(tuple(self.chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_B:
            self.ask_best()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and self._plan:
            step = 1 if event.key() == Qt.Key.Key_PageDown else -1
            self._show_section((self.tabs.index() + step) % len(self._plan.sections))
        elif event.text().isdecimal() and event.text() != "0":
            self._set_number(int(event.text()))
            self.ask_best()
        else:
            super().keyPressEvent(event)
