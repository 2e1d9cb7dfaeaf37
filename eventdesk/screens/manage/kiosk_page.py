"""The kiosks of an event, for organizers: how they work, and what guests sign there."""

from collections.abc import Mapping
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import Command, ShowCatalogue
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.kiosk.commands import DefineDocument, DefineKiosk, ShowKioskSetup
from eventdesk.desk.kiosk.values import KioskSetupShown
from eventdesk.desk.listings import CatalogueShown
from eventdesk.domain.kiosk.setup import Document, KioskSetup
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.document_form import DocumentForm
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.items import ItemsPage, Words
from eventdesk.screens.manage.kiosk_form import KioskForm
from eventdesk.screens.manage.look import PAGE_MARGIN, button, fill, note, say, scrolled, tabs
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import told


class KioskPage(QWidget):
    """Shows the event chosen; what was typed stays until it is saved, or another event is chosen."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = ""
        self._products: list[tuple[str, str]] = []
        self._documents: Mapping[str, Document] = {}
        self._asked = ""
        self._waiting: set[str] = set()
        self.form: KioskForm | None = None
        self.documents: ItemsPage[Document] | None = None
        self._build()
        self.event_choice.chosen.connect(self.use_log)
        bridge.catalogue_shown.connect(self._catalogue_shown)
        bridge.kiosk_setup_shown.connect(self._setup_shown)
        bridge.trouble_told.connect(self._troubled)

    def use_log(self, log: str) -> None:
        self._log = log
        if log:
            self._asked = ShowCatalogue(log).request
            self._bridge.post(ShowCatalogue(log, request=self._asked))

    def save(self) -> None:
        """Write what is entered; where an entry is wrong, go to it instead."""
        if self.form is None or self.documents is None:
            return
        members, documents = self.form.read(), self.documents.read()
        if members is None or documents is None:
            say(self.told, tr("Some entries need a look."), "bad")
            self._go_to_mistake(in_form=members is None)
            return
        wishes: list[Command] = [DefineKiosk(self._log, members)]
        for id_, document in documents.items():
            if self._documents.get(id_) != document:
                wishes.append(DefineDocument(self._log, id_, _members(document)))
        for id_, document in self._documents.items():
            if id_ not in documents:
                wishes.append(DefineDocument(self._log, id_, {**_members(document), "removed": True}))
        self._waiting = {one.request for one in wishes}
        self.save_button.setEnabled(False)
        say(self.told, tr("Saving ..."))
        for one in wishes:
            self._bridge.post(one)

    def _build(self) -> None:
        self.event_choice = EventChoice(self._bridge)
        self.tabs = tabs(tr("Parts of the kiosk"))
        self.told = note()
        self.save_button = button(tr("Save"), self.save, "primary", "check")
        self.save_button.setEnabled(False)
        foot = row(self.told, 1, self.save_button)
        whole = fill(self, self.event_choice, margin=PAGE_MARGIN)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(foot)

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        if shown.request == self._asked:
            self._asked = ""
            self._products = [(one.id, one.name) for one in shown.catalogue.products.values() if one.ticket]
            self._bridge.post(ShowKioskSetup(self._log))

    def _setup_shown(self, shown: KioskSetupShown) -> None:
        if shown.log != self._log:
            return
        if self._waiting:
            self._waiting.discard(shown.request)
            if self._waiting:
                return
            self._documents = {one.id: one for one in shown.documents}
            say(self.told, "✓ " + tr("Saved."), "good")
            return
        self._show(shown)

    def _show(self, shown: KioskSetupShown) -> None:
        while (old := self.tabs.widget(0)) is not None:
            self.tabs.removeTab(0)
            old.deleteLater()
        self._documents = {one.id: one for one in shown.documents}
        self.form = KioskForm(shown.setup or KioskSetup(), self._products)
        self.documents = ItemsPage(document_words(), shown.documents, self._document_form, _fresh)
        self.tabs.addTab(scrolled(self.form), tr("Kiosk"))
        self.tabs.addTab(self.documents, tr("Documents to sign"))
        for part in (self.form, self.documents):
            part.changed.connect(self._edited)
        is_new = shown.setup is None
        self.save_button.setEnabled(is_new)
        say(self.told, tr("No kiosk is set up for this event yet.") if is_new else "")

    def _document_form(self, document: Document) -> DocumentForm:
        return DocumentForm(document, self._products)

    def _edited(self) -> None:
        self.save_button.setEnabled(True)
        say(self.told, tr("Not saved yet."))

    def _go_to_mistake(self, *, in_form: bool) -> None:
        self.tabs.setCurrentIndex(0 if in_form else 1)
        if not in_form and self.documents is not None:
            self.documents.show_first_mistake()
        elif self.form is not None and (field := self.form.first_mistake()) is not None:
            field.setFocus()

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request in self._waiting:
            self._waiting.clear()
            self.save_button.setEnabled(True)
            say(self.told, told(trouble), "bad")


def document_words() -> Words:
    return Words(
        things=tr("Documents to sign"),
        add=tr("Add a document"),
        unnamed=tr("New document"),
        empty=tr("Guests sign nothing at the kiosk."),
    )


def _fresh() -> Document:
    return Document(uuid4().hex, "", {})


def _members(document: Document) -> dict[str, object]:
    return {
        "name": document.name,
        "text": dict(document.text),
        "products": sorted(document.products),
        "required": document.required,
        "drawn": document.drawn,
        "removed": False,
    }
