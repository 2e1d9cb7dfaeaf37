"""The first page: what this is, where to hold the code, and the languages."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from eventdesk import i18n
from eventdesk.desk.kiosk.commands import BeginVisit
from eventdesk.desk.kiosk.values import KioskState, Works
from eventdesk.domain.kiosk.setup import in_language
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage, Sides, sentence
from eventdesk.screens.kiosk.tongues import offered, own_name
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import boxed, column

MOST_ACROSS = 3


class WelcomePage(KioskPage):
    idles = False

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.camera = visit.eye.appear()
        self.camera.setMinimumSize(200, 112)
        sees = Works.CAMERA in state.works
        hint = tr("Hold the code of your ticket before the camera") if sees else ""
        picture = boxed(column(sentence(hint), self.camera))
        picture.setVisible(sees)
        self.start = BigButton(tr("Touch to begin"), icon="hand", kind="primary", pressed=self._begin)
        self.start.setProperty("kiosk", "start")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.start.setSizePolicy(policy)
        languages = self._languages()
        self.top = picture
        self.beside = Sides(boxed(column(self.start, languages, spacing=12)))
        self.whole.addWidget(self.beside, 1)

    def begin(self) -> None:
        self.start.setFocus()

    def title(self) -> str:
        said = in_language(self.state.setup.welcome, i18n.chosen())
        return said or tr("Welcome! Check in here and take your badge.")

    def _languages(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        choice = offered(self.state.setup.languages)
        self.tongues = {}
        for place, code in enumerate(choice):
            made = BigButton(own_name(code), icon="globe", pressed=partial(self._speak, code))
            self.tongues[code] = made
            grid.addWidget(made, place // MOST_ACROSS, place % MOST_ACROSS)
        holder.setVisible(len(choice) > 1)
        return holder

    def _begin(self) -> None:
        self.visit.ask(BeginVisit, language=i18n.chosen())

    def _speak(self, code: str) -> None:
        self.visit.ask(BeginVisit, language=code)
