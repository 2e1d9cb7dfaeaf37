"""How it ended with a guest whose badge or turn was awaited: they are in, or staff is called for them."""

from collections.abc import Callable

from eventdesk.desk.kiosk import phrases
from eventdesk.desk.kiosk.admitting import Admitting, Going, Step
from eventdesk.desk.kiosk.awaited import Awaited, UnderWay
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.unfinished import Unfinished
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.desk.kiosk.works import is_paper
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words


class Outcomes:
    """Lives on the engine's lane."""

    def __init__(
        self,
        scene: Scene,
        admitting: Admitting,
        under_way: UnderWay,
        unfinished: Unfinished,
        passed: Callable[[str], None],
        go_on: Callable[[Visit], None],
    ) -> None:
        """`passed` is told each ticket that went in here; `go_on` takes up the next guest of a visit."""
        self._scene = scene
        self._admitting = admitting
        self._under_way = under_way
        self._unfinished = unfinished
        self._passed = passed
        self._go_on = go_on

    def in_at_once(self, party: Party) -> None:
        """Where nothing was to be awaited."""
        party.goes(Fate.PASSED)
        self._passed(party.ticket.id)
        self._scene.standing.count()

    def went_in(self, awaited: Awaited) -> None:
        party = self._under_way.party(awaited)
        self._passed(awaited.ticket)
        self._scene.standing.count()
        if party is not None:
            party.goes(Fate.PASSED)
        self.go_on_after(awaited)

    def failed(self, awaited: Awaited, reason: Reason, words: Words) -> None:
        self.mark(awaited, reason, words)
        self.go_on_after(awaited)

    def no_badge(self, awaited: Awaited, reason: Reason, detail: str = "") -> None:
        """`detail`: the printer's own words."""
        self.release(awaited)
        words = phrases.UNSURE if reason is Reason.BADGE_UNSURE else phrases.JAMMED
        if reason is Reason.BADGE_JAMMED and is_paper(detail):
            words = phrases.PRINTER_OUT
        self.failed(awaited, reason, words)

    def mark(self, awaited: Awaited, reason: Reason, words: Words) -> None:
        """Staff is told of the ticket, whether or not the guest still stands there."""
        party = self._under_way.party(awaited)
        if party is not None:
            self._scene.send_to_staff(party, reason, words)
        else:
            self._scene.calls.guest(reason, awaited.ticket, str(words))

    def go_on_after(self, awaited: Awaited) -> None:
        visit, party = self._under_way.visit(awaited), self._under_way.party(awaited)
        if visit is None:
            self._unfinished.keep()
        if visit is not None and party is not None and party.fate is not Fate.OPEN:
            self._go_on(visit)

    def release(self, awaited: Awaited) -> None:
        """What was held of the upstream's for this guest is free."""
        if awaited.word is not None:
            self._admitting.let_go(awaited.word)


def why_not(going: Going) -> tuple[Reason, Words]:
    if going.step is Step.UNSURE:
        return Reason.BADGE_UNSURE, phrases.UNSURE
    if going.step is Step.NO_PRINTER:
        return Reason.NOT_ADMITTED, phrases.PRINTER_OUT
    return Reason.NOT_ADMITTED, phrases.refused(going.verdict)
