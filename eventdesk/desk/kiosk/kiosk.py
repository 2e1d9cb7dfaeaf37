"""The kiosk's engine: a guest's visit from the welcome page to the badge (docs/decisions/0100-kiosk.md)."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.kiosk import commands, news, phrases
from eventdesk.desk.kiosk.admitting import Admitting
from eventdesk.desk.kiosk.availability import Availability
from eventdesk.desk.kiosk.buying import Buying
from eventdesk.desk.kiosk.calls import Calls
from eventdesk.desk.kiosk.checking_in import CheckingIn
from eventdesk.desk.kiosk.filling import Filling
from eventdesk.desk.kiosk.gatekeeper import Gatekeeper, Opener
from eventdesk.desk.kiosk.guarding import Guard
from eventdesk.desk.kiosk.listening import listen
from eventdesk.desk.kiosk.paying import Paying
from eventdesk.desk.kiosk.ports import Alarms, KioskTill
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.searching import Searching
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Visit
from eventdesk.desk.kiosk.visits import Visits
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.settings import CAMERA_SOURCE, KIOSK
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.devices.gates.addresses import open_gate
from eventdesk.domain.badges import JobState
from eventdesk.domain.venue import Reason
from eventdesk.errors import NotAllowed
from eventdesk.storage.store import Store

log = logging.getLogger(__name__)


class Kiosk:
    """Lives on the engine's lane. It does nothing until it is opened."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        standing: Standing,
        preferences: Preferences,
        spool: Spool | None,
        line: AtDoor,
        now: Callable[[], datetime],
        post: Callable[[Command], None],
        opener: Opener = open_gate,
        alarms: Alarms | None = None,
    ) -> None:
        self._post = _served(post)
        self._alarms = alarms or Alarms()
        self._scene = Scene(store, hooks, standing, preferences, line, Calls(self._post, now), now)
        admitting = Admitting(store, hooks, spool, line, now)
        self._availability = Availability(self._scene)
        self._guard = Guard(self._scene, self._tell)
        self._paying = Paying(
            self._scene,
            post,
            self._alarms,
            self._go_on,
            self._not_lost,
            lambda party: self._filling.prepare(party, bought=True),
        )
        self._searching = Searching(self._scene, admitting, self._paying.may_pay, self._found)
        self._filling = Filling(self._scene, self._go_on)
        self._buying = Buying(self._scene, self._paying, self._go_on)
        self._gate = Gatekeeper(preferences, hooks, post, opener)
        settle = spool.settle if spool is not None else None
        self._checking_in = CheckingIn(
            self._scene, admitting, settle, self._gate, self._alarms, post, self._searching.passed
        )
        self._visits = Visits(
            self._scene,
            self._availability,
            self._guard,
            self._searching,
            self._filling,
            self._paying,
            self._checking_in,
        )
        self.is_open = False
        listen(hooks, lambda: self.is_open, post)

    def handlers(self) -> Handlers:
        filling, searching, of_visit = self._filling, self._searching, self._visits.of
        return {
            commands.OpenKiosk: self.open,
            commands.CloseKiosk: self.close,
            commands.BeginVisit: self.begin,
            commands.EndVisit: self.end,
            commands.FindByCode: self.find_by_code,
            commands.FindByOrder: of_visit(searching.by_order, finds=True),
            commands.FindByName: of_visit(searching.by_name, finds=True),
            commands.SpeakLanguage: of_visit(self._speak),
            commands.ChooseGuests: of_visit(searching.choose, page=Page.CHOOSING),
            commands.AmendGuest: of_visit(filling.amend),
            commands.AnswerQuestions: of_visit(filling.answer),
            commands.SignDocument: of_visit(filling.sign),
            commands.TakePhoto: of_visit(filling.photo),
            commands.GoOn: of_visit(lambda visit, _: filling.details_done(visit)),
            commands.CallStaff: of_visit(self._call_staff),
            commands.PayAtKiosk: of_visit(self._paying.pay),
            commands.ShowProducts: of_visit(self._buying.show, finds=True),
            commands.BuyAtKiosk: of_visit(self._buying.buy, page=Page.BUYING),
            news.JobNews: self._news(self._job),
            news.EnteredNews: self._news(self._checking_in.entered),
            news.Overdue: self._news(self._checking_in.overdue),
            news.Turned: self._news(self._checking_in.turned),
            news.PaidNews: self._news(self._paying.paid),
            news.LatePaid: self._news(self._paying.late),
            news.TooLongToPay: self._news(self._paying.too_long),
            news.AskPayments: self._news(self._paying.ask_again),
            news.DeviceNews: self._news(lambda told: self._scene.working.device(told.told)),
            news.PrintersNews: self._news(lambda told: self._scene.working.printers(told.told)),
            news.PrintSystemSilent: self._news(lambda _: self._scene.working.print_system(silent=True)),
            news.LineNews: self._news(lambda told: self._scene.working.line(told.told)),
            news.OrderNews: self._news(self._ordered),
            news.LookAgain: self._news(lambda _: self._checking_in.look_at_calls()),
        }

    def check_away(self) -> None:
        """Raises NotAllowed while this desk is a kiosk: lists of guests are not for whoever stands there."""
        if self.is_open:
            raise NotAllowed("This desk is a kiosk just now.", "Leave the kiosk with a staff PIN first.")

    def stop(self) -> None:
        self._alarms.close()
        self._gate.close()

    def open(self, _command: commands.OpenKiosk) -> None:
        """A kiosk from now on: the welcome page, whatever was before."""
        scene = self._scene
        scene.preferences.put(KIOSK, True)
        self.is_open = True
        scene.visit = None
        self._gate.open()
        self._availability.resume()
        self._availability.look()
        self._checking_in.resume()
        self._post(ListPrinters())
        self._tell()

    def close(self, _command: commands.CloseKiosk) -> None:
        self._visits.end()
        self.is_open = False
        self._gate.close()
        self._scene.preferences.put(KIOSK, False)

    def begin(self, command: commands.BeginVisit) -> None:
        if self.is_open and self._visits.begin(command):
            self._tell()

    def end(self, command: commands.EndVisit) -> None:
        visit = self._scene.visit
        if visit is not None and command.visit == visit.id:
            self._visits.end()
            self._tell()

    def find_by_code(self, command: commands.FindByCode) -> None:
        if self.is_open:
            self._visits.find_by_code(command)

    def use_till(self, till: KioskTill) -> None:
        """What is owed can be paid here from now on, where the organizer allows it."""
        self._paying.use(till)

    def _found(self, visit: Visit) -> None:
        self._visits.found(visit)

    def _go_on(self, visit: Visit) -> None:
        self._visits.go_on(visit)

    def _not_lost(self, visit: Visit) -> None:
        self._checking_in.keep(visit)

    def _speak(self, visit: Visit, command: commands.SpeakLanguage) -> None:
        visit.language = command.language

    def _call_staff(self, visit: Visit, _command: commands.CallStaff) -> None:
        if Reason.WANTED not in visit.called:
            visit.called.add(Reason.WANTED)
            self._scene.calls.wanted()
        visit.say(phrases.WANTED)

    def _news(self, handle: Callable[[Any], None]) -> Callable[[Any], None]:
        def serve(told: Any) -> None:
            try:
                self._guard.hear(handle, told)
            finally:
                if self.is_open:
                    if self._scene.visit is None:
                        self._availability.look()
                    self._tell()

        return serve

    def _job(self, told: news.JobNews) -> None:
        if told.state is not JobState.QUEUED:  # the print system has spoken
            self._scene.working.print_system(silent=False)
        self._checking_in.job(told)

    def _ordered(self, told: news.OrderNews) -> None:
        if self._availability.ordered(told.told):
            self._visits.end()

    def _tell(self) -> None:
        scene = self._scene
        if self.is_open:
            camera = bool(scene.preferences.get(CAMERA_SOURCE))
            scene.calls.devices(scene.working.reasons(camera=camera))
            scene.tell()


def _served(post: Callable[[Command], None]) -> Callable[[Command], None]:
    """For what a desk without that part has nobody to serve."""

    def posted(command: Command) -> None:
        try:
            post(command)
        except KeyError:
            log.warning("nobody serves %s here", type(command).__name__)

    return posted
