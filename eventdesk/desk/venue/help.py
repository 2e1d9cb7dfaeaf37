"""Calls for help: written as facts, told at every desk. Who is on the way ends none: a call about a guest
ends when they go in, or when somebody says that it is done."""

from collections.abc import Callable
from typing import Any, Final

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Given, OrderAdmitted, Recorded
from eventdesk.desk.lane import Handlers
from eventdesk.desk.printing.values import Entered
from eventdesk.desk.venue.commands import AskHelp, GiveHelp, ListHelp, SettleHelp, TellHelp
from eventdesk.desk.venue.ground import Ground
from eventdesk.desk.venue.values import HelpChanged
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.moments import moment_text
from eventdesk.domain.venue import HelpCall
from eventdesk.errors import BadInput

CALLS: Final = frozenset({Kind.HELP_ASKED.value, Kind.HELP_GIVEN.value})
# By these a guest for whom help was called may have gone in, or be out again.
PASSES: Final = frozenset({Kind.ADMITTED.value, Kind.ADMISSION_UNDONE.value})


class Help:
    """Lives on a lane of its own: no scan ever waits for a call."""

    def __init__(self, ground: Ground, post: Callable[[Command], None]) -> None:
        self._ground = ground
        self._post = post
        self._told: HelpChanged | None = None
        hooks = ground.hooks
        hooks.facts_recorded.connect(self._recorded)
        hooks.verdict_given.connect(self._given)
        hooks.order_admitted.connect(self._admitted)
        hooks.badge_entered.connect(self._entered)
        hooks.admission_undone.connect(lambda _: self._look_for_guests())
        hooks.door_chosen.connect(lambda _: self._post(TellHelp()))

    def handlers(self) -> Handlers:
        return {
            AskHelp: self.ask,
            GiveHelp: self.give,
            SettleHelp: self.settle,
            ListHelp: self.list_calls,
            TellHelp: self.tell,
        }

    def ask(self, command: AskHelp) -> None:
        """Call staff; nothing where this desk calls for this already and nobody is on the way: who calls
        after that is heard anew. Raises BadInput where the desk stands at no door: a call is of an event."""
        log = self._ground.log
        if not log:
            raise BadInput("No door is chosen yet.", "Choose an event and a check-in list first.")
        about = (command.reason, command.ticket)
        before = [one for one in self._open(log) if self._is_own(one) and (one.reason, one.ticket) == about]
        if any(one.going is None for one in before):
            return
        said = {"desk": self._ground.name, "reason": command.reason.value, "at": self._at()}
        said |= {
            name: value for name, value in (("words", command.words), ("ticket", command.ticket)) if value
        }
        over = [Draft(Kind.HELP_GIVEN, one.id, {"at": self._at()}) for one in before]
        self._ground.write(log, [*over, Draft(Kind.HELP_ASKED, new_id(), said)], command.request)

    def give(self, command: GiveHelp) -> None:
        """Raises BadInput where the call is not open."""
        log = self._ground.log
        if all(one.id != command.call for one in self._open(log)):
            raise BadInput("This call is not open (any more).", "Somebody else may have seen to it.")
        self._give([command.call], command.request, command.word.strip(), going=command.going)

    def settle(self, command: SettleHelp) -> None:
        mine = [one for one in self._open(self._ground.log) if self._is_own(one)]
        self._give([one.id for one in mine if one.reason is command.reason], command.request)

    def list_calls(self, _command: ListHelp) -> None:
        self._tell(self._changed())

    def tell(self, _command: TellHelp) -> None:
        changed = self._changed()
        before = self._told
        if before is None or (changed.log, changed.calls) != (before.log, before.calls):
            self._tell(changed)

    def _tell(self, changed: HelpChanged) -> None:
        self._told = changed
        self._ground.hooks.help_changed(changed)

    def _changed(self) -> HelpChanged:
        """`new` are those that were not open when it was told last, of the same event."""
        log, before = self._ground.log, self._told
        calls = self._open(log)
        is_same = before is not None and before.log == log
        known = {one.id for one in before.calls} if before is not None and is_same else set()
        new = frozenset(one.id for one in calls if one.id not in known) if is_same else frozenset()
        return HelpChanged(log, calls, new)

    def _open(self, log: str) -> tuple[HelpCall, ...]:
        if not log:
            return ()
        with self._ground.store.reader() as reader:
            calls = reader.help_calls(log, self._ground.now())
        return tuple(one for one in calls if one.ended is None and not one.admitted)

    def _give(self, calls: list[str], request: str, word: str = "", *, going: bool = False) -> None:
        said: dict[str, Any] = {"at": self._at()} | ({"word": word} if word else {})
        said |= {"going": True} if going else {}
        if calls:
            drafts = [Draft(Kind.HELP_GIVEN, one, said) for one in calls]
            self._ground.write(self._ground.log, drafts, request)

    def _is_own(self, call: HelpCall) -> bool:
        return call.desk == self._ground.store.desk

    def _at(self) -> str:
        return moment_text(self._ground.now())

    # What may have changed the calls. Called on any thread.

    def _recorded(self, told: Recorded) -> None:
        if not CALLS.isdisjoint(told.kinds):
            self._post(TellHelp())
        elif not PASSES.isdisjoint(told.kinds):
            self._look_for_guests()

    def _given(self, given: Given) -> None:
        if given.admission:
            self._look_for_guests()

    def _admitted(self, _order: OrderAdmitted) -> None:
        self._look_for_guests()

    def _entered(self, entered: Entered) -> None:
        if entered.admission:
            self._look_for_guests()

    def _look_for_guests(self) -> None:
        told = self._told
        if told is not None and any(one.ticket for one in told.calls):
            self._post(TellHelp())
