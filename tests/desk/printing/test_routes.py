"""Several printers: who gets a badge, who takes over, and what happens when a roll is empty."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.desk.printing import labels
from eventdesk.desk.printing.fleet import OUT
from eventdesk.desk.settings import PRINT_ROUTES, PRINTER, PRINTERS, TAKE_OVER
from eventdesk.devices.printers.queues import Progress
from eventdesk.devices.states import Status
from eventdesk.domain.badges import JobState
from eventdesk.storage.store import Store
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.desk.printing.spooling import printed_facts, spooling, wish

BOTH = [{"queues": ["left", "right"]}]


def put(store: Store, **settings: Any) -> None:
    names = {"routes": PRINT_ROUTES, "printer": PRINTER, "printers": PRINTERS, "takes_over": TAKE_OVER}
    with store.transaction() as tx:
        for name, value in settings.items():
            tx.settings.put(names[name], value)


def load(store: Store, queue: str, number: int | None) -> None:
    with store.transaction() as tx:
        labels.load(tx, queue, number)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a printer that stands still."""
    monkeypatch.setattr("eventdesk.desk.printing.routes.TAKE_OVER_SECONDS", 0.1)
    monkeypatch.setattr("eventdesk.desk.printing.fleet.LOOK_SECONDS", 0.05)
    monkeypatch.setattr("eventdesk.desk.printing.spool.LIVELY_SECONDS", 0.02)
    monkeypatch.setattr("eventdesk.desk.printing.spool.SILENT_SECONDS", 0.05)
    monkeypatch.setattr("eventdesk.desk.printing.spool.WATCH_SECONDS", 0.05)
    monkeypatch.setattr("eventdesk.desk.printing.settling.RECALL_SECONDS", 0.2)


def test_badges_are_shared_out_and_a_product_has_its_own_printer(store: Store, hasty: None) -> None:
    with store.reader() as reader:
        ticket = wish(reader, 5).ticket
        others = [n for n in range(20) if wish(reader, n).ticket.product != ticket.product]
    put(store, routes=[{"products": [ticket.product], "queues": ["vip"]}, *BOTH])
    printers = ScriptedPrinters(names=("left", "right", "vip"))
    with spooling(store, printers) as desk:
        desk.wait(desk.order(5, printer=""), JobState.SENT)
        for number in others[:2]:
            desk.wait(desk.order(number, printer=""), JobState.SENT)
    assert [queue for queue, _ in printers.sent] == ["vip", "left", "right"]


def test_a_badge_goes_to_the_one_that_is_ready(store: Store, hasty: None) -> None:
    put(store, routes=BOTH)
    printers = ScriptedPrinters(broken={"left": "Paper jam"})
    with spooling(store, printers) as desk:
        job = desk.wait(desk.order(printer=""), JobState.SENT)
    assert (job.printer, job.routed) == ("right", True)


def test_a_neighbour_takes_over_what_stands_still_and_nothing_is_printed_twice(
    store: Store, hasty: None
) -> None:
    put(store, routes=BOTH)
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.wait(desk.order(printer=""), JobState.SENT)
        printers.broken["left"] = "Out of paper"
        printers.move_all(Progress.HELD, "Out of paper")
        job = desk.until(lambda now: now.printer == "right" and bool(now.reference), job, "taken over")
        printers.broken.clear()
        printers.move_all(Progress.PRINTED)
        desk.wait(job, JobState.PRINTED)
    assert [queue for queue, _ in printers.sent] == ["left", "right"]
    assert [fact.payload["printer"] for fact in printed_facts(store, job)] == ["right"]
    assert [status.progress for status in printers.jobs.values()] == [Progress.FAILED, Progress.PRINTED]


@pytest.mark.parametrize("why", ["a person", "switched off", "no neighbour", "stubborn"])
def test_what_nobody_may_or_can_take_over_stays(store: Store, hasty: None, why: str) -> None:
    put(store, routes=BOTH, takes_over=why != "switched off")
    printers = ScriptedPrinters(stubborn=why == "stubborn")
    with spooling(store, printers) as desk:
        job = desk.wait(desk.order(printer="left" if why == "a person" else ""), JobState.SENT)
        printers.broken["left"] = "Paper jam"
        if why == "no neighbour":
            printers.broken["right"] = "Paper jam"
        printers.move_all(Progress.HELD, "Paper jam")
        desk.wait(job, JobState.SENT, "Paper jam")
        if why == "stubborn":
            desk.until(lambda _: any("let go" in one.message for one in desk.troubles), job, "told")
        # A badge that is asked for later has come and gone: there was time enough.
        later = desk.order(1, printer="right")
        desk.wait(later, JobState.SENT)
        printers.jobs[desk.now(later).reference] = replace(
            printers.jobs[desk.now(later).reference], progress=Progress.PRINTED
        )
        desk.wait(later, JobState.PRINTED)
        assert (desk.now(job).printer, desk.now(job).state) == ("left", JobState.SENT)
    assert [queue for queue, _ in printers.sent] == ["left", "right"]


