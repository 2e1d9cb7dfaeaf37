"""First step of the set-up: a new event, one that is here already, or the demo event."""

from PySide6.QtCore import Signal

from eventdesk.desk.commands import ListEvents, OpenDemoEvent, RecordFacts
from eventdesk.desk.demo import LOG as DEMO_LOG
from eventdesk.desk.drafts import drafts_between
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.listings import EventsListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.dated import EventForm
from eventdesk.screens.manage.entries import ChoiceField
from eventdesk.screens.manage.event_pages import fresh_catalogue
from eventdesk.screens.manage.look import fill, note, say, scrolled
from eventdesk.screens.manage.wizard_step import Step
from eventdesk.screens.words import told

NEW, DEMO, JOIN, PRETIX = "new", "demo", "join", "pretix"


class EventStep(Step):
    """`log` is the event chosen, once the step was passed. `listed` tells the ids of those that are here.

    `joining_wanted`: other desks have it, `pretix_wanted`: pretix does."""

    listed = Signal(object)
    joining_wanted = Signal()
    pretix_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, tr("Event"), tr("Which event is this desk for?"))
        self.log = ""
        self._asked = ""
        self._written = False
        self._catalogue = fresh_catalogue()
        self.choice = ChoiceField(tr("This desk is for"), _choices([]))
        self.form = EventForm(self._catalogue.event)
        self.told = note()
        self.told.hide()
        self._area = scrolled(self.form)
        column = fill(self, self.choice, self._area, self.told)
        column.addStretch()
        column.setStretch(1, 1000)
        self.setFocusProxy(self.form.name.line)
        self.choice.changed.connect(self._chosen)
        self.form.changed.connect(self._edited)
        bridge.events_listed.connect(self._listed)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)

    def enter(self, _log: str) -> None:
        self.bridge.post(ListEvents())
        self._chosen()

    def go_on(self) -> None:
        chosen = self.choice.value()
        if chosen == NEW:
            self._write()
        elif chosen == JOIN:
            self.joining_wanted.emit()
        elif chosen == PRETIX:
            self.pretix_wanted.emit()
        elif chosen == DEMO:
            command = OpenDemoEvent()
            self._asked = command.request
            self.bridge.post(command)
        else:
            self._pass(chosen)

    def _write(self) -> None:
        """Write the new event with what most events start with: one product, one list."""
        event = self.form.read()
        if event is None:
            field = self.form.first_mistake()
            if field is not None:
                field.setFocus()
            return
        whole = type(self._catalogue)(event, {}, self._catalogue.products, self._catalogue.lists)
        drafts = drafts_between(self._catalogue if self._written else None, whole)
        if not drafts:
            self._pass(event.id)
            return
        command = RecordFacts(event.id, tuple(drafts))
        self._asked, self._catalogue = command.request, whole
        self.bridge.post(command)

    def _chosen(self) -> None:
        self._area.setVisible(self.choice.value() == NEW)

    def _edited(self) -> None:
        say(self.told, "")

    def _listed(self, listed: EventsListed) -> None:
        known = [(event.id, event.name) for event in listed.events if event.id != self._catalogue.event.id]
        chosen = self.choice.value()
        self.choice.offer(_choices([one for one in known if one[0] != DEMO_LOG]))
        self.choice.put(known[0][0] if known and self._untouched(chosen) else chosen)
        self._chosen()
        self.listed.emit([id_ for id_, _name in known])
        if self._asked and listed.request == self._asked:
            self._pass(DEMO_LOG)

    def _untouched(self, chosen: str) -> bool:
        """Nobody has begun a new event here: one that came with other desks is meant."""
        return chosen in (NEW, JOIN, PRETIX) and not self._written and not self.form.name.line.text().strip()

    def _recorded(self, recorded: Recorded) -> None:
        if self._asked and recorded.request == self._asked:
            self._written = True
            self._pass(recorded.log)

    def _pass(self, log: str) -> None:
        self._asked, self.log = "", log
        self.passed.emit()

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            say(self.told, told(trouble), "bad")


def _choices(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (NEW, tr("A new event")),
        *known,
        (JOIN, tr("An event of other desks: join them")),
        (PRETIX, tr("I sell with pretix: fetch the event from there")),
        (DEMO, tr("The demo event, to look round")),
    ]
