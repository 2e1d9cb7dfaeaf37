"""The last step before the pass: the gate opens for whoever has a badge, and the pass follows the turn."""

from typing import Final

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.admitting import Admitting, Step
from eventdesk.desk.kiosk.awaited import Awaited, UnderWay
from eventdesk.desk.kiosk.gatekeeper import TURN_S, Gatekeeper
from eventdesk.desk.kiosk.news import Turned
from eventdesk.desk.kiosk.outcomes import Outcomes, why_not
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.devices.gates.port import Passage
from eventdesk.domain.venue import Reason
from eventdesk.errors import DeviceError

# What the gate has not told of by then was lost on the way: it locks first, and each answer may take 2 s.
GATE_GRACE_S: Final = 10.0


class AtGate:
    """Lives on the engine's lane."""

    def __init__(
        self,
        scene: Scene,
        admitting: Admitting,
        gate: Gatekeeper,
        under_way: UnderWay,
        outcomes: Outcomes,
    ) -> None:
        self._scene = scene
        self._admitting = admitting
        self._gate = gate
        self._under_way = under_way
        self._outcomes = outcomes

    def badge_is_out(self, awaited: Awaited) -> None:
        """A badge without an entry: of a wave, or before a gate."""
        if self._gate.is_set:
            self.open(awaited)
            self._outcomes.go_on_after(awaited)
        else:
            self._write_pass(awaited)

    def open(self, awaited: Awaited) -> None:
        try:
            awaited.opening = self._gate.let_through()
        except DeviceError:
            self._outcomes.release(awaited)
            self._outcomes.mark(awaited, Reason.NOT_ADMITTED, phrases.GATE_OUT)
            return
        visit = self._under_way.visit(awaited)
        if visit is not None:
            visit.turn(Page.PRINTING)
        self._under_way.await_turn(awaited, TURN_S + GATE_GRACE_S)

    def turned(self, news: Turned) -> None:
        """Somebody went through, the one for whom it was opened; or nobody did. Whoever pushes through a
        locked gate is nobody's guest."""
        turn = self._under_way.turn(news.opening) if news.passage is not Passage.FORCED else None
        if turn is None:
            return
        if news.passage is Passage.TURNED:
            self._write_pass(turn)
            return
        is_out = news.passage is Passage.NOT_OPENED
        self._nobody_went(turn, is_out=is_out)

    def overdue(self, ticket: str) -> bool:
        """Whether it was a turn that did not come in time."""
        turn = self._under_way.overdue_turn(ticket)
        if turn is not None:
            self._nobody_went(turn, is_out=False)
        return turn is not None

    def _nobody_went(self, turn: Awaited, *, is_out: bool) -> None:
        self._outcomes.release(turn)
        words = phrases.GATE_OUT if is_out else phrases.NOT_TURNED
        self._outcomes.failed(turn, Reason.NOT_ADMITTED, words)

    def _write_pass(self, awaited: Awaited) -> None:
        """The badge is out, and the gate has turned: the pass, decided once more."""
        found = self._under_way.found(awaited)
        if found is None:
            self._outcomes.release(awaited)
            self._outcomes.failed(awaited, Reason.NOT_ADMITTED, phrases.FAULT)
            return
        going = self._admitting.go(self._scene.door, found, prints=True, turns=False, held=awaited.word)
        self._outcomes.release(awaited)
        if going.step is Step.PASSED:
            self._outcomes.went_in(awaited)
        else:
            self._outcomes.failed(awaited, *why_not(going))
