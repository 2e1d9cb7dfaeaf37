"""The event editor: everything an organizer sets up, in tabs; written as facts by one press of Save."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import RecordFacts
from eventdesk.desk.drafts import drafts_between
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.till.drafts import setup_drafts_between
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.till.setup import TillSetup
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.event_pages import EventPages, fresh_catalogue
from eventdesk.screens.manage.items import ItemsPage
from eventdesk.screens.manage.look import button, fill, note, say, scrolled, tabs
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import told


class EventEditor(QWidget):
    """Edits `catalogue`, or sets up a new event where it is None. `saved` tells the catalogue written."""

    saved = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        catalogue: Catalogue | None = None,
        layouts: Mapping[str, str] = MappingProxyType({}),
        setup: TillSetup | None = None,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._stored = catalogue
        self._setup = setup or TillSetup()
        self._waiting = ""
        self._sent: tuple[Catalogue, TillSetup] | None = None
        self.pages = EventPages(catalogue or fresh_catalogue(), layouts, setup)
        self._build()
        self._count()
        self.pages.changed.connect(self._edited)
        bridge.facts_recorded.connect(self._recorded)
        bridge.trouble_told.connect(self._troubled)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not written yet."""
        return self.save_button.isEnabled()

    @property
    def busy(self) -> bool:
        """Whether a save is on its way."""
        return bool(self._waiting)

    @property
    def stored(self) -> Catalogue | None:
        """What is written, as far as this editor knows."""
        return self._stored

    @property
    def stored_setup(self) -> TillSetup:
        """The same of the till."""
        return self._setup

    def save(self) -> None:
        """Write what changed; where an entry is wrong, go to it instead."""
        catalogue, setup = self.pages.read(), self.pages.till.read()
        if catalogue is None or setup is None:
            say(self.told, tr("Some entries need a look."), "bad")
            self._go_to_mistake()
            return
        log = catalogue.event.id
        drafts = drafts_between(self._stored, catalogue) + setup_drafts_between(log, self._setup, setup)
        if not drafts:
            self._written(catalogue, setup)
            return
        command = RecordFacts(log, tuple(drafts))
        self._waiting, self._sent = command.request, (catalogue, setup)
        self.save_button.setEnabled(False)
        say(self.told, tr("Saving ..."))
        self._bridge.post(command)

    def _build(self) -> None:
        self.tabs = tabs(tr("Parts of the event"))
        self.tabs.addTab(scrolled(self.pages.about), tr("Event"))
        for page, words in self._item_pages():
            self.tabs.addTab(page, words)
        self.tabs.currentChanged.connect(lambda _index: self.pages.offer())
        self.told = note()
        self.save_button = button(tr("Save"), self.save, "primary", "check")
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.setEnabled(self._stored is None)
        foot = row(self.told, self.save_button)
        foot.setStretch(0, 1)
        fill(self, self.tabs).addLayout(foot)
        self.pages.about.name.setFocus()

    def _item_pages(self) -> list[tuple[QWidget, str]]:
        pages = self.pages
        return [
            (pages.products, tr("Products")),
            (pages.lists, tr("Check-in lists")),
            (pages.sessions, tr("Sessions")),
            (pages.questions, tr("Questions")),
            (pages.gates, tr("Gates")),
            (pages.till, tr("Till")),
        ]

    def _edited(self) -> None:
        self.save_button.setEnabled(not self._waiting)
        say(self.told, tr("Not saved yet."))
        self._count()

    def _count(self) -> None:
        """How many there are of each, on the tabs."""
        for index, (page, words) in enumerate(self._item_pages(), start=1):
            if isinstance(page, ItemsPage):
                number = len(page.names())
                self.tabs.setTabText(index, f"{words} ({number})" if number else words)

    def _go_to_mistake(self) -> None:
        field = self.pages.about.first_mistake()
        if field is not None:
            self.tabs.setCurrentIndex(0)
            field.setFocus()
            return
        for index, (page, _words) in enumerate(self._item_pages(), start=1):
            if isinstance(page, ItemsPage) and page.has_mistake():
                self.tabs.setCurrentIndex(index)
                page.show_first_mistake()
                return
        if self.pages.till.show_first_mistake():
            self.tabs.setCurrentWidget(self.pages.till)

    def _recorded(self, recorded: Recorded) -> None:
        if recorded.request == self._waiting and self._sent is not None:
            self._waiting = ""
            self._written(*self._sent)

    def _written(self, catalogue: Catalogue, setup: TillSetup) -> None:
        self._stored, self._setup = catalogue, setup
        self.save_button.setEnabled(False)
        say(self.told, tr("Saved."), "good")
        self.saved.emit(catalogue)

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._waiting:
            self._waiting = ""
            self.save_button.setEnabled(True)
            say(self.told, told(trouble), "bad")