def test_what_the_print_system_forgot_is_not_printed_elsewhere_in_silence(store: Store, hasty: None) -> None:
    class Forgetful(ScriptedPrinters):
        def cancel(self, queue: str, reference: str) -> None:
            self.jobs.pop(reference)

    put(store, routes=BOTH)
    printers = Forgetful()
    with spooling(store, printers) as desk:
        job = desk.wait(desk.order(printer=""), JobState.SENT)
        printers.broken["left"] = "Paper jam"
        printers.move_all(Progress.HELD, "Paper jam")
        desk.wait(job, JobState.UNKNOWN)
    assert [queue for queue, _ in printers.sent] == ["left"]


def test_whoever_a_person_sent_somewhere_stays_there(store: Store, hasty: None) -> None:
    put(store, routes=BOTH)
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        job = desk.wait(desk.order(printer=""), JobState.SENT)
        desk.settle(job, "retry", "right")
        job = desk.until(lambda now: now.printer == "right" and bool(now.reference), job, "sent again")
        assert not job.routed


def test_a_label_printer_gets_one_at_a_time_and_the_others_go_beside_it(store: Store, hasty: None) -> None:
    put(store, routes=BOTH)
    printers = ScriptedPrinters(busy={"left"})
    with spooling(store, printers) as desk:
        assert desk.wait(desk.order(printer=""), JobState.SENT).printer == "right"
        waiting = desk.order(1, printer="left")
        desk.wait(desk.order(2, printer=""), JobState.SENT)
        assert desk.now(waiting).state is JobState.QUEUED
        printers.busy.clear()
        desk.spool.nudge()
        desk.wait(waiting, JobState.SENT)


def test_labels_are_counted_and_an_empty_roll_is_out_of_paper_until_a_new_one(
    store: Store, hasty: None
) -> None:
    put(store, printer="left")
    load(store, "left", 2)
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        jobs = [desk.order(number, printer="") for number in range(3)]
        for job in jobs[:2]:
            desk.wait(job, JobState.SENT)
        desk.wait(jobs[2], JobState.QUEUED, OUT)
        printers.move_all(Progress.PRINTED)
        for job in jobs[:2]:
            desk.wait(job, JobState.PRINTED)
        desk.wait(jobs[2], JobState.QUEUED, OUT)
    assert left(store) == {"left": 0}
    with spooling(store, printers) as desk:  # a restart
        desk.wait(desk.order(3, printer=""), JobState.QUEUED, OUT)
        load(store, "left", 100)
        desk.spool.nudge()
        desk.wait(jobs[2], JobState.SENT)
    assert len(printers.sent) == 4
    load(store, "left", None)
    assert left(store) == {}


def test_a_neighbour_prints_when_the_roll_is_empty(store: Store, hasty: None) -> None:
    put(store, routes=BOTH)
    load(store, "left", 1)
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        sent = [desk.wait(desk.order(number, printer=""), JobState.SENT) for number in range(4)]
    assert [job.printer for job in sent] == ["left", "right", "right", "right"]


def left(store: Store) -> dict[str, int]:
    with store.reader() as reader:
        return labels.left(reader)


def test_printers_are_told_at_each_change(store: Store, hasty: None) -> None:
    put(store, routes=BOTH, printer="office", printers={"left": {"warn": 5}})
    load(store, "left", 6)
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        desk.spool.board.show_printers()
        desk.spool.nudge()
        first = desk.heard(desk.printers, lambda one: True)
        assert [one.queue for one in first.printers] == ["left", "right", "office"]
        assert (first.printers[0].left, first.printers[0].warn, first.printers[0].state.status) == (
            6, 5, Status.READY
        )  # fmt: skip
        assert first.printers[2].state.status is Status.GONE
        printers.broken["right"] = "Paper jam"
        jammed = desk.heard(desk.printers, lambda one: one.printers[1].state.message == "Paper jam")
        assert jammed.printers[1].left is None
        desk.wait(desk.order(printer="left"), JobState.SENT)
        desk.heard(desk.printers, lambda one: one.printers[0].waiting == 1)
        printers.move_all(Progress.PRINTED)
        desk.heard(desk.printers, lambda one: (one.printers[0].waiting, one.printers[0].left) == (0, 5))
        load(store, "left", 1)
        desk.spool.used_label("left")
        desk.heard(desk.printers, lambda one: one.printers[0].state.message == OUT)


def test_settings_that_cannot_be_read_are_told_once(store: Store, hasty: None) -> None:
    put(store, printer="left", printers={"left": {"dx": "wide"}})
    with spooling(store, ScriptedPrinters()) as desk:
        desk.wait(desk.order(printer=""), JobState.SENT)
        desk.wait(desk.order(1, printer=""), JobState.SENT)
    assert [one.message for one in desk.troubles] == [
        'left: "wide" can\'t be its dx. Set it anew; it counts as not set.'
    ]
