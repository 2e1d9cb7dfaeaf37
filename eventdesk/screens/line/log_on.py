"""Who is on, at the strip's end; a card over the page's corner logs on and off, while scans go on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.upstream.commands import StaffOut
from eventdesk.desk.upstream.values import StaffState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.line.role_words import role_names
from eventdesk.screens.line.status import StripButton
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed, label, row, set_tone
from eventdesk.screens.widgets.floating_card import FloatingCard
from eventdesk.screens.words import ISOLATES, joined, short

MARGIN = 8
WIDTH = 300
LONGEST_NAME = 14


class StaffButton(StripButton):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__("person")
        bridge.staff_changed.connect(self.show_staff)
        self.show_staff(StaffState())

    def show_staff(self, staff: StaffState) -> None:
        called = tr("Log on") if staff.required else ""
        self.show_texts(self._words(staff), short(staff.name, 6) if staff.id else called)
        set_tone(self, "" if staff.id else "warn" if staff.required else "muted", "strip_tone")
        self._paint_icon()
        spoken = joined(staff.name, role_names(staff.roles)) or tr("Nobody is logged on")
        self.setAccessibleName(tr("Staff: {words}", words=spoken).translate(ISOLATES))
        self.setToolTip(f"{spoken} (Ctrl+L)")

    def _words(self, staff: StaffState) -> str:
        return short(staff.name, 24) if staff.id else tr("Log on")


class LogOnCard(FloatingCard):
    """Lies over the lower corner of `holder` while it is open; `strip` stays free beneath it."""

    def __init__(self, bridge: Bridge, holder: QWidget, strip: QWidget) -> None:
        super().__init__(holder)
        self._bridge, self._strip = bridge, strip
        self._staff = StaffState()
        self.title = label("", "heading")
        self.roles = note(tone="small")
        self.pad = PinPad(bridge)
        self.off_button = button(tr("Log off"), self._log_off, "danger", "exit")
        self.close_button = button(tr("Close"), self.close_card, "quiet", "close")
        buttons = boxed(row(self.off_button, 1, self.close_button))
        fill(self, self.title, self.roles, self.pad, buttons, margin=10, spacing=4)
        self.setFixedWidth(WIDTH)
        self.pad.entered.connect(self.close_card)
        bridge.staff_changed.connect(self._staff_changed)
        self._show_staff()

    def open_card(self) -> None:
        self.pad.clear()
        self._show_staff()
        self.open_for(self.pad)

    def close_card(self) -> None:
        if not self.isHidden():
            super().close_card()

    def toggle(self) -> None:
        if self.isVisible():
            self.close_card()
        else:
            self.open_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _log_off(self) -> None:
        self._bridge.post(StaffOut())
        self.close_card()

    def _staff_changed(self, staff: StaffState) -> None:
        self._staff = staff
        self._show_staff()

    def _show_staff(self) -> None:
        staff = self._staff
        on = (
            tr("{name} is logged on", name=short(staff.name, LONGEST_NAME))
            if staff.id
            else tr("Who is here?")
        )
        self.title.setText(on)
        say(self.roles, role_names(staff.roles), "small")
        self.off_button.setVisible(bool(staff.id))
        if self.isVisible():
            self.place()

    def place(self) -> None:
        """In the lower corner at the window's end, above the strip."""
        holder = self.parentWidget()
        assert holder is not None
        # Not `adjustSize`: it does not count the lines into which words are broken.
        layout = self.layout()
        assert layout is not None
        self.resize(WIDTH, max(layout.totalHeightForWidth(WIDTH), layout.totalSizeHint().height()))
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = MARGIN if flipped else holder.width() - self.width() - MARGIN
        top = holder.height() - self._strip.height() - self.height() - MARGIN
        self.move(left, max(0, top))
