"""The guest's picture: the camera's own, three, two, one, and again as often as they like."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from eventdesk.desk.kiosk.commands import TakePhoto
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.domain.kiosk.setup import Photo
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.photo_view import TakenView, jpeg, portrait
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.widgets.message_bar import announce

COUNT = 3
SECOND_MS = 1000


class PhotoPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.camera = visit.eye.appear()
        self.taken = TakenView()
        self.views = QStackedWidget()
        self.views.addWidget(self.camera)
        self.views.addWidget(self.taken)
        self.count = BigText(3.0)
        self.count.hide()
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        self.take = BigButton(tr("Take the picture"), icon="camera", kind="primary", pressed=self._start)
        self.again = BigButton(tr("Again"), icon="undo", pressed=self._again)
        self.keep = BigButton(tr("Keep this one"), icon="check", kind="primary", pressed=self._keep)
        self.without = BigButton(tr("Without a picture"), icon="close", pressed=self._without)
        self.whole.addWidget(self.views, 1)
        self.whole.addWidget(self.count)
        self.whole.addWidget(self.told)
        self.add_actions(self.without, self.again, self.take, self.keep)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._show()

    def title(self) -> str:
        return tr("A picture for your badge")

    def _start(self) -> None:
        self._left = COUNT
        self._say("")
        self._timer.start()
        self._show()

    def _tick(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._timer.stop()
            frame = self.camera.frame()
            if frame is None:
                self._say(tr("The camera gives no picture just now. Try again, or call staff."))
            else:
                self.taken.show_picture(portrait(frame))
        self._show()

    def _again(self) -> None:
        self.taken.show_picture(None)
        self._show()

    def _keep(self) -> None:
        picture = self.taken.picture()
        guest = self.guest()
        if picture is not None and guest is not None:
            self.visit.ask(TakePhoto, ticket=guest.ticket, jpeg=jpeg(picture))

    def _without(self) -> None:
        guest = self.guest()
        self.visit.ask(TakePhoto, ticket=guest.ticket if guest else "")

    def _show(self) -> None:
        counting, has = bool(self._left), self.taken.picture() is not None
        self.views.setCurrentWidget(self.taken if has else self.camera)
        self.count.setVisible(counting)
        self.count.show_text(str(self._left) if counting else "")
        if counting:
            announce(self.count, str(self._left))
        self.take.setVisible(not has)
        self.take.setEnabled(not counting)
        self.again.setVisible(has)
        self.keep.setVisible(has)
        self.without.setVisible(self.state.setup.photo is not Photo.REQUIRED and not has)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
