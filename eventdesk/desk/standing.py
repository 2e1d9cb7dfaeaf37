"""Where the desk stands: the chosen door with its catalogue, so that a scan reads nothing but its ticket."""

from dataclasses import replace

from eventdesk.desk.commands import ChooseDoor
from eventdesk.desk.hooks import Door, Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import DOOR
from eventdesk.domain.decision import Mode
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store


class Standing:
    """Owned by the engine's lane; the door outlives a restart as a desk-local setting."""

    def __init__(self, store: Store, hooks: Hooks, preferences: Preferences) -> None:
        self._store = store
        self._preferences = preferences
        self._hooks = hooks
        self._door: Door | None = None

    @property
    def door(self) -> Door:
        """The chosen door. Raises BadInput where none is chosen."""
        if self._door is None:
            raise BadInput("No door is chosen yet.", "Choose an event and a check-in list first.")
        return self._door

    @property
    def log(self) -> str:
        return self.door.catalogue.event.id

    def choose(self, command: ChooseDoor) -> None:
        """Stand at this door from now on. Raises BadInput where it is not there (any more)."""
        with self._store.reader() as reader:
            catalogue = reader.catalogue(command.log)
            if command.list not in catalogue.lists:
                raise BadInput("This check-in list does not exist (any more).", "Choose another one.")
            figures = reader.figures(command.log, command.list)
        self._door = Door(catalogue, catalogue.lists[command.list], command.gate, command.mode, figures)
        kept = {"log": command.log, "list": command.list, "gate": command.gate, "mode": command.mode.value}
        if kept != self._preferences.get(DOOR):
            self._preferences.put(DOOR, kept)
        self._hooks.door_chosen(self._door)

    def resume(self) -> None:
        """Stand where the desk stood before it was shut, where that door is still there."""
        kept = self._preferences.get(DOOR)
        if kept:
            self.choose(ChooseDoor(kept["log"], kept["list"], kept["gate"], Mode(kept["mode"])))

    def refresh(self, log: str) -> None:
        """The catalogue or the guests of `log` have changed: stand at the same door by the new rules."""
        door = self._door
        if door is not None and door.catalogue.event.id == log:
            self.choose(ChooseDoor(log, door.list.id, door.gate, door.mode))

    def count(self) -> None:
        """Tell the figures if they have changed."""
        door = self.door
        with self._store.reader() as reader:
            figures = reader.figures(door.catalogue.event.id, door.list.id)
        if figures != door.figures:
            self._door = replace(door, figures=figures)
            self._hooks.figures_changed(figures)
