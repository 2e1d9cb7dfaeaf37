"""One product to press: its name as large as fits, what it costs, its key, and how many are left."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy

from eventdesk.i18n import tr
from eventdesk.screens.checkin.fitting import Style, paint
from eventdesk.screens.words import number, tip

FEW = 10  # from here on a person should look at how many are left
STRIPE = 6
PAD = 10


@dataclass(frozen=True, slots=True)
class TileText:
    """`left` None: any number. `color` as `#rrggbb`, or empty."""

    name: str
    price: str
    key: str = ""
    left: int | None = None
    color: str = ""


class Tile(QPushButton):
    """Pressed as any button; Enter presses it as Space does."""

    def __init__(self, text: TileText) -> None:
        super().__init__()
        self._text = text
        self.setAutoDefault(True)
        # A finger leaves the keys with the page: Enter after a touch pays, and does not add once more.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_left(text.left)

    @property
    def key(self) -> str:
        return self._text.key

    def show_left(self, left: int | None) -> None:
        """How many this desk may still sell; with none it can't be pressed."""
        self._text = TileText(self._text.name, self._text.price, self._text.key, left, self._text.color)
        self.setEnabled(left is None or left > 0)
        self.setAccessibleName(self._text.name)
        self.setAccessibleDescription(f"{self._text.price} {self.left_text()}".strip())
        key = f" ({self._text.key})" if self._text.key else ""
        self.setToolTip(tip(f"{self._text.name}{key}"))
        self.update()

    def left_text(self) -> str:
        left = self._text.left
        if left is None:
            return ""
        return tr("{number} left", number=number(left)) if left > 0 else tr("Sold out")

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(round(line * 8.5), round(line * 4.4))

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(round(line * 5), round(line * 3.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(PAD, PAD * 0.6, -PAD, -PAD * 0.6)
        if self._text.color:
            self._paint_stripe(painter)
            flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            box.adjust(0 if flipped else STRIPE, 0, -STRIPE if flipped else 0, 0)
        self._paint_texts(painter, box)
        painter.end()

    def _paint_stripe(self, painter: QPainter) -> None:
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - STRIPE - 4 if flipped else 4
        painter.setPen(Qt.PenStyle.NoPen)
        color = QColor(self._text.color)
        color.setAlpha(255 if self.isEnabled() else 90)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(left, 5, STRIPE, self.height() - 10), 3, 3)

    def _paint_texts(self, painter: QPainter, box: QRectF) -> None:
        sides, line = Qt.AlignmentFlag, self.fontMetrics().height()
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        start = (sides.AlignRight if flipped else sides.AlignLeft) | sides.AlignAbsolute
        end = (sides.AlignLeft if flipped else sides.AlignRight) | sides.AlignAbsolute
        foot = QRectF(box.left(), box.bottom() - line, box.width(), line)
        name = QRectF(box.left(), box.top(), box.width(), box.height() - line - 2)
        key = self._paint_key(painter, name, end)
        name.setWidth(name.width() - key)
        if flipped:
            name.translate(key, 0)
        painter.setPen(self._ink())
        self._paint_name(painter, name, start)
        self._line(painter, self._text.price, foot, end, QFont.Weight.Bold)
        taken = self.fontMetrics().horizontalAdvance(self._text.price) * 1.15 + 8
        foot.setWidth(foot.width() - taken)
        if flipped:
            foot.translate(taken, 0)
        painter.setPen(self._left_ink())
        self._line(painter, self.left_text(), foot, start, QFont.Weight.Normal)

    def _paint_name(self, painter: QPainter, box: QRectF, side: Qt.AlignmentFlag) -> None:
        """On two lines at most; a word that is wider than the tile is cut with an ellipsis."""
        line, least = self.fontMetrics().height(), QFont(self.font())
        style = Style(line * 0.95, line * 0.66, QFont.Weight.DemiBold, 2)
        least.setPixelSize(round(style.smallest))
        least.setWeight(style.weight)
        widest = max(map(QFontMetricsF(least).horizontalAdvance, self._text.name.split()), default=0.0)
        paint(
            painter, self._text.name, box, style if widest <= box.width() else replace(style, lines=1), side
        )

    def _paint_key(self, painter: QPainter, box: QRectF, side: Qt.AlignmentFlag) -> float:
        """The key in the tile's corner; the pixels that it takes."""
        if not self._text.key:
            return 0.0
        # The program's palette: a style sheet makes the widget's own placeholder half transparent.
        painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        self._line(painter, self._text.key, box, side | Qt.AlignmentFlag.AlignTop, QFont.Weight.Normal)
        return self.fontMetrics().horizontalAdvance("M") + 4.0

    def _line(
        self, painter: QPainter, text: str, box: QRectF, side: Qt.AlignmentFlag, weight: QFont.Weight
    ) -> None:
        font = QFont(self.font())
        font.setWeight(weight)
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, side, shown)

    def _ink(self) -> QColor:
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        return self.palette().color(group, QPalette.ColorRole.ButtonText)

    def _left_ink(self) -> QColor:
        left = self._text.left
        scarce = left is not None and left <= FEW
        role = QPalette.ColorRole.BrightText if scarce else QPalette.ColorRole.PlaceholderText
        return QGuiApplication.palette().color(QPalette.ColorGroup.Active, role)
