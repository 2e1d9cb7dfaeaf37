"""Where a scanned code goes: to the open page, to the door, or to whoever is asked for a staff card."""

from PySide6.QtCore import QObject

from eventdesk.app.pages import CHECK_IN, SET_UP, Pages
from eventdesk.desk.commands import Source
from eventdesk.desk.hooks import CodeRead, Hooks
from eventdesk.desk.upstream.values import LineState
from eventdesk.desk.venue.commands import NoteScanner
from eventdesk.domain.staff import is_staff_card
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.scanner import Scanner
from eventdesk.screens.window import MainWindow

# A staff card that was out of sight for so long is shown anew.
CARD_AGAIN_S = 2.0


class Codes(QObject):
    """Lives on the GUI thread, but for what the camera has read."""

    def __init__(
        self,
        bridge: Bridge,
        hooks: Hooks,
        window: MainWindow,
        pages: Pages,
        scanner: Scanner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._window = window
        self._pages = pages
        self._camera_counts = True
        self._card = ("", 0.0)
        scanner.scanned.connect(self._scanned)
        window.page_shown.connect(self._page_shown)
        bridge.line_changed.connect(self._line_changed)
        hooks.code_read.connect(self._code_read)
        bridge.code_read.connect(self._code_tried)
        bridge.sighted.connect(pages.check_in.camera.show_sighted)

    def _scanned(self, code: str, seen_at: float) -> None:
        """A hand scanner works on every page; a verdict is worth nothing unseen."""
        self._bridge.post(NoteScanner())
        if is_staff_card(code):
            self._card_shown(code, seen_at)
            return
        if self._window.is_locked() or self._window.offer(code, seen_at):
            return
        if self._window.current_page() != SET_UP:
            self._window.show_page(CHECK_IN)
        self._window.scan(code, seen_at)

    def _line_changed(self, _state: LineState) -> None:
        """A locked desk admits nobody, by its camera neither."""
        self._page_shown(self._window.current_page())

    def _page_shown(self, key: str) -> None:
        self._camera_counts = key == CHECK_IN and not self._window.is_locked()

    def _code_read(self, read: CodeRead) -> None:
        """On the camera's thread, so that no painting stands before a ticket.

        The camera counts only where its picture is shown: nobody is admitted from another page.
        """
        if self._camera_counts and not is_staff_card(read.text):
            self._pages.check_in.scan(read.text, Source.CAMERA, read.seen_at)

    def _code_tried(self, read: CodeRead) -> None:
        """The set-up shows what the camera reads, an invitation joins; nobody is admitted by it."""
        if is_staff_card(read.text):
            self._card_shown(read.text, read.seen_at)
            return
        page = self._window.page(self._window.current_page())
        if (
            page in (self._pages.wizard, self._pages.desks, self._pages.pretix)
            and not self._window.is_locked()
        ):
            self._window.offer(read.text, read.seen_at)

    def _card_shown(self, code: str, seen_at: float) -> None:
        """Held up to a camera, a card is read again and again: once is enough."""
        before, self._card = self._card, (code, seen_at)
        if before[0] != code or seen_at - before[1] > CARD_AGAIN_S:
            self._window.take_card(code)
