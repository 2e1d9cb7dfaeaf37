"""The kiosk's window: shows what the engine tells, in the guest's language, and forgets them at the end."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from eventdesk import i18n
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.commands import CallStaff, OfVisit, SpeakLanguage
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk import look as looks
from eventdesk.screens.kiosk.frame import KioskFrame
from eventdesk.screens.kiosk.idle import IdleClock
from eventdesk.screens.kiosk.look import KioskLook
from eventdesk.screens.kiosk.pages import is_same_step, page_for
from eventdesk.screens.kiosk.sheets import KioskSheet, LanguageSheet, StaffSheet, StillThere
from eventdesk.screens.kiosk.tongues import offered
from eventdesk.screens.kiosk.visit import Visit

AT_REST = frozenset({Page.WELCOME, Page.CLOSED})
NOTE_MS = 8000
# Whoever opened the staff's sheet by mistake has gone away.
STAFF_S = 30


class KioskWindow(QWidget):
    """`left` when staff has opened the kiosk by PIN or card. `language`: the kiosk's own."""

    left = Signal()

    def __init__(self, app: QApplication, bridge: Bridge, language: str, dark: bool = False) -> None:
        super().__init__()
        self._app, self._bridge = app, bridge
        self._own = self.language = language
        self._look = KioskLook(dark)
        self._dark = dark
        self._dressed: tuple[KioskLook, str] | None = None
        self._may_close = False
        self._lowered = False
        self.setWindowTitle("EventDesk")
        self.visit = Visit(bridge)
        self.idle = IdleClock()
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # A page that wants more than the screen must not push the window over its edge: it scrolls.
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self._stack)
        self.sheet: KioskSheet | None = None
        self.frame: KioskFrame | None = None
        self._note = QTimer(self)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_MS)
        self._note.timeout.connect(lambda: self._frame().quiet.note(""))
        self._connect()
        self.speak(language)

    def _connect(self) -> None:
        self._bridge.kiosk_changed.connect(self.show_state)
        self._bridge.trouble_told.connect(self._troubled)
        self._app.focusChanged.connect(self._focus_changed)
        self.visit.acted.connect(self.touch)
        self.idle.asks.connect(self._ask)
        self.idle.stayed.connect(self.take_away)
        self.idle.gone.connect(self._gone)

    # What is shown

    def show_state(self, state: KioskState) -> None:
        before = self.visit.state
        self.visit.state = state
        if state.page in AT_REST and before.page not in AT_REST:
            self._forget()
        elif state.language and state.language != self.language:
            self.speak(state.language)
            return
        frame = self._frame()
        if frame.page is not None and is_same_step(before, state):
            frame.page.show_state(state)
            frame.show_state(state)
        else:
            self._show_page()
        self._watch()

    def speak(self, language: str) -> None:
        """Everything anew in this language, from right to left where it is written so."""
        self.language = language
        i18n.load(language)
        self._dress()
        old = self.frame
        if old is not None:
            self._drop_page()
        self.frame = frame = KioskFrame(language)
        frame.foot.when(
            over=self.visit.end,
            staff=lambda: self.visit.ask(CallStaff),
            language=self._choose_language,
            large=lambda: self._wish(large=frame.foot.large.isChecked()),
            contrast=lambda: self._wish(contrast=frame.foot.contrast.isChecked()),
            lowered=lambda: self._lower(frame.foot.lowered.isChecked()),
        )
        frame.foot.large.setChecked(self._look.large)
        frame.foot.contrast.setChecked(self._look.contrast)
        frame.foot.lowered.setChecked(self._lowered)
        frame.set_lowered(self._lowered)
        self._stack.insertWidget(0, frame)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        if self.sheet is None:
            self._stack.setCurrentWidget(frame)
        self._show_page()

    def _frame(self) -> KioskFrame:
        assert self.frame is not None
        return self.frame

    def _show_page(self) -> None:
        self._drop_page()
        page = page_for(self.visit, self.visit.state)
        self._frame().show_page(page, self.visit.state)
        page.show()
        page.begin()

    def _drop_page(self) -> None:
        """The page goes with all that it holds; the camera's picture stays for the next."""
        page = self._frame().take_out() if self.frame is not None else None
        if page is not None:
            self.visit.eye.hide()
            self.visit.eye.setParent(self)
            page.hide()
            page.setParent(None)
            page.deleteLater()

    def _forget(self) -> None:
        """Nothing of a guest stays: no text, picture, clipboard, language or size of theirs."""
        self.take_away()
        self._drop_page()
        self.visit.eye.forget()
        clipboard = QGuiApplication.clipboard()
        clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._look = KioskLook(self._dark)
        self._lowered = False
        self._frame().quiet.note("")
        self.speak(self._own)

    # What the guest wishes of the screen

    def _wish(self, large: bool | None = None, contrast: bool | None = None) -> None:
        look = self._look
        self._look = KioskLook(
            look.dark,
            look.contrast if contrast is None else contrast,
            look.large if large is None else large,
        )
        self._dress()
        self._watch()

    def _lower(self, on: bool) -> None:
        self._lowered = on
        self._frame().set_lowered(on)
        self._watch()

    def _dress(self) -> None:
        self._look = looks.of_screen(self._look, self.size())
        if (self._look, self.language) != self._dressed:
            self._dressed = (self._look, self.language)
            looks.dress(self._app, self._look, self.language)

    def look_now(self) -> KioskLook:
        return self._look

    def _choose_language(self) -> None:
        sheet = LanguageSheet(offered(self.visit.state.setup.languages))
        sheet.chosen.connect(self._language_chosen)
        self._lay_over(sheet)

    def _language_chosen(self, language: str) -> None:
        self.visit.ask(SpeakLanguage, language=language)
        self.speak(language)

    def tell(self, words: str) -> None:
        """For a moment, in the quiet line."""
        self._frame().quiet.note(words)
        self._note.start()

    def _troubled(self, trouble: Trouble) -> None:
        """A fault of what the guest wanted; its own words are for staff, and stand in the log."""
        kinds = tuple(one for one in vars(commands).values() if isinstance(one, type))
        if trouble.command in kinds and issubclass(trouble.command, OfVisit):
            self.tell(tr("That did not work. Please try once more, or call staff."))

    # What lies over the page

    def _lay_over(self, sheet: KioskSheet) -> None:
        self.take_away()
        self.sheet = sheet
        sheet.done.connect(self._sheet_done)
        self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)
        sheet.setFocus()

    def _sheet_done(self) -> None:
        self.take_away()
        self.idle.touch()

    def take_away(self) -> None:
        """The sheet that lies over the page, if any."""
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            self._stack.setCurrentWidget(self._frame())
            self._stack.removeWidget(sheet)
            sheet.hide()
            sheet.setParent(None)
            sheet.deleteLater()
            self._watch()

    def open_staff(self) -> StaffSheet:
        """The hidden gesture was made, or a staff card shown."""
        if isinstance(self.sheet, StaffSheet):
            return self.sheet
        sheet = StaffSheet(self._bridge)
        sheet.entered.connect(self._leave)
        self._lay_over(sheet)
        self.idle.run(STAFF_S)
        sheet.pad.setFocus()
        return sheet

    def take_card(self, code: str) -> None:
        """A staff card is as good as a PIN."""
        self.open_staff().pad.take_card(code)

    def _leave(self) -> None:
        """By whom staff trusts: the guest's visit ends first."""
        if self.visit.state.page not in AT_REST:
            self.visit.end()
        self._bridge.post(commands.CloseKiosk())
        self.left.emit()

    # Whether somebody is there

    def touch(self) -> None:
        if not isinstance(self.sheet, StillThere):
            self.idle.touch()

    def _watch(self) -> None:
        page = self._frame().page
        watched = page is not None and (page.idles or self._is_changed())
        if not isinstance(self.sheet, StaffSheet):
            self.idle.run(self.visit.state.setup.idle if watched else 0)

    def _is_changed(self) -> bool:
        """On the welcome page: somebody changed how it looks, and went."""
        resting = self.visit.state.page in AT_REST
        return resting and (self._look.large or self._look.contrast or self._lowered)

    def _ask(self, seconds: int) -> None:
        if self.visit.state.page in AT_REST or isinstance(self.sheet, StaffSheet):
            return
        if not isinstance(self.sheet, StillThere):
            sheet = StillThere()
            sheet.over.connect(self.visit.end)
            self._lay_over(sheet)
            sheet.stay.setFocus()
        if isinstance(self.sheet, StillThere):
            self.sheet.show_seconds(seconds)

    def _gone(self) -> None:
        if isinstance(self.sheet, StaffSheet):
            self.take_away()
        elif self.visit.state.page in AT_REST:
            self._forget()
            self._watch()
        else:
            self.visit.end(idle=True)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.frame is not None and self.sheet is None:
            self.frame.focus_came(new)

    # The window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def close_for_good(self) -> None:
        self._may_close = True
        self.idle.run(0)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 and whatever else would close a window do not."""
        if not self._may_close:
            event.ignore()
            return
        super().closeEvent(event)
