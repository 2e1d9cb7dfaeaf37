"""When the questions of a guest are asked: at once, or when what is being typed is done with."""

from eventdesk.desk.hooks import Given
from eventdesk.screens.checkin.counter import Counter
from eventdesk.screens.checkin.parts import Parts
from eventdesk.screens.checkin.shown import of_given


class Asking:
    """Opens and closes the sheet of questions as verdicts come."""

    def __init__(self, counter: Counter, parts: Parts) -> None:
        self._counter = counter
        self._parts = parts
        self._waits = False

    def follow(self, given: Given) -> None:
        """A verdict was given: ask what stands open, or take away what was asked before."""
        work = self._parts.work
        if self._counter.questions():
            self._ask(given)
        elif work.is_open(work.questions) or work.is_open(work.reasons):
            work.close_sheet()

    def resume(self) -> None:
        """A sheet was closed: ask what has waited for it."""
        if self._waits and self._counter.given and self._counter.questions():
            self._ask(self._counter.given)

    def _ask(self, given: Given) -> None:
        work, search = self._parts.work, self._parts.search.box
        # A half-typed walk-in would be lost under the questions.
        self._waits = work.is_open(work.walk_in)
        if self._waits:
            return
        ticket = given.verdict.ticket
        known = ticket.answers if ticket else {}
        searching = search.hasFocus() and bool(search.text())
        work.questions.ask(of_given(given).name, self._counter.questions(), known)
        work.open_sheet(work.questions)
        if not searching:
            work.questions.focus_first()
