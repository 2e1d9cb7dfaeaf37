"""The kiosk's engine: a guest's visit from the welcome page to the badge (docs/decisions/0100-kiosk.md)."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.kiosk import commands, news, phrases
from eventdesk.desk.kiosk.admitting import Admitting
from eventdesk.desk.kiosk.buying import Buying
from eventdesk.desk.kiosk.calls import Calls
from eventdesk.desk.kiosk.checking_in import CheckingIn
from eventdesk.desk.kiosk.commands import OfVisit
from eventdesk.desk.kiosk.filling import Filling
from eventdesk.desk.kiosk.gatekeeper import Gatekeeper, Opener
from eventdesk.desk.kiosk.listening import listen
from eventdesk.desk.kiosk.paying import Paying
from eventdesk.desk.kiosk.ports import Alarms, KioskTill
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.searching import Searching, digest
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Visit
from eventdesk.desk.lane import Handlers, trouble
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.settings import CAMERA_SOURCE, KIOSK
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.at_door import AtDoor
from eventdesk.devices.gates.addresses import open_gate
from eventdesk.domain.badges import JobState
from eventdesk.domain.kiosk.setup import KioskSetup
from eventdesk.domain.rights import Right
from eventdesk.domain.staff import is_staff_card
from eventdesk.domain.venue import Order, Reason
from eventdesk.domain.verdicts import Words
from eventdesk.errors import BadInput, EventDeskError, NotAllowed
from eventdesk.storage.store import Store

log = logging.getLogger(__name__)

C = TypeVar("C", bound=OfVisit)
# Where somebody else may begin: nothing of a guest is shown there, or they are done.
OVER = frozenset({Page.DONE, Page.SORRY})


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
        self._scene = Scene(store, hooks, standing, preferences, line, Calls(self._post), now)
        admitting = Admitting(store, hooks, spool, line, now)
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
        self._ordered_shut = False
        self.is_open = False
        listen(hooks, lambda: self.is_open, post)

    def handlers(self) -> Handlers:
        filling, searching = self._filling, self._searching
        return {
            commands.OpenKiosk: self.open,
            commands.CloseKiosk: self.close,
            commands.BeginVisit: self.begin,
            commands.EndVisit: self.end,
            commands.FindByCode: self.find_by_code,
            commands.FindByOrder: self._of_visit(searching.by_order, finds=True),
            commands.FindByName: self._of_visit(searching.by_name, finds=True),
            commands.SpeakLanguage: self._of_visit(self._speak),
            commands.ChooseGuests: self._of_visit(searching.choose, page=Page.CHOOSING),
            commands.AmendGuest: self._of_visit(filling.amend),
            commands.AnswerQuestions: self._of_visit(filling.answer),
            commands.SignDocument: self._of_visit(filling.sign),
            commands.TakePhoto: self._of_visit(filling.photo),
            commands.GoOn: self._of_visit(lambda visit, _: filling.details_done(visit)),
            commands.CallStaff: self._of_visit(self._call_staff),
            commands.PayAtKiosk: self._of_visit(self._paying.pay),
            commands.ShowProducts: self._of_visit(self._buying.show, finds=True),
            commands.BuyAtKiosk: self._of_visit(self._buying.buy, page=Page.BUYING),
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
            news.LookAgain: self._news(lambda _: None),
        }

    def check_away(self) -> None:
        """Raises NotAllowed while this desk is a kiosk: lists of guests are not for whoever stands there."""
        if self.is_open:
            raise NotAllowed("This desk is a kiosk just now.", "Leave the kiosk with a staff PIN first.")

    def stop(self) -> None:
        self._alarms.close()
        self._gate.close()

    # Opened and closed

    def open(self, _command: commands.OpenKiosk) -> None:
        """A kiosk from now on: the welcome page, whatever was before."""
        scene = self._scene
        scene.preferences.put(KIOSK, True)
        self.is_open = True
        scene.visit = None
        self._gate.open()
        self._look()
        self._resume()
        self._checking_in.resume()
        self._post(ListPrinters())
        self._tell()

    def close(self, _command: commands.CloseKiosk) -> None:
        self._end()
        self.is_open = False
        self._gate.close()
        self._scene.preferences.put(KIOSK, False)

    def _resume(self) -> None:
        """What this desk was told, and had called for, before it was shut."""
        scene = self._scene
        try:
            door_log = scene.log
        except BadInput:
            return
        with scene.store.reader() as reader:
            calls = reader.help_calls(door_log, scene.now())
            orders = reader.desk_orders(door_log, scene.store.desk, scene.now())
        mine = [one for one in calls if one.desk == scene.store.desk and one.ended is None]
        scene.calls.resume(frozenset(one.reason for one in mine if not one.ticket))
        for order in orders:
            if order.order in (Order.LOCK, Order.UNLOCK):
                self._ordered_shut = order.order is Order.LOCK

    def _look(self) -> None:
        """Read the set-up, and whether the kiosk may be used at all."""
        scene = self._scene
        scene.setup, scene.documents = KioskSetup(), []
        scene.closed = self._why_closed()
        if scene.closed is None:
            with scene.store.reader() as reader:
                setup = reader.kiosk_setup(scene.log)
                scene.documents = reader.documents(scene.log)
            if setup is None:
                scene.closed = phrases.NO_KIOSK
            else:
                scene.setup = setup

    def _why_closed(self) -> Words | None:
        scene = self._scene
        try:
            door_log = scene.log
        except BadInput:
            return phrases.NO_DOOR
        if self._ordered_shut:
            return phrases.LOCKED
        try:
            scene.line.present.check_open()
            scene.line.present.check(door_log, Right.ADMIT)
        except NotAllowed:
            return phrases.LOCKED
        return None

    # The visit

    def begin(self, command: commands.BeginVisit) -> None:
        if self.is_open and (self._scene.visit is None or self._is_over(self._scene.visit)):
            self._new_visit(command.language)
            if self._scene.closed is not None:
                self._scene.visit = None
            self._tell()

    def end(self, command: commands.EndVisit) -> None:
        visit = self._scene.visit
        if visit is not None and command.visit == visit.id:
            self._end()
            self._tell()

    def find_by_code(self, command: commands.FindByCode) -> None:
        """A code begins a visit by itself, and the next guest's ends one that is over."""
        visit = self._scene.visit
        if not self.is_open or is_staff_card(command.code):
            return
        if visit is not None and command.visit not in ("", visit.id):
            return
        if visit is not None and visit.page not in OVER | {Page.FINDING}:
            return
        if visit is not None and visit.page in OVER:
            if visit.code == digest(command.code):
                return
            visit = None
        visit = visit or self._new_visit("")
        self._guarded(lambda: self._searching.by_code(visit, command))

    def _of_visit(
        self, handle: Callable[[Visit, C], None], page: Page | None = None, *, finds: bool = False
    ) -> Callable[[C], None]:
        """What comes late, of a visit that is over, or of another page, does nothing."""
        needed = Page.FINDING if finds else page

        def serve(command: C) -> None:
            visit = self._scene.visit
            if visit is None or command.visit != visit.id or (needed and visit.page is not needed):
                return
            self._guarded(lambda: handle(visit, command))

        return serve

    def _found(self, visit: Visit) -> None:
        """The guests are known: page by page through what each has to do."""
        for party in visit.parties:
            if party.here:
                self._filling.prepare(party)
        self._go_on(visit)

    def _go_on(self, visit: Visit) -> None:
        for place, party in enumerate(visit.parties):
            if party.here and party.fate is Fate.OPEN and party.steps:
                visit.at = place
                visit.turn(party.steps[0])
                return
        if not self._paying.begin(visit):
            self._checking_in.begin(visit)

    def use_till(self, till: KioskTill) -> None:
        """What is owed can be paid here from now on, where the organizer allows it."""
        self._paying.use(till)

    def _not_lost(self, visit: Visit) -> None:
        self._checking_in.keep(visit)

    def _speak(self, visit: Visit, command: commands.SpeakLanguage) -> None:
        visit.language = command.language

    def _call_staff(self, visit: Visit, _command: commands.CallStaff) -> None:
        if Reason.WANTED not in visit.called:
            visit.called.add(Reason.WANTED)
            self._scene.calls.wanted()
        visit.say(phrases.WANTED)

    def _new_visit(self, language: str) -> Visit:
        if self._scene.visit is not None:
            self._end()
        self._look()
        visit = self._scene.visit = Visit(language)
        return visit

    def _end(self) -> None:
        """Nothing of the guest stays."""
        visit = self._scene.visit
        if visit is not None:
            self._paying.left(visit)
            self._checking_in.left(visit)
        self._scene.visit = None

    def _is_over(self, visit: Visit) -> bool:
        return visit.page in OVER

    # What may go wrong

    def _guarded(self, handle: Callable[[], None]) -> None:
        """One odd ticket never stops the kiosk: its guest goes to the staff, the next one is served."""
        scene = self._scene
        if scene.closed is not None:
            scene.visit = None
            self._tell()
            return
        try:
            with scene.line.first():
                handle()
        except NotAllowed:
            self._give_up(phrases.LOCKED)
        except Exception as error:  # noqa: BLE001 - a guest stands there, and nobody else
            told = trouble("", error, "serving a guest at the kiosk")
            scene.hooks.trouble_told(told)
            self._give_up(phrases.FAULT)
        self._tell()

    def _give_up(self, words: Words) -> None:
        visit = self._scene.visit
        if visit is None:
            return
        for party in visit.parties:
            if party.here and party.fate is Fate.OPEN:
                self._scene.send_to_staff(party, Reason.DESK_FAULT, words)
        visit.turn(Page.SORRY, words, phrases.remedy(words))

    def _news(self, handle: Callable[[Any], None]) -> Callable[[Any], None]:
        def serve(told: Any) -> None:
            try:
                handle(told)
            except EventDeskError:
                self._give_up(phrases.FAULT)
                raise
            finally:
                if self.is_open:
                    self._look_when_free()
                    self._tell()

        return serve

    def _job(self, told: news.JobNews) -> None:
        if told.state is not JobState.QUEUED:  # the print system has spoken
            self._scene.working.print_system(silent=False)
        self._checking_in.job(told)

    def _look_when_free(self) -> None:
        if self._scene.visit is None:
            self._look()

    def _ordered(self, told: news.OrderNews) -> None:
        """A supervisor locks this kiosk, or opens it again."""
        if told.told.desk == self._scene.store.desk and told.told.order in (Order.LOCK, Order.UNLOCK):
            self._ordered_shut = told.told.order is Order.LOCK
            self._end()

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
