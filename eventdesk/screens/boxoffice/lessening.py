"""Something costs less: how much, and why."""

from collections.abc import Callable

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.typed import millionths
from eventdesk.screens.boxoffice.work import Work

Done = Callable[[int, int, str], None]


def reasons() -> list[str]:
    """Why something costs less."""
    return [tr("Complaint"), tr("Regular guest"), tr("Staff"), tr("Press"), tr("Sponsor"), tr("Damaged")]


class Lessening:
    """`done` gets parts per million, an amount (one of both is 0), and the reason."""

    def __init__(self, state: TillState, work: Work) -> None:
        self._state = state
        self._work = work

    def percent_off(self, done: Done) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("Discount in percent"), millionths, lambda share: self.why(lambda why: done(share, 0, why))
        )

    def amount_off(self, done: Done) -> None:
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tr("Discount as an amount"),
            self._state.typed,
            lambda off: self.why(lambda why: done(0, off, why)),
        )

    def why(self, done: Callable[[str], None]) -> None:
        self._work.open_sheet(self._work.reasons)
        self._work.reasons.ask(tr("Why?"), reasons(), done)
