"""All desks and kiosks: how they are, and telling them what to do."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from eventdesk.desk.hooks import Door
from eventdesk.desk.venue.values import DeskLine, DeskReport, Venue
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import button, card, fill, note, say, scrolled, table_of
from eventdesk.screens.venue import words
from eventdesk.screens.venue.ordering import Ordering
from eventdesk.screens.venue.picture_view import PictureView
from eventdesk.screens.venue.rows import KeyedTable
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import clock, joined, number

NARROW_PX = 860
TABLE_PX, CARD_PX = 190, 330


class DesksPart(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._at = datetime.fromtimestamp(0, UTC)
        self._zone: tzinfo | None = None
        self._build(bridge)
        bridge.door_chosen.connect(self._door_chosen)

    def _build(self, bridge: Bridge) -> None:
        headers = (
            tr("Desk"), tr("State"), tr("Printer"), tr("Labels"), tr("In 5 min"), tr("Stands at"),
        )  # fmt: skip
        self.count = note()
        self.rows: KeyedTable[DeskLine] = KeyedTable(headers, self._cells, lambda one: one.desk)
        self.table = table_of(self.rows, tr("All desks"), (120, 160, 100, 85, 85))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_chosen())
        self.name, self.facts = label("", "title", wrap=True), note(tone="")
        self.trouble = note(tone="bad")
        self.picture_button = button(tr("Show the picture of it"), self.show_picture, "", "photo")
        self.ordering = Ordering(bridge)
        inside = QWidget()
        fill(inside, self.name, self.facts, self.trouble, self.picture_button, self.ordering, 1)
        self._holder = card(scrolled(inside, wide=True), margin=10)
        self._holder.hide()
        self.picture = PictureView()
        self.picture.hide()
        self.picture.closed.connect(lambda: self._show_parts(True))
        self._parts = QWidget()
        self._both = QHBoxLayout(self._parts)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addWidget(self.table, 5)
        self._both.addWidget(self._holder, 3)
        column = fill(self, self.count)
        column.addWidget(self._parts, 1)
        column.addWidget(self.picture, 1)

    def show_venue(self, venue: Venue) -> None:
        self._at = venue.at
        lines = sorted(venue.lines, key=lambda one: (words.by_name(one.name or one.desk), one.desk))
        self.rows.show_items(lines)
        silent = sum(words.is_silent(one, self._at) for one in lines)
        told = tr("Desks: {number}", number=number(len(lines)))
        if silent:
            told = joined(told, tr("not heard: {number}", number=number(silent)))
        if venue.trouble:
            told = joined(tr(venue.trouble), told, by=" ")
        say(self.count, told, "warn" if venue.trouble or silent else "muted")
        self._show_chosen()

    def chosen(self) -> DeskLine | None:
        return self.rows.item(self.table.currentIndex().row())

    def show_picture(self) -> None:
        line = self.chosen()
        if line is not None and line.report is not None and line.report.picture:
            self.picture.show_picture(line.report.picture, self._told(line.report))
            self._show_parts(False)
            self.picture.close_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._holder.setMinimumHeight(CARD_PX if narrow else 0)

    def _show_parts(self, on: bool) -> None:
        self._parts.setVisible(on)
        self.picture.setVisible(not on)
        if on:
            self.picture_button.setFocus()

    def _show_chosen(self) -> None:
        line = self.chosen()
        self._holder.setVisible(line is not None)
        if line is None:
            return
        report = line.report
        self.name.setText(words.place(line))
        say(self.facts, "\n".join(self._facts(line)), "")
        say(self.trouble, self._told(report) if report else "", "bad")
        self.picture_button.setVisible(bool(report and report.picture))
        self.ordering.show_desk(line)

    def _told(self, report: DeskReport) -> str:
        at = clock(report.trouble_at, self._zone) if report.trouble_at else ""
        return joined(at, tr(report.trouble)) if report.trouble else ""

    def _facts(self, line: DeskLine) -> list[str]:
        report = line.report
        if report is None:
            return [words.heard(line, self._at)]
        pace = tr("{seconds} a guest", seconds=words.seconds(report.pace)) if report.pace else ""
        battery = "" if report.battery is None else tr("battery {number} %", number=report.battery)
        lines = [
            words.state(line, self._at),
            joined(tr("guests in five minutes: {number}", number=number(report.guests)), pace),
            *(
                joined(one.queue, words.printer(one), _labels(one.left), _waiting(one.waiting))
                for one in report.printers
            ),
            joined(battery, tr("version {version}", version=report.version) if report.version else ""),
        ]
        return [one for one in lines if one]

    def _cells(self, line: DeskLine) -> tuple[str, ...]:
        report = line.report
        if report is None:
            return (words.place(line), words.state(line, self._at), "", "", "", "")
        printers = [words.printer(one) for one in report.printers]
        lefts = [one.left for one in report.printers if one.left is not None]
        return (
            words.place(line),
            words.state(line, self._at),
            joined(*dict.fromkeys(printers)),
            number(min(lefts)) if lefts else "",
            number(report.guests),
            joined(report.list, report.gate),
        )

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone


def _labels(left: int | None) -> str:
    return "" if left is None else tr("{number} labels left", number=number(left))


def _waiting(many: int) -> str:
    return tr("{number} waiting", number=number(many)) if many else ""
