"""The page of badge layouts: those of an event, and the one that is being drawn."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from eventdesk.desk.commands import RecordFacts, ShowCatalogue
from eventdesk.desk.design.commands import FindSamples, ShowLayouts
from eventdesk.desk.design.drafts import layout_removal
from eventdesk.desk.design.values import LayoutsShown, SampleBadge, SamplesFound
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.listings import CatalogueShown
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.designer.library import Entry, Library
from eventdesk.screens.designer.offers import Offers, offers_of
from eventdesk.screens.designer.work import Work
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.look import PAGE_MARGIN, fill, say
from eventdesk.screens.words import told

# "save", "discard" or "stay".
AskClose = Callable[[QWidget], str]


def ask_close(parent: QWidget) -> str:
    """What is to become of a layout that is not saved, as the window is closed."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(tr("A badge layout has changes that are not saved."))
    save = box.addButton(tr("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(tr("Stay here"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.exec()
    clicked = box.clickedButton()
    return "save" if clicked is save else "discard" if clicked is discard else "stay"


class DesignerPage(QWidget):
    ask_close: AskClose = staticmethod(ask_close)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._layouts: Mapping[str, Mapping[str, Any]] = {}
        self._catalogue: CatalogueShown | None = None
        self._samples: list[SampleBadge] = []
        self._asked: dict[type, str] = {}
        self._removing = ""
        self.work: Work | None = None
        self.event_choice = EventChoice(bridge)
        self.library = Library()
        self._first = QWidget()
        fill(self._first, self.event_choice, self.library, margin=PAGE_MARGIN).setStretch(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._first)
        self._whole: QVBoxLayout = fill(self, self.stack)
        self._connect()

    def may_close(self) -> bool:
        """Asks where something is not saved; false: the window stays open."""
        if self.work is None:
            return True
        self.work.take_typed()
        if not self.work.dirty:
            return True
        choice = self.ask_close(self.window())
        return choice == "discard" or (choice == "save" and self.work.save())

    def _connect(self) -> None:
        self.event_choice.chosen.connect(self._use)
        self.library.opened.connect(lambda entry: self._open(entry.id, entry.data, kept=True, own=entry.own))
        self.library.begun.connect(lambda data: self._open(uuid4().hex, data, kept=False))
        self.library.removed.connect(self._remove)
        self._bridge.layouts_shown.connect(self._shown)
        self._bridge.catalogue_shown.connect(self._catalogue_shown)
        self._bridge.samples_found.connect(self._samples_found)
        self._bridge.facts_recorded.connect(self._recorded)
        self._bridge.trouble_told.connect(self._troubled)
        self.library.setEnabled(False)

    def _use(self, log: str) -> None:
        self.library.setEnabled(bool(log))
        if log:
            self._ask(ShowLayouts(log))
            self._ask(ShowCatalogue(log))

    def _ask(self, command: Any) -> None:
        self._asked[type(command)] = command.request
        self._bridge.post(command)

    def _shown(self, shown: LayoutsShown) -> None:
        if shown.request != self._asked.get(ShowLayouts):
            return
        self._layouts = shown.layouts
        self.library.show_layouts(shown.layouts)
        work = self.work
        if work is not None and work.log == shown.log and work.id in shown.layouts:
            work.stored_elsewhere(shown.layouts[work.id])

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        if shown.request == self._asked.get(ShowCatalogue):
            self._catalogue = shown
            self._offer()

    def _samples_found(self, found: SamplesFound) -> None:
        if found.request == self._asked.get(FindSamples):
            self._samples = list(found.samples)
            self._offer()

    def _offer(self) -> None:
        shown, samples = self._catalogue, self._samples
        if self.work is not None and shown is not None and shown.catalogue.event.id == self.work.log:
            self.work.editor.offer(shown.catalogue.event.name, offers_of(shown.catalogue), samples)
        elif self.work is not None:
            self.work.editor.offer("", Offers(), samples)

    def _open(self, id_: str, data: Mapping[str, Any], *, kept: bool, own: bool = True) -> None:
        log = self.event_choice.log
        self.work = Work(self._bridge, log, id_, data, kept=kept, own=own)
        self.work.setContentsMargins(10, 8, 10, 6)
        self.work.left.connect(self._close)
        self.stack.addWidget(self.work)
        self.stack.setCurrentWidget(self.work)
        self._samples = []
        self._offer()
        self._ask(FindSamples(log))
        self.work.editor.canvas.setFocus()

    def _close(self) -> None:
        work, self.work = self.work, None
        if work is None:
            return
        self.stack.setCurrentWidget(self._first)
        self.stack.removeWidget(work)
        work.deleteLater()
        self._ask(ShowLayouts(self.event_choice.log))
        self.library.list.setFocus()

    def _remove(self, entry: Entry) -> None:
        command = RecordFacts(self.event_choice.log, (layout_removal(entry.id, entry.data),))
        self._removing = command.request
        self._bridge.post(command)

    def _recorded(self, recorded: Recorded) -> None:
        """Also what other desks have set up."""
        log = self.work.log if self.work is not None else self.event_choice.log
        if recorded.log == log and Kind.LAYOUT_DEFINED in recorded.kinds:
            self._ask(ShowLayouts(log))
        changed = any(kind.endswith("_defined") for kind in recorded.kinds)
        if recorded.log == log and changed:
            self._ask(ShowCatalogue(log))

    def _troubled(self, trouble: Trouble) -> None:
        if self._removing and trouble.request == self._removing:
            self._removing = ""
            say(self.library.told, told(trouble), "bad")
