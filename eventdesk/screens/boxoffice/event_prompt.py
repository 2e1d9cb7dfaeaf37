"""For which event this till sells."""

from functools import partial

from eventdesk.desk.commands import ListEvents
from eventdesk.desk.listings import EventsListed
from eventdesk.desk.till.commands import OpenTill
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.choice_sheet import Choice
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.words import joined


class EventPrompt:
    def __init__(self, state: TillState, work: Work) -> None:
        self._state = state
        self._work = work
        self._request = ""

    def ask(self) -> None:
        self._request = self._state.post(ListEvents())

    def events_listed(self, listed: EventsListed) -> None:
        if listed.request != self._request:
            return
        events = sorted(listed.events, key=lambda one: one.begins, reverse=True)
        choices = [
            Choice(
                joined(one.name, one.begins.astimezone(one.zone).strftime("%Y-%m-%d"), one.currency),
                partial(self._open, one.id),
            )
            for one in events
        ]
        told = "" if choices else tr("There is no event at this desk yet: the page Set-up makes one.")
        self._work.open_sheet(self._work.choice)
        self._work.choice.ask(tr("For which event does this till sell?"), choices, told, columns=1)

    def _open(self, log: str) -> None:
        self._work.close_sheet()
        self._state.post(OpenTill(log))
