"""A button as large as its words need: a long name is broken into lines, never cut."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextOption,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from eventdesk.screens import icons
from eventdesk.screens.words import ISOLATES

PAD = 14
GAP = 12
NOTE = 0.85
LEAST_EM = 6


class BigButton(QPushButton):
    """`note` is a second, smaller line; `icon` a name of `resources/icons`. A checkable one shows a tick."""

    def __init__(
        self,
        text: str,
        note: str = "",
        icon: str = "",
        kind: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._words, self._note, self._sign = text, note, icon
        self.setAutoDefault(True)
        self.setProperty("kiosk", "choice")
        if kind:
            self.setProperty("kind", kind)
        if pressed:
            self.clicked.connect(lambda _checked: pressed())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name()

    def words(self) -> str:
        return self._words

    def show_words(self, text: str, note: str = "") -> None:
        self._words, self._note = text, note
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._words} {self._note}".strip().translate(ISOLATES))

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._words) + 2 * PAD + self._beside() + 8
        wide = min(wide, self.fontMetrics().averageCharWidth() * 34 + self._beside())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        wide = self.fontMetrics().averageCharWidth() * LEAST_EM + self._beside() + 2 * PAD
        return QSize(wide, self._least())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(40, width - 2 * PAD - self._beside())
        words, note = self._heights(room)
        return max(self._least(), words + note + 2 * PAD)

    def _least(self) -> int:
        """A button without words is as high as the style sheet wants a control to be."""
        return super().sizeHint().height()

    def _beside(self) -> int:
        """What sign and tick take of the width."""
        size = self._sign_size()
        return (size + GAP if self._sign else 0) + (size + GAP if self.isCheckable() else 0)

    def _sign_size(self) -> int:
        return round(self.fontMetrics().height() * 1.2)

    def _note_font(self) -> QFont:
        font = self.font()
        font.setPixelSize(max(12, round(self.fontInfo().pixelSize() * NOTE)))
        font.setBold(False)
        return font

    def _heights(self, room: int) -> tuple[int, int]:
        """Of the words and of the note, broken to that width."""
        return _high(self.fontMetrics(), self._words, room), (
            _high(QFontMetrics(self._note_font()), self._note, room) if self._note else 0
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._paint_inside(painter, self._middle(self.rect().adjusted(PAD, 0, -PAD, 0)))

    def _paint_inside(self, painter: QPainter, inside: QRect) -> None:
        colour = self._ink()
        painter.setPen(colour)
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = self._sign_size()
        signs = [(self._sign, False)] if self._sign else []
        if self.isCheckable():
            signs.append(("check" if self.isChecked() else "", True))
        for name, at_end in signs:
            left = at_end is flipped
            box = QRect(inside.left() if left else inside.right() - size, 0, size, size)
            box.moveTop(inside.center().y() - size // 2)
            if name:
                painter.drawPixmap(box, icons.pixmap(name, size, colour))
            inside = inside.adjusted(size + GAP, 0, 0, 0) if left else inside.adjusted(0, 0, -size - GAP, 0)
        self._paint_words(painter, inside, centred=not signs)

    def _middle(self, inside: QRect) -> QRect:
        """Of a button that fills the screen: sign and words together in its middle."""
        wide = self.fontMetrics().horizontalAdvance(self._words) + self._beside() + 8
        spare = (inside.width() - wide) // 2
        return (
            inside.adjusted(spare, 0, -spare, 0)
            if self.property("kiosk") == "start" and spare > 0
            else inside
        )

    def _ink(self) -> QColor:
        """The style sheet knows the ground of a chosen one, not what is painted on it."""
        chosen = self.isCheckable() and self.isChecked()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.ButtonText
        return (QGuiApplication.palette() if chosen else self.palette()).color(group, role)

    def _paint_words(self, painter: QPainter, inside: QRect, centred: bool) -> None:
        words, note = self._heights(inside.width())
        top = inside.top() + max(0, (inside.height() - words - note) // 2)
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if flipped else Qt.AlignmentFlag.AlignLeft
        flag = Qt.AlignmentFlag.AlignHCenter if centred else side | Qt.AlignmentFlag.AlignAbsolute
        wrapped = QTextOption(flag | Qt.AlignmentFlag.AlignTop)
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.setFont(self.font())
        painter.drawText(QRect(inside.left(), top, inside.width(), words + 4), self._words, wrapped)
        if note:
            painter.setFont(self._note_font())
            box = QRect(inside.left(), top + words, inside.width(), note + 4)
            painter.drawText(box, self._note, wrapped)


def _high(metrics: QFontMetrics, text: str, room: int) -> int:
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
    return metrics.boundingRect(QRect(0, 0, room, 10_000), flags, text).height()
