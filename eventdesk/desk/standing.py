"""Where the desk stands: the chosen door with its catalogue, so that a scan reads nothing but its ticket."""

from dataclasses import replace

from eventdesk.desk.commands import ChooseDoor, Command, CountDoor, RefreshDoor, ResumeDoor
from eventdesk.desk.hooks import Door, Hooks, Trouble
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import DOOR
from eventdesk.domain.decision import Mode
from eventdesk.errors import BadInput, StorageError
from eventdesk.storage.store import Store


class Standing:
    """Owned by the engine's lane; the door outlives a restart as a desk-local setting."""

    def __init__(self, store: Store, hooks: Hooks, preferences: Preferences) -> None:
        self._store = store
        self._preferences = preferences
        self._hooks = hooks
        self._door: Door | None = None

    def handlers(self) -> Handlers:
        return {
            ChooseDoor: self.choose,
            ResumeDoor: self.resume,
            RefreshDoor: self.refresh,
            CountDoor: self.recount,
        }

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
        door = self._read(command)
        kept = {"log": command.log, "list": command.list, "gate": command.gate, "mode": command.mode.value}
        if kept != self._preferences.get(DOOR):
            self._preferences.put(DOOR, kept)
        self._stand(door)

    def _read(self, command: ChooseDoor) -> Door:
        with self._store.reader() as reader:
            catalogue = reader.catalogue(command.log)
            if command.list not in catalogue.lists:
                raise BadInput("This check-in list does not exist (any more).", "Choose another one.")
            figures = reader.figures(command.log, command.list)
        return Door(catalogue, catalogue.lists[command.list], command.gate, command.mode, figures)

    def _stand(self, door: Door) -> None:
        self._door = door
        self._hooks.door_chosen(door)

    def resume(self, _command: Command) -> None:
        """Stand where the desk stood before it was shut, where that door is still there."""
        kept = self._preferences.get(DOOR)
        if kept:
            self.choose(ChooseDoor(kept["log"], kept["list"], kept["gate"], Mode(kept["mode"])))

    def refresh(self, _command: Command) -> None:
        """The catalogue or the guests may have changed: stand at the same door by the new rules."""
        if self._door is None:
            return
        old = self._door
        door = self._read(ChooseDoor(old.catalogue.event.id, old.list.id, old.gate, old.mode))
        if door != old:
            self._stand(door)

    def recount(self, _command: CountDoor) -> None:
        if self._door is not None:
            self.count()

    def count(self) -> None:
        """Tell the figures if they have changed."""
        door = self.door
        try:
            with self._store.reader() as reader:
                figures = reader.figures(door.catalogue.event.id, door.list.id)
        except StorageError as error:
            # Told for itself: the pass that changed them is written, and must not look refused.
            self._hooks.trouble_told(Trouble("", error.message, error.remedy))
            return
        if figures != door.figures:
            self._door = replace(door, figures=figures)
            self._hooks.figures_changed(figures)
