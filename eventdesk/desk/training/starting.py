"""A training beside the desk: a process of its own, which is told what it needs and nothing more."""

import subprocess
from pathlib import Path

from eventdesk.desk.commands import StartTraining
from eventdesk.desk.lane import Handlers
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import DOOR, TILL_LOG, TRAINING
from eventdesk.desk.training.place import beside
from eventdesk.desk.training.seed import Seed, seed_of
from eventdesk.desk.upstream.hub_process import program
from eventdesk.errors import BadInput, NotAllowed
from eventdesk.storage.store import Reader, Store


class Training:
    """Lives on the errands' lane. What it started goes on when the desk is closed."""

    def __init__(self, store: Store, preferences: Preferences, folder: Path) -> None:
        """`folder`: the desk's own."""
        self._store = store
        self._preferences = preferences
        self._folder = folder
        self._started: list[subprocess.Popen[str]] = []

    def handlers(self) -> Handlers:
        return {StartTraining: self.start}

    def start(self, command: StartTraining) -> None:
        """Raises BadInput where no event is there, NotAllowed in a training."""
        if self._preferences.get(TRAINING):
            raise NotAllowed("This is the training already.", "Close it to go back.")
        with self._store.reader() as reader:
            seed = seed_of(reader, command.log or self._event(reader))
        self._started = [one for one in self._started if one.poll() is None]
        self._started.append(started(seed, beside(self._folder)))

    def _event(self, reader: Reader) -> str:
        door = self._preferences.get(DOOR) or {}
        log = str(self._preferences.get(TILL_LOG) or door.get("log", ""))
        events = [event.id for event in reader.events()]
        if log in events:
            return log
        if not events:
            raise BadInput("There is no event to train for.", "Make one first, or open the demo event.")
        return events[0]


def started(seed: Seed, folder: Path, *, goes_on: bool = True) -> "subprocess.Popen[str]":
    """The training's own process, which is not given the desk's key. `goes_on`: also when this one ends."""
    process = subprocess.Popen(
        [*program(), "training", "--seed", "-", "--folder", str(folder)],
        stdin=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=goes_on,
    )
    assert process.stdin is not None
    try:
        with process.stdin:
            process.stdin.write(seed.text())
    except OSError:
        pass  # it has ended already, and has said why
    return process
