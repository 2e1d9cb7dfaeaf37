"""Everything about the guests of one event: the list, files in, files out."""

from PySide6.QtWidgets import QWidget

from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.export_page import ExportPage
from eventdesk.screens.manage.guest_list import GuestList
from eventdesk.screens.manage.import_page import ImportPage
from eventdesk.screens.manage.look import PAGE_MARGIN, fill, tabs


class GuestsPage(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.event_choice = EventChoice(bridge)
        self.list = GuestList(bridge)
        self.importing = ImportPage(bridge)
        self.exporting = ExportPage(bridge)
        self.tabs = tabs(tr("Parts of this page"))
        for page, words in (
            (self.list, tr("List")),
            (self.importing, tr("Import")),
            (self.exporting, tr("Export")),
        ):
            self.tabs.addTab(_inset(page), words)
            self.event_choice.chosen.connect(page.use_log)
        fill(self, self.event_choice, self.tabs, margin=PAGE_MARGIN)


def _inset(page: QWidget) -> QWidget:
    holder = QWidget()
    fill(holder, page).setContentsMargins(0, 12, 0, 0)
    return holder
