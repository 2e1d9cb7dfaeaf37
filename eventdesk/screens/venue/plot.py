"""Guests a minute by desk, one bar a minute, and what is expected: a line that goes on beyond now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.desk.venue.values import FlowChanged
from eventdesk.domain.flow import Minute
from eventdesk.i18n import tr
from eventdesk.screens.venue.words import by_name
from eventdesk.screens.words import clock, number

BACK, AHEAD = timedelta(minutes=45), timedelta(minutes=45)
# Hues that stay apart for eyes that do not tell red from green, neighbours most of all. With more desks
# they begin again: the words beside them tell which is which.
LIGHT = ("#0072B2", "#D55E00", "#009E73", "#B2589A", "#8A6D00", "#3E9CCB", "#6A3D9A", "#7A4A2B")
DARK = ("#56B4E9", "#F0843C", "#2BC79A", "#E29BCB", "#E6CF3A", "#9AD0F2", "#B79BE0", "#CFA07E")
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Series:
    """A desk with its guests by minute."""

    desk: str
    name: str
    guests: Sequence[int]


@dataclass(frozen=True, slots=True)
class Plotted:
    """What is drawn: `minutes` of the past and to come (their beginnings), as far as it is shown."""

    now: datetime | None = None
    minutes: Sequence[datetime] = ()
    series: Sequence[Series] = ()
    expected: Sequence[float | None] = ()
    capacity: float = 0.0
    zone: tzinfo | None = field(default=None)

    @property
    def highest(self) -> float:
        sums = [float(sum(guests)) for guests in zip(*(one.guests for one in self.series), strict=True)]
        return max(1.0, self.capacity, *sums, *(one for one in self.expected if one))


def plotted(changed: FlowChanged, zone: tzinfo | None = None) -> Plotted:
    """The last minutes and those to come, desk by desk in the order of their names."""
    flow = changed.flow
    shown = [one for one in flow.minutes if -BACK <= one.at - flow.at < AHEAD]
    return Plotted(
        now=flow.at,
        minutes=[one.at for one in shown],
        series=_series(shown, changed),
        expected=[one.expected for one in shown],
        capacity=flow.capacity,
        zone=zone,
    )


def _series(minutes: Sequence[Minute], changed: FlowChanged) -> list[Series]:
    desks = {desk for minute in minutes for desk in minute.by_desk}
    names = {desk: changed.names.get(desk, desk) for desk in desks}
    return [
        Series(desk, names[desk], [one.by_desk.get(desk, 0) for one in minutes])
        for desk in sorted(desks, key=lambda desk: (by_name(names[desk]), desk))
    ]


def hues(shown: Plotted, palette: QPalette) -> dict[str, QColor]:
    """The colour of each desk."""
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    colours = [QColor(one) for one in (DARK if is_dark else LIGHT)]
    return {one.desk: colours[place % len(colours)] for place, one in enumerate(shown.series)}


class FlowPlot(QWidget):
    """The table beside it says the same to who can't see it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = Plotted()
        self.setAccessibleName(tr("Guests a minute, by desk"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(170)

    def show_flow(self, shown: Plotted) -> None:
        if shown != self.shown:
            self.shown = shown
            self.setAccessibleDescription(self._sentence())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 260)

    def _sentence(self) -> str:
        shown = self.shown
        if shown.now is None or not shown.minutes:
            return tr("Nobody has come yet.")
        past = [place for place, at in enumerate(shown.minutes) if at < shown.now]
        last = sum(one.guests[past[-1]] for one in shown.series) if past else 0
        return tr(
            "{time}: {guests} guests in the last minute, {capacity} a minute can be served.",
            time=clock(shown.now, shown.zone),
            guests=number(last),
            capacity=number(round(shown.capacity)),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Drawing(painter, self.shown, QRectF(self.rect()), self.palette()).draw()
        painter.end()


def step_of(highest: float, lines: int) -> int:
    """A round number of guests between two lines, so that there are no more than `lines`."""
    size = 1
    while True:
        for step in STEPS:
            if highest <= step * size * lines:
                return step * size
        size *= 10


class _Drawing:
    """One picture, from the outside in."""

    def __init__(self, painter: QPainter, shown: Plotted, room: QRectF, palette: QPalette) -> None:
        self._painter = painter
        self._shown = shown
        self._ink = palette.color(QPalette.ColorRole.WindowText)
        self._faint = palette.color(QPalette.ColorRole.PlaceholderText)
        self._line = palette.color(QPalette.ColorRole.Mid)
        self._hues = list(hues(shown, palette).values())
        self._letter = painter.fontMetrics().height()
        self._step = step_of(shown.highest, max(2, int(room.height() / (self._letter * 3))))
        self._top = ceil(shown.highest / self._step) * self._step
        wide = painter.fontMetrics().horizontalAdvance(str(self._top)) + 8
        self._room = room
        self._box = room.adjusted(wide, self._letter * 0.6, -6, -self._letter * 2.6)

    def draw(self) -> None:
        if not self._shown.minutes:
            self._painter.setPen(self._faint)
            self._painter.drawText(self._room, Qt.AlignmentFlag.AlignCenter, tr("Nobody has come yet."))
            return
        self._scale()
        self._bars()
        self._now()
        self._capacity()
        self._expected()
        self._times()
        self._legend()

    def _y(self, guests: float) -> float:
        return self._box.bottom() - guests / self._top * self._box.height()

    def _x(self, place: float) -> float:
        return self._box.left() + place / len(self._shown.minutes) * self._box.width()

    def _scale(self) -> None:
        for guests in range(0, self._top + 1, self._step):
            y = self._y(guests)
            self._painter.setPen(self._line)
            self._painter.drawLine(QPointF(self._box.left(), y), QPointF(self._box.right(), y))
            self._painter.setPen(self._faint)
            box = QRectF(0, y - self._letter, self._box.left() - 6, 2 * self._letter)
            flags = Qt.AlignmentFlag
            side = flags.AlignRight | flags.AlignAbsolute | flags.AlignVCenter
            self._painter.drawText(box, side, str(guests))

    def _bars(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        gap = min(2.0, self._box.width() / len(self._shown.minutes) * 0.2)
        for place in range(len(self._shown.minutes)):
            left, right = self._x(place) + gap / 2, self._x(place + 1) - gap / 2
            below = 0.0
            for hue, one in zip(self._hues, self._shown.series, strict=True):
                if one.guests[place]:
                    above = below + one.guests[place]
                    self._painter.setBrush(hue)
                    bar = QRectF(QPointF(left, self._y(above)), QPointF(right, self._y(below)))
                    self._painter.drawRect(bar)
                    below = above

    def _now(self) -> None:
        shown = self._shown
        if shown.now is None:
            return
        x = self._x(sum(at < shown.now for at in shown.minutes))
        self._painter.setPen(QPen(self._ink, 1.5))
        self._painter.drawLine(QPointF(x, self._box.top()), QPointF(x, self._box.bottom()))

    def _capacity(self) -> None:
        if self._shown.capacity:
            y = self._y(self._shown.capacity)
            self._painter.setPen(QPen(self._ink, 1.5, Qt.PenStyle.DashLine))
            self._painter.drawLine(QPointF(self._box.left(), y), QPointF(self._box.right(), y))

    def _expected(self) -> None:
        known = [(place, one) for place, one in enumerate(self._shown.expected) if one is not None]
        line = QPolygonF([QPointF(self._x(place + 0.5), self._y(one)) for place, one in known])
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._ink, 2.5))
        self._painter.drawPolyline(line)

    def _times(self) -> None:
        """Every so many minutes that the words have room."""
        metrics = self._painter.fontMetrics()
        wide = metrics.horizontalAdvance("00:00") * 1.8
        each = self._box.width() / len(self._shown.minutes)
        every = next((one for one in (5, 10, 15, 30, 60) if one * each >= wide), 120)
        self._painter.setPen(self._faint)
        for place, at in enumerate(self._shown.minutes):
            local = at.astimezone(self._shown.zone)
            if (local.hour * 60 + local.minute) % every == 0:
                x = min(self._x(place), self._room.right() - wide / 2)
                box = QRectF(x - wide / 2, self._box.bottom() + 2, wide, self._letter * 1.2)
                self._painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{local:%H:%M}")

    def _legend(self) -> None:
        """Of the lines: the desks' colours stand beside their names."""
        letter, left = self._letter, self._box.left()
        top = self._box.bottom() + letter * 1.4
        for style, words in (
            (Qt.PenStyle.SolidLine, tr("expected")),
            (Qt.PenStyle.DashLine, tr("can be served")),
        ):
            middle = top + letter * 0.55
            self._painter.setPen(QPen(self._ink, 2, style))
            self._painter.drawLine(QPointF(left, middle), QPointF(left + letter * 1.6, middle))
            self._painter.setPen(self._ink)
            self._painter.drawText(QPointF(left + letter * 2, top + letter * 0.85), words)
            left += letter * 3.4 + self._painter.fontMetrics().horizontalAdvance(words)
