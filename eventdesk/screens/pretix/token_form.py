"""Becoming a device of pretix: its code held up to the camera, scanned or pasted."""

from eventdesk.desk.pretix.commands import PairPretix
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.code_form import CodeForm
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.look import alone, button, say
from eventdesk.screens.pretix.words import is_token


class TokenForm(CodeForm):
    """What is pasted into the token may be the code's whole text: then no address is needed."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._build()
        bridge.pretix_changed.connect(self._changed)

    def take(self, code: str) -> None:
        """The code was scanned: no more is needed."""
        self.token.put(code)
        self.pair()

    def pair(self) -> None:
        """Ask pretix with what is entered."""
        if self._asked or not self._checked():
            return
        token, address = self.token.value(), self.address.value()
        self.ask(PairPretix(token if is_token(token) else f"{address} {token}"), tr("Asking pretix ..."))

    def _build(self) -> None:
        self.token = LineField(tr("Token"), tr("As pretix shows it with a new device; good for once."))
        self.address = LineField(
            tr("Address"), tr("As in https://pretix.eu, where only the token is pasted.")
        )
        self.pair_button = button(tr("Connect"), self.pair, "primary", "check")
        for field in (self.token, self.address):
            field.line.returnPressed.connect(self.pair)
        hint = tr(
            "In pretix: Organizer, Devices, Connect a new device. Hold the code that it shows up to the "
            "camera, scan it, or paste the token."
        )
        parts = (self.token, self.address, alone(self.pair_button), self.told, 1)
        self.lay_out(tr("I sell with pretix"), hint, self.pair_button, *parts)

    def _checked(self) -> bool:
        token, address = self.token.value(), self.address.value()
        self.token.tell("" if token else tr("Scan the code or paste the token."))
        if not token:
            self.token.setFocus()
            return False
        missing = not is_token(token) and not address
        self.address.tell(
            tr("A token alone does not say where pretix is: type the address.") if missing else ""
        )
        if missing:
            self.address.setFocus()
        return not missing

    def _changed(self, state: BridgeState) -> None:
        if state.phase is not Phase.NONE:
            self.rest()
            self.token.put("")  # it is used up
            say(self.told, "")
