"""In the settings: this desk becomes a kiosk."""

from PySide6.QtWidgets import QWidget

from eventdesk.desk import settings as keys
from eventdesk.desk.kiosk.commands import OpenKiosk
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.field import Field
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note


class KioskSettings(QWidget):
    """Asks first, as the desk can be left by PIN or card alone from then on."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.open_button = button(tr("Make this desk a kiosk"), self._ask, "", "hand")
        self.confirm = Confirm()
        self.turnstile = LineField(
            tr("Address of the turnstile"), tr("Such as modbus://192.168.1.70?coil=0&input=0")
        )
        self.fields: dict[str, Field] = {keys.TURNSTILE: self.turnstile}
        words = note(tr("Guests use it alone then, full screen. Staff leaves it by PIN or staff card."))
        fill(self, card(heading(tr("Kiosk")), self.turnstile, words, alone(self.open_button), self.confirm))

    def _ask(self) -> None:
        words = tr(
            "This window closes, and the kiosk opens now and at each start. To leave it: five taps into the "
            "upper left corner, or Ctrl+Shift+E."
        )
        self.confirm.ask(words, tr("Yes, open the kiosk"), lambda _word: self._bridge.post(OpenKiosk()))
