"""Calls to another ticketing system: each once, those of a subject in their order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store
from tests.storage.made import KEY

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", KEY, "desk1") as store:
        yield store


def call(fact: str, subject: str, minute: int = 0) -> BridgeCall:
    return BridgeCall("log", fact, "admitted", subject, NOON + timedelta(minutes=minute), {"nonce": fact})


def test_a_fact_is_told_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.bridge_calls.add([call("f1", "t1")])
        tx.bridge_calls.add([replace(call("f1", "t1"), call={"nonce": "other"})])
        assert [one.call for one in tx.bridge_calls.due("log")] == [{"nonce": "f1"}]


def test_of_a_subject_the_first_that_waits_may_go(store: Store) -> None:
    with store.transaction() as tx:
        tx.bridge_calls.add([call("in1", "t1", 5), call("out1", "t1", 6), call("in2", "t2", 1)])
        tx.bridge_calls.add([replace(call("x", "t3"), state=CallState.UNTOLD, answer="no way")])
        first = tx.bridge_calls.due("log")
        assert [one.fact for one in first] == ["in2", "in1"]
        tx.bridge_calls.settle(first[1].n, CallState.REFUSED, "no such list")
        assert [one.fact for one in tx.bridge_calls.due("log")] == ["in2", "out1"]
        assert tx.bridge_calls.due("other") == []


def test_what_became_of_a_call_is_known(store: Store) -> None:
    with store.transaction() as tx:
        tx.bridge_calls.add([call("f1", "t1"), call("f2", "t2")])
        [one, two] = tx.bridge_calls.due("log")
        tx.bridge_calls.settle(one.n, CallState.DONE, now=NOON)
        tx.bridge_calls.settle(two.n, CallState.REFUSED, "position: blocked", now=NOON)
    with store.reader() as reader:
        calls = reader.bridge_calls
        assert calls.counts("log") == {CallState.DONE: 1, CallState.REFUSED: 1}
        refused = calls.listed("log", [CallState.REFUSED])
        assert [(one.fact, one.answer, one.tries, one.changed) for one in refused] == [
            ("f2", "position: blocked", 1, NOON)
        ]
        assert calls.get(refused[0].n) == refused[0] == calls.of_fact("log", "f2")
        assert calls.get(99) is None
