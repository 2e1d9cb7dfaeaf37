"""Whose badge is shown: a made-up guest, or those of the real list who are the hardest to set."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from eventdesk.badges.measuring import overflow
from eventdesk.desk.design.values import SampleBadge
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.designer.checking import Checked
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.widgets.basics import row
from eventdesk.screens.words import joined, short

MEASURE_AFTER_MS = 400
LONGEST_NAME = 28
LIST_PX = 360


def made_up(event: str = "", product: str = "") -> BadgeContents:
    """Somebody with everything that a badge may show."""
    begins = datetime.now().astimezone().date()
    return BadgeContents(
        ticket="sample",
        name=tr("Alexandra Sample"),
        company=tr("Sample Company"),
        product=product or tr("Day ticket"),
        variation=tr("Adult"),
        order="KX7P2",
        seat="B 12",
        event=event or tr("Name of the event"),
        code="SAMPLE-7KQ2M4XW",
        addons=(tr("Lunch"),),
        when="10:00",
        session=tr("Morning"),
        gate=tr("North"),
        begins=begins.isoformat(),
        born=(begins - timedelta(days=31 * 366)).isoformat(),
    )


class Preview(QWidget):
    """`chosen` tells the contents to draw."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._badges: list[BadgeContents] = [made_up()]
        self._checked: Checked | None = None
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self.combo.view().setMinimumWidth(LIST_PX)
        name_control(self.combo, tr("Whose badge is shown"), tr("A sign marks those whose texts are cut."))
        self.combo.setToolTip(tr("Whose badge is shown"))
        self.reprint = QCheckBox(tr("Reprint"))
        self.reprint.setToolTip(tr("Show it as a copy"))
        line = row(self.combo, self.reprint)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.combo.addItem(tr("Made-up guest"))
        self.combo.activated.connect(lambda _index: self._tell())
        self.reprint.toggled.connect(lambda _on: self._tell())
        self._timer = QTimer(self, singleShot=True, interval=MEASURE_AFTER_MS)
        self._timer.timeout.connect(self.measure)

    @property
    def contents(self) -> BadgeContents:
        index = max(self.combo.currentIndex(), 0)
        badge = self._badges[min(index, len(self._badges) - 1)]
        return replace(badge, copy=max(badge.copy, 1)) if self.reprint.isChecked() else badge

    def offer(self, event: str, products: Sequence[str], samples: Sequence[SampleBadge]) -> None:
        """Real guests, after the made-up one."""
        index = self.combo.currentIndex()
        self._badges = [made_up(event, products[0] if products else ""), *(one.contents for one in samples)]
        self.combo.clear()
        self.combo.addItem(tr("Made-up guest"))
        for one in samples:
            self.combo.addItem(joined(_why(one.why), short(one.contents.name, LONGEST_NAME), by=": "))
        self.combo.setCurrentIndex(index if 0 <= index < self.combo.count() else 0)
        self._tell()
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._timer.start()

    def tell(self, checked: Checked) -> None:
        """The layout has changed: whom it cuts is measured once the person pauses."""
        self._checked = checked
        self._timer.start()

    def measure(self) -> None:
        """Mark those whose texts do not fit."""
        if self._checked is None or self._checked.faults:
            return
        for place, badge in enumerate(self._badges):
            cut = _is_cut(self._checked, badge)
            self.combo.setItemIcon(place, icons.icon("warning", 18) if cut else icons.icon("person", 18))
            words = self.combo.itemText(place)
            spoken = joined(words, tr("a text is cut"), by=", ") if cut else words
            self.combo.setItemData(place, spoken, Qt.ItemDataRole.AccessibleTextRole)

    def _tell(self) -> None:
        self.chosen.emit(self.contents)


def _is_cut(checked: Checked, badge: BadgeContents) -> bool:
    try:
        return bool(overflow(checked.layout, badge))
    except BadInput:
        return True


def _why(why: str) -> str:
    words = {
        "longest": tr("Longest name"),
        "shortest": tr("Shortest name"),
        "emoji": tr("Pictures"),
        "arabic": tr("Arabic"),
        "armenian": tr("Armenian"),
        "bengali": tr("Bengali"),
        "cjk": tr("Chinese characters"),
        "cyrillic": tr("Cyrillic"),
        "devanagari": tr("Devanagari"),
        "georgian": tr("Georgian"),
        "greek": tr("Greek"),
        "hangul": tr("Korean"),
        "hebrew": tr("Hebrew"),
        "hiragana": tr("Japanese (hiragana)"),
        "katakana": tr("Japanese (katakana)"),
        "thai": tr("Thai"),
    }
    return words.get(why, why.capitalize())
