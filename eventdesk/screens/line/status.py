"""The line in the status strip: quiet when all is well, and its words whole for whoever listens."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.values import LineState, Reach
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.words import (
    brief,
    core,
    glance,
    middling,
    needs,
    next_change_ms,
    sentences,
    tone,
    utc_now,
)
from eventdesk.screens.widgets.basics import Button, set_tone
from eventdesk.screens.words import ISOLATES, tip

ICONS = {Reach.ALONE: "alone", Reach.HUB: "hub", Reach.CENTRE: "centre"}


# Border and padding on both sides (see the style sheet).
FRAME_PX = 14


class StripButton(Button):
    """A button in the strip with a long text and a brief one; shows what there is room for."""

    def __init__(self, icon: str) -> None:
        super().__init__("", icon, "quiet")
        self.setProperty("strip", "true")
        self._whole = self._brief = self._core = self._middling = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_texts(self, whole: str, brief: str, core: str = "", middling: str = "") -> None:
        """`core` is the beginning of `whole` that must not be cut, `middling` stands between."""
        self._middling = middling or brief
        self._whole, self._brief, self._core = whole, brief, core or whole
        self._fit()
        self.updateGeometry()

    def whole(self) -> str:
        return self._whole

    def use_icon(self, icon: str) -> None:
        if icon != self._icon:
            self._icon = icon
            self._paint_icon()

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._whole), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(self._brief), super().minimumSizeHint().height())

    def _width(self, text: str) -> int:
        metrics = self.fontMetrics()
        gap = metrics.height() // 2 if text else 0
        return metrics.horizontalAdvance(text) + self.iconSize().width() + gap + FRAME_PX + 2

    def _fit(self) -> None:
        roomy = self.width() >= self._width(self._whole)
        room = max(0, self.width() - self._width("") - self.fontMetrics().height() // 2 + 2)
        text = self._whole if roomy else self._longest(room)
        self.setText(text.replace("&", "&&"))

    def _longest(self, room: int) -> str:
        """The long text where all that counts of it can be read, else the brief one."""
        metrics = self.fontMetrics()
        if room > metrics.horizontalAdvance(self._core + " …"):
            text = self._whole
        else:
            text = self._middling if room >= metrics.horizontalAdvance(self._middling) else self._brief
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
            self.updateGeometry()


class LineStatus(StripButton):
    """`now` tells UTC. One timer runs, to the moment when the words change next, and only while shown."""

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__("alone")
        self._now = now
        self._zone: tzinfo | None = None
        self.state = LineState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        bridge.line_changed.connect(self.show_state)
        bridge.door_chosen.connect(self._door_chosen)
        self.refresh()

    def show_state(self, state: LineState) -> None:
        self.state = state
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        self.use_icon(ICONS[self.state.reach])
        sign = "! " if tone(self.state) == "warn" else ""
        whole, least = glance(self.state, now, self._zone), core(self.state, now, self._zone)
        between = middling(self.state, now)
        self.show_texts(sign + whole, sign + brief(self.state, now), sign + least, sign + between)
        set_tone(self, tone(self.state), "strip_tone")
        self._paint_icon()
        self._speak(now)
        wait = next_change_ms(self.state, now)
        if wait:
            self._timer.start(wait)
        else:
            self._timer.stop()

    def _speak(self, now: datetime) -> None:
        whole = [*needs(self.state), *sentences(self.state, now, self._zone)]
        self.setToolTip(tip("\n".join(whole)))
        self.setAccessibleName(tr("Line: {words}", words=self.whole()).translate(ISOLATES))
        self.setAccessibleDescription(" ".join(whole).translate(ISOLATES))

    def _door_chosen(self, door: Door) -> None:
        self._zone = door.catalogue.event.zone
        self.refresh()
