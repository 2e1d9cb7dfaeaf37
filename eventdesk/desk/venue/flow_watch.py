"""Tells how fast guests go in at the door, every few seconds while somebody watches. On a thread of its own:
no scan ever waits for it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from eventdesk.desk.hooks import Door, Hooks
from eventdesk.desk.lane import Handlers, trouble
from eventdesk.desk.venue.commands import WatchFlow
from eventdesk.desk.venue.entries import Entries
from eventdesk.desk.venue.values import FlowChanged, Venue
from eventdesk.domain.forecast import Doors, forecast, passes_of
from eventdesk.domain.guests import Figures
from eventdesk.storage.store import Store

LOOK_EVERY_S: Final = 5.0


class FlowWatch:
    def __init__(
        self, store: Store, hooks: Hooks, now: Callable[[], datetime], every_s: float = LOOK_EVERY_S
    ) -> None:
        self._hooks = hooks
        self._store = store
        self._now = now
        self._every_s = every_s
        self._entries = Entries(store)
        self._door: Door | None = None
        self._names: dict[str, str] = {}
        self._limit = 5.0
        self._told = ""
        self._on = self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="flow", daemon=True)
        hooks.door_chosen.connect(self._door_chosen)
        hooks.venue_changed.connect(self._venue_changed)

    def handlers(self) -> Handlers:
        return {WatchFlow: self.watch}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def watch(self, command: WatchFlow) -> None:
        """Look at once, and again and again while it is `on`."""
        with self._changed:
            self._on, self._limit = command.on, command.limit
            self._changed.notify()

    def _door_chosen(self, door: Door) -> None:
        with self._changed:
            self._door = door
            self._changed.notify()

    def _venue_changed(self, venue: Venue) -> None:
        self._names = {one.desk: one.name for one in venue.lines if one.name}

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._on)
                if self._closed:
                    return
                door, limit = self._door, self._limit
            if door is not None:
                self._look_safely(door, limit)
            with self._changed:
                if not self._closed and (door, limit) == (self._door, self._limit):
                    self._changed.wait(self._every_s)

    def _look_safely(self, door: Door, limit: float) -> None:
        """A fault is told once, until it is over."""
        try:
            changed = self._look(door, limit)
        except Exception as error:  # noqa: BLE001 - the thread must go on, and the fault is told
            told = trouble("", error, "looking at how guests go in")
            if told.message != self._told:
                self._told = told.message
                self._hooks.trouble_told(told)
        else:
            self._told = ""
            self._hooks.flow_changed(changed)

    def _look(self, door: Door, limit: float) -> FlowChanged:
        now = self._now()
        log, list_id = door.catalogue.event.id, door.list.id
        times = self._entries.until(log, list_id, now)
        with self._store.reader() as reader:
            figures = reader.figures(log, list_id)
        flow = forecast(passes_of(times, now), doors_of(door, figures), now, limit)
        return FlowChanged(log, list_id, flow, dict(self._names))


def doors_of(door: Door, figures: Figures) -> Doors:
    """When guests come: around the list's session, else around the event."""
    session = door.catalogue.sessions.get(door.list.session or "")
    part = session or door.catalogue.event
    opens = part.admission
    if opens is not None and not timedelta() <= part.begins - opens <= timedelta(days=1):
        opens = None
    return Doors(figures.entered, figures.expected, part.begins, opens)
