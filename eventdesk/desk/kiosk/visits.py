"""Visits one after the other: how each begins, goes from page to page, and ends."""

from collections.abc import Callable
from typing import TypeVar

from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.availability import Availability
from eventdesk.desk.kiosk.checking_in import CheckingIn
from eventdesk.desk.kiosk.commands import OfVisit
from eventdesk.desk.kiosk.filling import Filling
from eventdesk.desk.kiosk.guarding import Guard
from eventdesk.desk.kiosk.paying import Paying
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.searching import Searching, digest
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Visit
from eventdesk.domain.staff import is_staff_card

C = TypeVar("C", bound=OfVisit)
# Where somebody else may begin: nothing of a guest is shown there, or they are done.
OVER = frozenset({Page.DONE, Page.SORRY})


class Visits:
    """Lives on the engine's lane. Nothing may begin while the kiosk is not open: the caller's to see to."""

    def __init__(
        self,
        scene: Scene,
        availability: Availability,
        guard: Guard,
        searching: Searching,
        filling: Filling,
        paying: Paying,
        checking_in: CheckingIn,
    ) -> None:
        self._scene = scene
        self._availability = availability
        self._guard = guard
        self._searching = searching
        self._filling = filling
        self._paying = paying
        self._checking_in = checking_in

    def begin(self, command: commands.BeginVisit) -> bool:
        """Whether one may begin now, or would where the kiosk is closed."""
        visit = self._scene.visit
        if visit is not None and visit.page not in OVER:
            return False
        self._new(command.language)
        if self._scene.closed is not None:
            self._scene.visit = None
        return True

    def find_by_code(self, command: commands.FindByCode) -> None:
        """A code begins a visit by itself, and the next guest's ends one that is over."""
        visit = self._scene.visit
        if is_staff_card(command.code):
            return
        if visit is not None and command.visit not in ("", visit.id):
            return
        if visit is not None and visit.page not in OVER | {Page.FINDING}:
            return
        if visit is not None and visit.page in OVER:
            if visit.code == digest(command.code):
                return
            visit = None
        visit = visit or self._new("")
        self._guard.serve(lambda: self._searching.by_code(visit, command))

    def of(
        self, handle: Callable[[Visit, C], None], page: Page | None = None, *, finds: bool = False
    ) -> Callable[[C], None]:
        """What comes late, of a visit that is over, or of another page, does nothing."""
        needed = Page.FINDING if finds else page

        def serve(command: C) -> None:
            visit = self._scene.visit
            if visit is None or command.visit != visit.id or (needed and visit.page is not needed):
                return
            self._guard.serve(lambda: handle(visit, command))

        return serve

    def found(self, visit: Visit) -> None:
        """The guests are known: page by page through what each has to do."""
        for party in visit.parties:
            if party.here:
                self._filling.prepare(party)
        self.go_on(visit)

    def go_on(self, visit: Visit) -> None:
        for place, party in enumerate(visit.parties):
            if party.here and party.fate is Fate.OPEN and party.steps:
                visit.at = place
                visit.turn(party.steps[0])
                return
        if not self._paying.begin(visit):
            self._checking_in.begin(visit)

    def end(self) -> None:
        """Nothing of the guest stays."""
        visit = self._scene.visit
        if visit is not None:
            self._paying.left(visit)
            self._checking_in.left(visit)
        self._scene.visit = None

    def _new(self, language: str) -> Visit:
        if self._scene.visit is not None:
            self.end()
        self._availability.look()
        visit = self._scene.visit = Visit(language)
        return visit
