"""All about badges on paper: what is printed, waves, printers."""

from PySide6.QtWidgets import QWidget

from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.jobs_page import JobsPage
from eventdesk.screens.manage.look import PAGE_MARGIN, fill, tabs
from eventdesk.screens.printing.printers_page import PrintersPage
from eventdesk.screens.printing.waves_page import WavesPage


class PrintingPage(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.jobs = JobsPage(bridge)
        self.waves = WavesPage(bridge)
        self.printers = PrintersPage(bridge)
        self.event_choice = EventChoice(bridge)
        self.tabs = tabs(tr("Parts of this page"))
        for page, words in (
            (self.jobs, tr("Print queue")),
            (self.waves, tr("Waves")),
            (self.printers, tr("Printers")),
        ):
            self.tabs.addTab(_inset(page), words)
        for part in (self.waves, self.printers):
            self.event_choice.chosen.connect(part.use_log)
        # The queue holds the badges of all events.
        self.tabs.currentChanged.connect(lambda index: self.event_choice.setVisible(index > 0))
        fill(self, self.event_choice, self.tabs, margin=PAGE_MARGIN)
        self.event_choice.hide()


def _inset(page: QWidget) -> QWidget:
    holder = QWidget()
    fill(holder, page).setContentsMargins(0, 12, 0, 0)
    return holder
