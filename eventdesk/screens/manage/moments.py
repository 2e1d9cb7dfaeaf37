"""Fields for moments, entered on the wall clock of the event's time zone, and for that zone itself."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QDate, QDateTime, QLocale, QSortFilterProxyModel, Qt, QTime, QTimeZone
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QDateTimeEdit, QHBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import CHOICE_WIDTH
from eventdesk.screens.manage.field import Field, Wrong, name_control

MOMENT_WIDTH = 280


class MomentField(Field):
    """A date and a time. `zone` may change while the wall time stays; an optional one has a tick."""

    def __init__(self, label: str, hint: str = "", optional: bool = False) -> None:
        self.zone = ZoneInfo("UTC")
        self.edit = QDateTimeEdit()
        self.edit.setCalendarPopup(True)
        self.edit.setFixedWidth(MOMENT_WIDTH)
        self.edit.setDisplayFormat(_pattern())
        # Qt's zone is UTC so that it never moves what was typed; ours is `self.zone`.
        self.edit.setTimeZone(QTimeZone.utc())
        self.tick = QCheckBox(tr("Set")) if optional else None
        super().__init__(label, self._control(), hint, required=not optional)
        name_control(self.edit, label, hint)
        if self.tick is not None:
            name_control(self.tick, tr("Set: {label}", label=label))
        self.setFocusProxy(self.tick or self.edit)
        self.edit.dateTimeChanged.connect(lambda _moment: self.edited())
        if self.tick is not None:
            self.tick.toggled.connect(self._toggled)

    def value(self) -> Any:
        if self.tick is not None and not self.tick.isChecked():
            return None
        wall = wall_time(self.edit.dateTime())
        moment = wall.replace(tzinfo=self.zone)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != wall:
            raise Wrong(tr("The clocks are put forward then: this time does not exist on that day."))
        return moment.astimezone(UTC)

    def put(self, value: Any) -> None:
        """An aware moment; None where it is not set."""
        if self.tick is not None:
            self.tick.setChecked(value is not None)
        if value is not None:
            self.show_wall(value.astimezone(self.zone).replace(tzinfo=None))

    def show_wall(self, wall: datetime) -> None:
        """Show a wall time (naive) without setting the tick."""
        date, time = QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute)
        self.edit.setDateTime(QDateTime(date, time, QTimeZone.utc()))

    def _control(self) -> QWidget:
        if self.tick is None:
            return self.edit
        self.edit.setEnabled(False)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.tick)
        line.addWidget(self.edit)
        line.addStretch(1)
        return both

    def _toggled(self, on: bool) -> None:
        self.edit.setEnabled(on)
        self.edited()


class ZoneField(Field):
    """An IANA time zone, found by any part of its name."""

    def __init__(self, label: str) -> None:
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.addItems(zones())
        self.combo.setMaximumWidth(CHOICE_WIDTH)
        self.combo.setCompleter(_completer(self.combo))
        super().__init__(label, self.combo, tr("Type a city, such as Berlin."), required=True)
        self.combo.currentTextChanged.connect(lambda _text: self.edited())

    def value(self) -> Any:
        text = self.combo.currentText().strip()
        if text not in zones():
            raise Wrong(tr("There is no time zone {name}. Choose one from the list.", name=text or "''"))
        return text

    def put(self, value: Any) -> None:
        self.combo.setCurrentText(str(value))


@cache
def zones() -> list[str]:
    """Every IANA zone that a person would choose, by name."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return [*sorted(names), "UTC"]


def system_zone() -> str:
    """The computer's own zone; UTC where it has none that IANA knows."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return name if name in zones() else "UTC"


def wall_time(moment: QDateTime) -> datetime:
    date, time = moment.date(), moment.time()
    return datetime(date.year(), date.month(), date.day(), time.hour(), time.minute())  # noqa: DTZ001


def next_morning(zone: ZoneInfo) -> datetime:
    """A likely begin: tomorrow at nine, on the wall clock there (naive)."""
    tomorrow = datetime.now(zone) + timedelta(days=1)
    return tomorrow.replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)


def _pattern() -> str:
    """The locale's short date with a year of four digits, and hours and minutes."""
    pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    year = pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")
    return f"ddd {year}  {QLocale().timeFormat(QLocale.FormatType.ShortFormat)}".replace(" t", "")


def _completer(combo: QComboBox) -> QCompleter:
    matching = QSortFilterProxyModel(combo)
    matching.setSourceModel(combo.model())
    completer = QCompleter(matching, combo)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return completer
