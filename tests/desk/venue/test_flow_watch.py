"""What a desk tells of how guests go in, while somebody watches."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest

from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.hooks import Door, Hooks
from eventdesk.desk.venue.commands import WatchFlow
from eventdesk.desk.venue.entries import Entries
from eventdesk.desk.venue.flow_watch import FlowWatch, doors_of
from eventdesk.desk.venue.values import DeskLine, Venue
from eventdesk.domain.catalogue import Catalogue, CheckInList, Event, Session
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.flow import Flow
from eventdesk.domain.forecast import Doors, Passes, forecast
from eventdesk.domain.guests import Figures
from eventdesk.errors import StorageError
from eventdesk.storage.store import Store
from tests.desk.conftest import NOON, PATIENCE_S, Heard


class Watched:
    """A store whose clock the test moves, and a watch on it."""

    def __init__(self, folder: Path) -> None:
        self.now = NOON
        self.store = Store.open(folder / "desk.db", secrets.token_bytes(32), "d001", self._wall_ms)
        with self.store.transaction() as tx:
            tx.append(LOG, demo_drafts(NOON))
        self.hooks = Hooks()
        self.heard = Heard(self.hooks)
        self.flow = FlowWatch(self.store, self.hooks, lambda: self.now, every_s=0.01)
        self.flow.start()

    def _wall_ms(self) -> int:
        return round(self.now.timestamp() * 1000)

    def stand(self) -> None:
        with self.store.reader() as reader:
            catalogue = reader.catalogue(LOG)
        self.hooks.door_chosen(Door(catalogue, catalogue.lists[LIST], None, Mode.ENTRY))

    def admit(self, ticket: str, at: datetime) -> str:
        self.now = at
        admitted = Draft(Kind.ADMITTED, ticket, {"list": LIST, "at": at.isoformat()})
        with self.store.transaction() as tx:
            tx.append(LOG, [admitted])
        return admitted.id

    def close(self) -> None:
        self.flow.stop()
        self.store.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    made.close()


def test_nothing_is_told_until_somebody_watches(watched: Watched) -> None:
    watched.stand()
    watched.flow.watch(WatchFlow(on=False))
    assert watched.heard.nothing(watched.hooks.flow_changed)
    watched.flow.watch(WatchFlow(limit=3.0))
    told = watched.heard.next(watched.hooks.flow_changed)
    assert (told.log, told.list) == (LOG, LIST)
    assert told.flow.at == NOON
    assert told.flow.expected > 0


def test_it_is_told_again_and_again_with_the_desks_names(watched: Watched) -> None:
    for place in range(10):
        watched.admit(f"t{place}", NOON + timedelta(seconds=4 * place))
    watched.now = NOON + timedelta(minutes=1)
    watched.hooks.venue_changed(Venue([DeskLine("d001", "Main door", NOON, None)], NOON))
    watched.stand()
    watched.flow.watch(WatchFlow())
    first, second = (watched.heard.next(watched.hooks.flow_changed) for _ in range(2))
    assert second.flow.minutes == first.flow.minutes
    assert first.names == {"d001": "Main door"}
    assert [(one.desk, one.per_minute) for one in first.flow.paces] == [("d001", 2.0)]
    assert first.flow.paces[0].last_at == NOON + timedelta(seconds=36)


def test_the_limit_can_be_changed_while_it_is_watched(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: SimpleQueue[float] = SimpleQueue()

    def noting(passes: Passes, doors: Doors, now: datetime, limit: float) -> Flow:
        limits.put(limit)
        return forecast(passes, doors, now, limit)

    monkeypatch.setattr("eventdesk.desk.venue.flow_watch.forecast", noting)
    watched.stand()
    watched.flow.watch(WatchFlow(limit=100.0))
    assert limits.get(timeout=PATIENCE_S) == 100.0
    watched.flow.watch(WatchFlow(limit=0.5))
    while limits.get(timeout=PATIENCE_S) != 0.5:
        pass


def test_a_fault_is_told_once_and_again_after_it_was_over(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_args: object) -> dict[str, list[float]]:
        looks.put(None)
        raise StorageError("The disk can't be read.", "Look at it.")

    looks: SimpleQueue[None] = SimpleQueue()
    with monkeypatch.context() as broken:
        broken.setattr(Entries, "until", failing)
        watched.stand()
        watched.flow.watch(WatchFlow())
        for _ in range(3):
            looks.get(timeout=PATIENCE_S)
    assert watched.heard.next(watched.hooks.trouble_told).message == "The disk can't be read."
    assert watched.heard.nothing(watched.hooks.trouble_told)
    assert watched.heard.next(watched.hooks.flow_changed), "it goes on"


def test_entries_are_read_anew_where_they_may_have_changed(watched: Watched) -> None:
    entries = Entries(watched.store)
    old = watched.admit("t1", NOON)
    new = watched.admit("t2", NOON + timedelta(minutes=100))
    at = watched.now = NOON + timedelta(minutes=101)
    assert [len(one) for one in entries.until(LOG, LIST, at).values()] == [2]
    undone = [Draft(Kind.ADMISSION_UNDONE, "t2", {"admission": new, "reason": "slip"})]
    with watched.store.transaction() as tx:
        tx.append(LOG, undone)
    assert [len(one) for one in entries.until(LOG, LIST, at).values()] == [1]
    undone = [Draft(Kind.ADMISSION_UNDONE, "t1", {"admission": old, "reason": "slip"})]
    with watched.store.transaction() as tx:
        tx.append(LOG, undone)
    later = at + timedelta(seconds=30)
    assert entries.until(LOG, LIST, later), "an old one that was undone goes within a minute"
    assert not entries.until(LOG, LIST, at + timedelta(minutes=1))
    watched.admit("t3", NOON + timedelta(minutes=103))
    assert entries.until(LOG, LIST, NOON + timedelta(minutes=104))
    assert not entries.until(LOG, LIST, NOON + timedelta(minutes=300))
    assert not entries.until(LOG, "another", NOON + timedelta(minutes=104))


def test_guests_come_around_the_lists_session() -> None:
    begins = NOON + timedelta(days=1)
    session = Session("s1", "Sunday", begins, admission=begins - timedelta(hours=1))
    event = Event("gala", "Gala", "UTC", NOON, admission=NOON - timedelta(days=90))
    of_session = CheckInList("sun", "Sunday", session="s1")
    of_event = CheckInList("all", "All")
    catalogue = Catalogue(event, {"s1": session})
    found = doors_of(Door(catalogue, of_session, None, Mode.ENTRY), Figures(1, 2, 3))
    assert (found.begins, found.opens) == (begins, session.admission)
    assert (found.entered, found.expected) == (2, 3)
    whole = doors_of(Door(catalogue, of_event, None, Mode.ENTRY), Figures())
    assert (whole.begins, whole.opens) == (NOON, None), "doors that opened months ago say nothing"
