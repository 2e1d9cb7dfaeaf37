"""How fast guests go in, how long they wait, and what another desk would help."""

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eventdesk.desk.hooks import Door
from eventdesk.desk.venue.commands import WatchFlow
from eventdesk.desk.venue.values import FlowChanged
from eventdesk.domain.flow import Flow, Pace
from eventdesk.domain.guests import Figures
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.table import Index
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import button, fill, note, say, table_of
from eventdesk.screens.venue import words
from eventdesk.screens.venue.plot import FlowPlot, Plotted, hues, plotted
from eventdesk.screens.venue.rows import KeyedTable
from eventdesk.screens.widgets.basics import boxed, label, row, set_tone
from eventdesk.screens.words import clock, isolate, number

NARROW_PX, NARROWEST_PX = 760, 600
# Minutes.
LIMITS, USUAL_LIMIT = (1, 2, 3, 5, 8, 10, 15, 20, 30), 5
ROWS_PX = 150


class Figure(QFrame):
    """A number that is read from afar, with what it is."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._what = what
        self.value, self.detail = label("–", "title"), label("", "small", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(0)
        inside.addWidget(label(what, "muted", wrap=True))
        inside.addWidget(self.value)
        inside.addWidget(self.detail)
        inside.addStretch()

    def tell(self, value: str, detail: str = "", tone: str = "title") -> None:
        self.value.setText(value)
        self.detail.setText(detail)
        self.setAccessibleName(f"{self._what}: {value}. {detail}")
        set_tone(self.value, tone)


class PaceTable(KeyedTable[Pace]):
    """With the colour that each desk has in the plot."""

    hues: Mapping[str, QColor] = MappingProxyType({})

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self.hues.get(self.items[index.row()].desk)
        return super().data(index, role)


class LivePart(QWidget):
    """Watched only while it is seen."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._zone: tzinfo | None = None
        self._inside = 0
        self._changed: FlowChanged | None = None
        self._build()
        bridge.flow_changed.connect(self._flow_changed)
        bridge.door_chosen.connect(self._door_chosen)
        bridge.figures_changed.connect(self._figures_changed)

    def _build(self) -> None:
        self.inside = Figure(tr("Checked in"))
        self.wait, self.worst = Figure(tr("Wait now")), Figure(tr("Longest wait to come"))
        self.desks = Figure(tr("Desks at work"))
        self._figures = QGridLayout()
        self._figures.setSpacing(8)
        self._figures.setContentsMargins(0, 0, 0, 0)
        self._put_figures(4)
        self.advice = label("", "heading", wrap=True)
        self.limit = QComboBox()
        for minutes in LIMITS:
            self.limit.addItem(tr("{number} min", number=minutes), minutes)
        self.limit.setCurrentIndex(LIMITS.index(USUAL_LIMIT))
        name_control(self.limit, tr("Longest wait that is borne, in minutes"))
        self.limit.activated.connect(lambda _index: self._watch(True))
        self.table_button = button(tr("As a table"), self._toggle_table, "", "list")
        self.table_button.setCheckable(True)
        bar = row(label(tr("Nobody should wait longer than"), wrap=True), self.limit, self.table_button)
        bar.setStretch(0, 1)
        self.plot = FlowPlot()
        self.minutes: KeyedTable[tuple[str, ...]] = KeyedTable(_minute_headers(), tuple, lambda one: one[0])
        self.minute_table = table_of(self.minutes, tr("Guests a minute, by desk"), (75, 75, 100))
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self.plot)
        self._pictures.addWidget(self.minute_table)
        self.paces = PaceTable(_pace_headers(), self._pace, lambda one: one.desk)
        self.pace_table = table_of(self.paces, tr("How fast each desk is"), (125, 90, 72))
        self.pace_table.setMinimumHeight(ROWS_PX)
        self._both = QHBoxLayout()
        self._both.addWidget(self._pictures, 5)
        self._both.addWidget(self.pace_table, 3)
        self.remark = note(
            tr(
                "Worked out from who went in and who is still expected: it does not see the queue. "
                "Look out of the door as well."
            )
        )
        column = fill(self, boxed(self._figures), self.advice, boxed(bar))
        column.addLayout(self._both, 1)
        column.addWidget(self.remark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = event.size().width() < NARROW_PX
        self._put_figures(2 if event.size().width() < NARROWEST_PX else 4)
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _put_figures(self, columns: int) -> None:
        for place, figure in enumerate((self.inside, self.wait, self.worst, self.desks)):
            self._figures.addWidget(figure, place // columns, place % columns)
        for place in range(4):
            self._figures.setColumnStretch(place, 1 if place < columns else 0)

    def _watch(self, on: bool) -> None:
        self._bridge.post(WatchFlow(on, float(self.limit.currentData())))

    def _toggle_table(self) -> None:
        wanted = self.minute_table if self.table_button.isChecked() else self.plot
        self._pictures.setCurrentWidget(wanted)
        self._fill_table()

    def _fill_table(self) -> None:
        """Only where it is seen: it says what the plot shows."""
        if self.table_button.isChecked():
            self.minutes.show_items(minute_rows(self.plot.shown))

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self._inside = door.figures.inside

    def _figures_changed(self, figures: Figures) -> None:
        self._inside = figures.inside

    def _flow_changed(self, changed: FlowChanged) -> None:
        self._changed = changed
        if not self.isVisible():
            return
        flow = changed.flow
        self._tell(flow)
        shown = plotted(changed, self._zone)
        self.plot.show_flow(shown)
        self._fill_table()
        self.paces.hues = hues(shown, self.palette())
        self.paces.show_items(sorted(flow.paces, key=lambda one: words.by_name(self._name(one))))

    def _tell(self, flow: Flow) -> None:
        entered = f"{number(flow.entered)} / {number(flow.expected)}"
        self.inside.tell(entered, tr("inside now: {number}", number=number(self._inside)))
        limit = float(self.limit.currentData())
        if flow.wait is None:
            self.wait.tell("–", tr("no desk is at work"))
            self.worst.tell("–")
        else:
            queue = tr("a queue stands") if flow.crowded else tr("no queue to be seen")
            self.wait.tell(words.minutes(flow.wait), queue, _tone(flow.wait, limit))
            worst = flow.worst_wait or 0.0
            at = clock(flow.worst_at, self._zone) if flow.worst_at and worst >= 1 else ""
            self.worst.tell(words.minutes(worst), tr("at {time}", time=at) if at else "", _tone(worst, limit))
        can = tr("they serve {number} guests a minute", number=words.rate(flow.capacity))
        self.desks.tell(number(flow.desks), can if flow.desks else "")
        text, tone = advice(flow, limit)
        say(self.advice, text, tone)

    def _pace(self, pace: Pace) -> tuple[str, ...]:
        last = clock(pace.last_at, self._zone) if pace.last_at else ""
        return (isolate(self._name(pace)), words.rate(pace.per_minute), words.seconds(pace.seconds), last)

    def _name(self, pace: Pace) -> str:
        names = self._changed.names if self._changed else {}
        return names.get(pace.desk, pace.desk)


def _pace_headers() -> tuple[str, ...]:
    return tr("Desk"), tr("A minute"), tr("A guest"), tr("Last")


def _minute_headers() -> tuple[str, ...]:
    return tr("Minute"), tr("Guests"), tr("Expected"), tr("By desk")


def minute_rows(shown: Plotted) -> list[tuple[str, ...]]:
    """What the plot shows, a line a minute: the past, the newest first, then those to come."""
    past: list[tuple[str, ...]] = []
    coming: list[tuple[str, ...]] = []
    for place, at in enumerate(shown.minutes):
        own = [(one.name, one.guests[place]) for one in shown.series if one.guests[place]]
        expected = shown.expected[place]
        is_past = shown.now is not None and at < shown.now
        (past if is_past else coming).append(
            (
                clock(at, shown.zone),
                number(sum(guests for _, guests in own)) if is_past else "",
                "" if expected is None else words.rate(expected),
                ", ".join(f"{isolate(name)} {number(guests)}" for name, guests in own),
            )
        )
    return past[::-1] + coming


def _tone(wait: float, limit: float) -> str:
    return "title_bad" if wait > limit else "title"


def advice(flow: Flow, limit: float) -> tuple[str, str]:
    """What to do, and the tone to say it in."""
    if flow.expected <= flow.entered:
        return tr("Everybody who was expected is in."), "good"
    if not flow.wanted and not flow.crowded:
        return tr("Hardly anybody is expected from now on."), "good"
    if flow.worst_wait is None:
        return (
            tr("Desks wanted, so that nobody waits longer: {number}", number=number(flow.wanted)),
            "heading",
        )
    if flow.worst_wait <= limit:
        return tr("✓ The desks at work are enough."), "good"
    more = flow.wanted - flow.desks
    before, after = words.minutes(flow.worst_wait), words.minutes(flow.one_more or 0.0)
    told = tr("Open another desk: the queue grows shorter sooner.")
    if before != after:
        told = tr(
            "Open another desk: the longest wait falls from {before} to {after}.", before=before, after=after
        )
    if more > 1:
        told += " " + tr("So that nobody waits longer than wanted, {number} more are needed.", number=more)
    return f"⚠ {told}", "warn"
