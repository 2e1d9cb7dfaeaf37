"""The events of this desk: choose one to look at or change, set up another, stand at a door of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from eventdesk.desk.commands import OpenDemoEvent, ShowCatalogue
from eventdesk.desk.hooks import Recorded
from eventdesk.desk.listings import CatalogueShown, EventsListed
from eventdesk.domain.catalogue import Catalogue
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.look import PAGE_MARGIN, alone, button, card, fill, heading, note
from eventdesk.screens.widgets.basics import boxed, row

WIDE_PX = 980


class EventsPage(QWidget):
    """Keeps an editor an event, so that nothing typed is lost on the way to another page or event.

    `wizard_wanted` asks for the set-up.
    """

    wizard_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._asked = ""
        self._demo = ""
        self._editors: dict[str, EventEditor] = {}
        self._fresh: EventEditor | None = None
        self._build()
        self.event_choice.chosen.connect(self._chosen)
        bridge.catalogue_shown.connect(self._shown)
        bridge.events_listed.connect(self._listed)
        bridge.facts_recorded.connect(self._recorded)

    def editor(self) -> EventEditor | None:
        """The editor on show."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, EventEditor) else None

    def add(self) -> None:
        """Set up another event; one that was begun and not saved is shown again."""
        if self._fresh is None:
            self._fresh = EventEditor(self._bridge)
            self._fresh.saved.connect(self._first_saved)
            self.stack.addWidget(self._fresh)
        self.stack.setCurrentWidget(self._fresh)
        self._fresh.pages.about.name.setFocus()

    def open_demo(self) -> None:
        """Make the demo event where it is missing, and show it."""
        command = OpenDemoEvent()
        self._demo = command.request
        self._bridge.post(command)

    def _build(self) -> None:
        self.event_choice = EventChoice(self._bridge)
        self.add_button = button(tr("New event"), self.add, "", "add")
        self.wizard_button = button(tr("Set up step by step"), self.wizard_wanted.emit, "", "event")
        self.stack = QStackedWidget()
        self._nothing = self._first_steps()
        self.stack.addWidget(self._nothing)
        buttons = boxed(row(self.wizard_button, self.add_button, 1))
        self._top: QBoxLayout = row(self.event_choice, buttons)
        self._top.setStretch(0, 1)
        # Until there is room for both: a page is never made narrower than its parts ask for.
        self._top.setDirection(QBoxLayout.Direction.TopToBottom)
        whole = fill(self, margin=PAGE_MARGIN)
        whole.addLayout(self._top)
        whole.addWidget(self.stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= WIDE_PX
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)

    def _first_steps(self) -> QWidget:
        holder = QWidget()
        demo = button(tr("Open the demo event"), self.open_demo)
        words = tr("Set one up step by step, or look round in a made-up one.")
        fill(holder, card(heading(tr("No event yet")), note(words), alone(demo)), 1)
        return holder

    def _chosen(self, log: str) -> None:
        if log in self._editors:
            self.stack.setCurrentWidget(self._editors[log])
        elif log:
            self._ask(log)
        else:
            self.stack.setCurrentWidget(self._nothing)

    def _shown(self, shown: CatalogueShown) -> None:
        if shown.request != self._asked:
            return
        self._asked = ""
        log = shown.catalogue.event.id
        old = self._editors.get(log)
        is_known = old is not None and (old.stored, old.stored_setup) == (shown.catalogue, shown.till)
        if old is None or not (old.dirty or old.busy or is_known):
            editor = EventEditor(self._bridge, shown.catalogue, shown.layouts, shown.till)
            self._replace(old, editor, log)

    def _replace(self, old: EventEditor | None, editor: EventEditor, log: str) -> None:
        self._editors[log] = editor
        self.stack.addWidget(editor)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        if log == self.event_choice.log:
            self.stack.setCurrentWidget(editor)

    def _recorded(self, recorded: Recorded) -> None:
        """An import or another desk changed what is set up: show it, unless somebody is typing."""
        editor = self._editors.get(recorded.log)
        changed = any(kind.endswith("_defined") for kind in recorded.kinds)
        if changed and editor is not None and not editor.dirty and not editor.busy:
            self._ask(recorded.log)

    def _ask(self, log: str) -> None:
        command = ShowCatalogue(log)
        self._asked = command.request
        self._bridge.post(command)

    def _first_saved(self, catalogue: Catalogue) -> None:
        if self._fresh is not None:
            self._editors[catalogue.event.id], self._fresh = self._fresh, None
        self.event_choice.choose(catalogue.event.id)

    def _listed(self, listed: EventsListed) -> None:
        if self._demo and listed.request == self._demo:
            self._demo = ""
            self.event_choice.choose("demo")
