"""The turnstile that is set at this kiosk, opened with it."""

from collections.abc import Callable
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import DeviceChanged, Hooks, Trouble
from eventdesk.desk.kiosk.news import Turned
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import TURNSTILE
from eventdesk.devices.gates.addresses import open_gate
from eventdesk.devices.gates.port import Gate, OnTurned
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import BadInput, DeviceError

Opener = Callable[[str, OnTurned, Callable[[DeviceState], None]], Gate]
TURN_S: Final = 15.0


class Gatekeeper:
    """Lives on the engine's lane; what the gate tells comes back as commands."""

    def __init__(
        self,
        preferences: Preferences,
        hooks: Hooks,
        post: Callable[[Command], None],
        opener: Opener = open_gate,
    ) -> None:
        self._preferences = preferences
        self._hooks = hooks
        self._post = post
        self._opener = opener
        self._gate: Gate | None = None
        self._address = ""

    @property
    def is_set(self) -> bool:
        """Whether guests go in through a turnstile here, be it well or not."""
        return bool(self._preferences.get(TURNSTILE))

    def open(self) -> None:
        """Reach the gate that is set. What is wrong with its address is told."""
        address = str(self._preferences.get(TURNSTILE))
        if self._gate is not None and address == self._address:
            return
        self.close()
        self._address = address
        if not address:
            return
        try:
            self._gate = self._opener(address, lambda *told: self._post(Turned(*told)), self._told)
        except BadInput as error:
            self._hooks.trouble_told(Trouble("", error.message, error.remedy))
            self._told(DeviceState("turnstile", Status.GONE, error.message, error.remedy))

    def let_through(self) -> int:
        """Let one guest through; returns the opening's number. Raises DeviceError where there is no gate to
        open, or it is busy."""
        if self._gate is None:
            raise DeviceError("The turnstile can't be reached.", "Check its address in the settings.")
        return self._gate.open(TURN_S)

    def close(self) -> None:
        if self._gate is not None:
            self._gate.close()
            self._gate = None

    def _told(self, state: DeviceState) -> None:
        self._hooks.device_changed(DeviceChanged("turnstile", state))
