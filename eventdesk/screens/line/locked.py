"""What stands in the window's place while nobody may see guests: locked for a time, or shut out for good."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.commands import ShowLine, TryNow
from eventdesk.desk.upstream.values import LineState
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.line.words import utc_now
from eventdesk.screens.manage.look import button, card, note, say
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import number

WIDTH = 380
SIGN_LINES = 3


class LockScreen(QWidget):
    """A PIN, or contact with the others, opens the desk again."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._zone: tzinfo | None = None
        self.words = note(tone="")
        self.waiting = note()
        self.pad = PinPad(bridge)
        self.try_button = button(tr("Look for the others now"), self._try, "", "network")
        texts = [
            _Sign("lock"),
            label(tr("This desk is locked"), "title", wrap=True),
            self.words,
            self.waiting,
        ]
        _side_by_side(self, texts, [self.pad, self.try_button])
        self.setFocusProxy(self.pad)
        bridge.door_chosen.connect(self._door_chosen)

    def show_state(self, state: LineState) -> None:
        self.words.setText(self._reason(state))
        say(self.waiting, _kept(state))

    def _reason(self, state: LineState) -> str:
        if state.shut:
            who = tr("A supervisor has locked this desk.")
            return f"{who} {tr('A supervisor opens it again, or logs on here.')}"
        since = _moment(state.heard_at, self._zone)
        reason = (
            tr("It has had no contact with the others since {time}.", time=since)
            if since
            else tr("It has had no contact with the others for too long.")
        )
        return f"{reason} {tr('Enter your PIN, or bring the desk back to its network.')}"

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pad.clear()
        self.pad.setFocus()

    def _try(self) -> None:
        self._bridge.post(TryNow())
        self._bridge.post(ShowLine())

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone


class RevokedScreen(QWidget):
    """The end of a desk's work for its event; nothing can be done here but to know and to export."""

    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = note(tone="")
        self.words.setText(
            tr(
                "A person in charge has shut this desk out of its event. The guests' data "
                "has been removed from it, and nobody can be admitted here any more."
            )
        )
        self.todo = note(tone="")
        self.todo.setText(
            tr(
                "To use this computer again, ask the organizer for a new invitation, close EventDesk and "
                "start it anew. Otherwise hand the computer to the organizer."
            )
        )
        self.waiting = note()
        self.export_button = button(
            tr("Save what was not sent to a file"), self.export_wanted.emit, "", "export"
        )
        title = label(tr("This desk was shut out"), "title", wrap=True)
        texts = [_Sign("cross"), title, self.words, self.todo, self.waiting, self.export_button]
        _side_by_side(self, texts, [])

    def show_state(self, state: LineState) -> None:
        say(self.waiting, _kept(state))
        self.export_button.setVisible(bool(state.waiting))


def _kept(state: LineState) -> str:
    if not state.waiting:
        return ""
    return tr(
        "Admissions and other entries not yet sent: {number}. They are kept.", number=number(state.waiting)
    )


def _moment(moment: datetime | None, zone: tzinfo | None) -> str:
    if moment is None:
        return ""
    pattern = "%H:%M" if (utc_now() - moment).total_seconds() < 43_200 else "%Y-%m-%d %H:%M"
    return format(moment.astimezone(zone), pattern)


class _Sign(QLabel):
    """A large icon in the text's colour, light or dark."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._paint()

    def _paint(self) -> None:
        size = self.fontMetrics().height() * SIGN_LINES
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        self.setPixmap(icons.pixmap(self._icon, size, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._paint()


def _side_by_side(holder: QWidget, texts: Sequence[QWidget], controls: Sequence[QWidget]) -> None:
    """A card in the middle: the words, and beside them what one acts on."""
    left, right = QWidget(), QWidget()
    for half, parts in ((left, texts), (right, controls)):
        column = QVBoxLayout(half)
        column.setContentsMargins(6, 6, 6, 6)
        column.addStretch()
        for part in parts:
            column.addWidget(part)
        column.addStretch()
        half.setMaximumWidth(WIDTH)
    both = QWidget()
    across = QHBoxLayout(both)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(left, 1)
    if controls:
        across.addWidget(right, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    middle = card(both)
    middle.setMaximumWidth(WIDTH * (2 if controls else 1) + WIDTH // 3)
    area.setWidget(_centred(middle))
    whole = QVBoxLayout(holder)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)


def _centred(middle: QWidget) -> QWidget:
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(8, 8, 8, 8)
    across.addStretch(1)
    column = QVBoxLayout()
    column.addStretch()
    column.addWidget(middle)
    column.addStretch()
    across.addLayout(column, 100)
    across.addStretch(1)
    return holder
