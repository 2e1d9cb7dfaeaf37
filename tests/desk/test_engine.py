"""The engine's lanes: a bug stops nothing, searches make way, what is set up is kept."""

import threading
from pathlib import Path
from typing import Any

import pytest

from eventdesk.desk.commands import (
    BackUpNow,
    CancelOperation,
    Command,
    FindGuests,
    ListEvents,
    ListGuests,
    ListSettings,
    OpenDemoEvent,
    PutSetting,
    RunOperation,
    ShowCatalogue,
    ShowTicket,
)
from eventdesk.desk.demo import LOG
from eventdesk.desk.engine import Engine, utc_now
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Lane
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import STATION
from eventdesk.desk.upkeep import Upkeep
from eventdesk.errors import BadInput, OperationCanceled
from eventdesk.storage import backups
from eventdesk.storage.store import Store
from tests.desk.conftest import Desk, Heard


def test_a_bug_is_told_and_the_lane_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    hooks = Hooks()
    heard = Heard(hooks)
    served: list[Command] = []

    def handle(command: Command) -> None:
        served.append(command)
        if len(served) == 1:
            raise ZeroDivisionError("a mistake of ours")

    lane = Lane("test", {ListEvents: handle}, hooks.trouble_told)
    lane.start()
    first = ListEvents()
    lane.post(first)
    lane.post(ListEvents())
    lane.stop()
    assert len(served) == 2
    trouble = heard.next(hooks.trouble_told)
    assert trouble.request == first.request
    assert "ZeroDivisionError" in trouble.message
    assert "a mistake of ours" in caplog.text


def test_a_command_that_nobody_serves_is_a_bug_of_the_caller(desk: Desk) -> None:
    with pytest.raises(KeyError, match="BackUpNow"):
        desk.engine.post(BackUpNow())


def test_what_is_set_up_can_be_asked_for(desk: Desk) -> None:
    events = desk.ask(ListEvents(), lambda hooks: hooks.events_listed).events
    assert [event.id for event in events] == [LOG]
    catalogue = desk.ask(ShowCatalogue(LOG), lambda hooks: hooks.catalogue_shown).catalogue
    assert "main" in catalogue.lists
    page = desk.ask(ListGuests(LOG, limit=5), lambda hooks: hooks.guests_listed)
    assert (len(page.rows), page.total) == (5, 23)
    shown = desk.ask(ShowTicket(LOG, page.rows[0].ticket), lambda hooks: hooks.ticket_shown)
    assert shown.ticket is not None
    assert desk.ask(ShowTicket(LOG, "nobody"), lambda hooks: hooks.ticket_shown).ticket is None


def test_a_setting_outlives_the_engine(desk: Desk) -> None:
    desk.ask(PutSetting(STATION, "Door 3"), lambda hooks: hooks.setting_kept)
    assert desk.ask(ListSettings(), lambda hooks: hooks.settings_listed).settings[STATION] == "Door 3"
    assert Preferences(desk.store).get(STATION) == "Door 3"


def test_a_guest_is_found_in_spite_of_a_typing_error(desk: Desk) -> None:
    found = desk.ask(FindGuests("ursla muller"), lambda hooks: hooks.guests_found)
    assert found.hits[0].name == "Ursula Müller-Weiß"


def test_only_the_newest_of_waiting_searches_is_answered(store: Store) -> None:
    hooks = Hooks()
    heard = Heard(hooks)
    engine = Engine(store, hooks, Preferences(store))
    texts = ["ada", "ada q", "ada qu"]
    for text in texts:
        engine.post(FindGuests(text, log=LOG))
    engine.start()
    assert heard.next(hooks.guests_found).text == texts[-1]
    engine.stop()
    assert heard.nothing(hooks.guests_found)


def test_the_demo_event_is_made_once(desk: Desk) -> None:
    for _ in range(2):
        listed = desk.ask(OpenDemoEvent(), lambda hooks: hooks.events_listed)
        assert len(listed.events) == 1


def test_an_operation_tells_its_steps_and_its_result(desk: Desk) -> None:
    def work(store: Store, progress: Any, canceled: Any) -> str:
        progress(2, 2)
        assert not canceled()
        return store.desk

    ended = desk.ask(RunOperation("test", work), lambda hooks: hooks.operation_ended)
    assert ended.result == "d001"
    assert desk.heard.next(desk.hooks.operation_moved).done == 2


def test_an_operation_can_be_stopped(desk: Desk) -> None:
    begun = threading.Event()

    def work(_store: Store, _progress: Any, canceled: Any) -> None:
        begun.set()
        while not canceled():
            threading.Event().wait(0.005)
        raise OperationCanceled

    command = RunOperation("test", work)
    desk.engine.post(command)
    assert begun.wait(5)
    ended = desk.ask(CancelOperation(command.request), lambda hooks: hooks.operation_ended)
    assert ended.canceled


@pytest.mark.parametrize(
    ("error", "told"), [(BadInput("The file is empty."), "empty"), (KeyError("x"), "KeyError")]
)
def test_a_failed_operation_is_told_and_the_next_one_runs(desk: Desk, error: Exception, told: str) -> None:
    def fail(_store: Store, _progress: Any, _canceled: Any) -> None:
        raise error

    ended = desk.ask(RunOperation("test", fail), lambda hooks: hooks.operation_ended)
    assert ended.error is not None
    assert told in ended.error.message
    ended = desk.ask(RunOperation("test", lambda *_: 1), lambda hooks: hooks.operation_ended)
    assert ended.result == 1


def test_a_backup_is_made_when_it_is_due_and_not_again_at_once(store: Store) -> None:
    hooks = Hooks()
    made: list[str] = []
    hooks.backup_made.connect(made.append)
    upkeep = Upkeep(store, hooks, lambda _command: None, utc_now)
    upkeep.back_up_if_due(BackUpNow())
    upkeep.back_up_if_due(BackUpNow())
    assert [Path(one) for one in made] == [backup.path for backup in backups.listed(store.path)]
    assert len(made) == 1
