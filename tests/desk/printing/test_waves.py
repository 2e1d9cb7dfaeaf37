"""Badges printed before anyone comes: sorted, a few at a time, paused, canceled, cut off, never twice."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import pytest

from eventdesk.badges import fonts
from eventdesk.desk.commands import RunOperation
from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing.commands import BeginWave, ListWaves, LoadRoll, SteerWave
from eventdesk.desk.printing.filling import fill
from eventdesk.desk.printing.handing import MOST_AT_PRINTER, MOST_OF_WAVE
from eventdesk.desk.printing.maker import Badge, BadgeMaker
from eventdesk.desk.printing.waves import FillWaves, WaveRequests
from eventdesk.devices.printers.queues import Progress, QueueInfo
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.printing.order import family_name
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.errors import BadInput, NotAllowed, OperationCanceled
from eventdesk.storage.store import Store
from tests.desk.printing.scripted_printers import ScriptedPrinters
from tests.desk.printing.spooling import NOON, Spooling, choose_printer, spooling, wish
from tests.desk.printing.test_routes import hasty, left, put

__all__ = ["hasty"]
pytestmark = pytest.mark.usefixtures("hasty")


class Waves:
    """The engine's part, without its lane: operations run at once."""

    def __init__(self, desk: Spooling) -> None:
        self.desk = desk
        self.ended: list[object] = []
        self.asked = WaveRequests(desk.store, desk.spool, self._run, lambda _log, _right: None, lambda: NOON)

    def _run(self, operation: RunOperation) -> None:
        self.ended.append(operation.work(self.desk.store, lambda _done, _all: None, lambda: False))

    def begin(self, **members: object) -> str:
        self.asked.begin(BeginWave(LOG, "Morning", **members))  # type: ignore[arg-type]
        with self.desk.store.reader() as reader:
            return reader.waves.latest(1)[0].id

    def steer(self, wave: str, choice: str) -> None:
        self.asked.steer(SteerWave(wave, choice))  # type: ignore[arg-type]


def jobs_of(store: Store, wave: str, *states: JobState) -> list[BadgeJob]:
    with store.reader() as reader:
        found = reader.jobs.latest(10_000)
    return [job for job in reversed(found) if job.wave == wave and (not states or job.state in states)]


def let_all_out(desk: Spooling, printers: ScriptedPrinters, wave: str) -> None:
    """The printers print whatever they get until nothing of the wave is left."""
    for _ in range(1000):
        printers.move_all(Progress.PRINTED)
        desk.spool.nudge()
        if not jobs_of(desk.store, wave, *badge_jobs.UNDER_WAY):
            return
        desk.until(
            lambda _: (
                any(one.progress is Progress.SENT for one in printers.jobs.values())
                or not jobs_of(desk.store, wave, *badge_jobs.UNDER_WAY)
            ),
            jobs_of(desk.store, wave)[0],
            "going on",
        )
    raise AssertionError("the wave does not end")


def titles(printers: ScriptedPrinters) -> list[str]:
    return [title for _, title in printers.sent]


def test_a_wave_is_printed_by_family_name_a_few_at_a_time_and_nobody_twice(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        wave = Waves(desk).begin()
        jobs = jobs_of(store, wave)
        families = [family_name(job.contents.name).casefold() for job in jobs if job.contents.name.isascii()]
        assert len(jobs) > MOST_AT_PRINTER
        assert families == sorted(families)
        desk.until(lambda _: len(printers.sent) == MOST_AT_PRINTER, jobs[0], "handed over")
        let_all_out(desk, printers, wave)
    assert len(set(titles(printers))) == len(printers.sent) == len(jobs)
    assert all(job.state is JobState.PRINTED for job in jobs_of(store, wave))
    by_job = [title.split("-")[1] for title in titles(printers)]
    assert by_job == [job.id for job in jobs]


def test_never_more_than_so_many_of_a_wave_are_out_of_hand(store: Store) -> None:
    queues = [f"q{number}" for number in range(9)]
    put(store, routes=[{"queues": queues}])
    printers = ScriptedPrinters(names=tuple(queues))
    with store.transaction() as tx:
        tx.append(LOG, list(guests(40)))
    with spooling(store, printers) as desk:
        wave = Waves(desk).begin()
        desk.until(lambda _: len(printers.sent) == MOST_OF_WAVE, jobs_of(store, wave)[0], "handed over")
        desk.wait(desk.order(0, printer="other", reason="own"), JobState.SENT)
        assert len(printers.sent) == MOST_OF_WAVE + 1
        assert max(queues.count(queue) for queue, _ in printers.sent) <= MOST_AT_PRINTER


def test_a_guest_s_own_badge_goes_first_and_is_not_printed_again_by_the_wave(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        wave = Waves(desk).begin()
        last = jobs_of(store, wave)[-1]
        desk.until(lambda _: len(printers.sent) == MOST_AT_PRINTER, last, "handed over")
        with store.transaction() as tx:
            ticket = tx.ticket(LOG, last.ticket)
            assert ticket is not None
            own = badge_jobs.first(tx, replace(wish(tx, printer=""), ticket=ticket))
        assert own is not None
        desk.spool.nudge()
        desk.wait(own, JobState.SENT)
        assert desk.now(last).state is JobState.CANCELED
        assert len(printers.sent) == MOST_AT_PRINTER + 1
        let_all_out(desk, printers, wave)
        desk.wait(own, JobState.PRINTED)
        with store.transaction() as tx:
            assert badge_jobs.first(tx, replace(wish(tx, printer=""), ticket=ticket)) is None
    assert sum(last.id in title for title in titles(printers)) == 0


def test_a_badge_of_a_wave_is_the_guest_s_badge(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        waves = Waves(desk)
        let_all_out(desk, printers, waves.begin())
        with store.transaction() as tx:
            assert badge_jobs.first(tx, wish(tx, printer="")) is None
            with pytest.raises(BadInput, match="needs a reason"):
                badge_jobs.another(tx, wish(tx, printer=""))
        again = waves.begin()
        assert jobs_of(store, again) == []
        assert waves.ended[-1] == 0


def test_a_wave_is_paused_resumed_and_canceled(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        waves = Waves(desk)
        wave = waves.begin()
        jobs = jobs_of(store, wave)
        desk.until(lambda _: len(printers.sent) == MOST_AT_PRINTER, jobs[0], "handed over")
        waves.steer(wave, "pause")
        printers.move_all(Progress.PRINTED)
        desk.wait(jobs[MOST_AT_PRINTER - 1], JobState.PRINTED)
        desk.wait(desk.order(3, printer="right", reason="x"), JobState.SENT)
        assert len(printers.sent) == MOST_AT_PRINTER + 1
        waves.steer(wave, "resume")
        desk.until(lambda _: len(printers.sent) > MOST_AT_PRINTER + 1, jobs[-1], "going on")
        waves.steer(wave, "cancel")
        printers.move_all(Progress.PRINTED)
        desk.until(lambda _: not jobs_of(store, wave, *badge_jobs.UNDER_WAY), jobs[0], "over")
        with pytest.raises(BadInput, match="no choice"):
            waves.steer(wave, "shred")
        with pytest.raises(BadInput, match="not there"):
            waves.steer("none", "pause")
    assert jobs_of(store, wave, JobState.CANCELED)


def test_a_wave_goes_on_after_a_restart_where_it_was_paused_or_not(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        wave = Waves(desk).begin()
        desk.until(lambda _: len(printers.sent) >= 2, jobs_of(store, wave)[0], "handed over")
        printers.move_all(Progress.PRINTED)
    with spooling(store, printers) as desk:
        let_all_out(desk, printers, wave)
    assert len(set(titles(printers))) == len(printers.sent) == len(jobs_of(store, wave, JobState.PRINTED))


def test_a_wave_that_was_cut_off_while_it_was_filled_is_filled_to_the_end(store: Store) -> None:
    choose_printer(store, "left")
    steps = count()
    wave = KeptWave("w", LOG, "Morning", NOON)
    with store.transaction() as tx:
        tx.append(LOG, list(guests(50)))
        tx.waves.add(wave)
    with pytest.raises(OperationCanceled):
        fill(store, wave, lambda: NOON, lambda _done, _all: None, lambda: next(steps) == 2, lambda: None)
    part = len(jobs_of(store, "w"))
    desk = Spooling(store, ScriptedPrinters(), lambda job: Badge(b"", (1, 1)))
    waves = Waves(desk)
    waves.asked.fill(FillWaves())
    jobs = jobs_of(store, "w")
    assert 0 < part < len(jobs) == len({job.ticket for job in jobs}) == waves.ended[0]
    with store.reader() as reader:
        assert reader.waves.unfilled() == []


def test_a_wave_that_was_canceled_while_it_was_filled_gets_no_more(store: Store) -> None:
    choose_printer(store, "left")
    wave = KeptWave("w", LOG, "Morning", NOON)
    with store.transaction() as tx:
        tx.append(LOG, list(guests(50)))
        tx.waves.add(wave)
    waves = Waves(Spooling(store, ScriptedPrinters(), lambda job: Badge(b"", (1, 1))))

    def cancel(_done: int, _all: int) -> None:
        waves.steer("w", "cancel")

    fill(store, wave, lambda: NOON, cancel, lambda: False, lambda: None)
    assert {job.state for job in jobs_of(store, "w")} == {JobState.CANCELED}
    assert len(jobs_of(store, "w")) == 20


def guests(number: int) -> Iterator[Draft]:
    yield Draft(Kind.ORDER_PLACED, "many", {"code": "MANY", "status": "paid"})
    for one in range(number):
        issued = {"order": "many", "secret": f"many{one}", "product": "pass", "name": f"Guest {one:03}"}
        yield Draft(Kind.TICKET_ISSUED, f"many-{one}", issued)


def test_whoever_may_not_go_in_gets_no_badge(store: Store) -> None:
    choose_printer(store, "left")
    with store.transaction() as tx:
        for order, status in (("due", "pending"), ("paid", "paid")):
            tx.append(LOG, [Draft(Kind.ORDER_PLACED, order, {"code": order, "status": status})])
        for name, order in (("unpaid", "due"), ("good", "paid"), ("canceled", "paid"), ("blocked", "paid")):
            issued = {"order": order, "secret": name, "product": "pass", "name": name}
            tx.append(LOG, [Draft(Kind.TICKET_ISSUED, name, issued)])
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "canceled", {"canceled": True})])
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "blocked", {"blocked": True})])
    desk = Spooling(store, ScriptedPrinters(), lambda job: Badge(b"", (1, 1)))
    waves = Waves(desk)
    names = {job.contents.name for job in jobs_of(store, waves.begin(list=LIST))}
    assert "good" in names
    assert not names & {"unpaid", "canceled", "blocked"}
    with store.reader() as reader:
        addons = [one for one in reader.guests(LOG) if one.ticket.endswith("-w")]
    assert addons, "the demo has add-ons"
    assert not {one.ticket for one in addons} & {job.ticket for job in jobs_of(store, latest(store))}


def latest(store: Store) -> str:
    with store.reader() as reader:
        return reader.waves.latest(1)[0].id


def test_wrong_waves_are_refused(store: Store) -> None:
    waves = Waves(Spooling(store, ScriptedPrinters(), lambda job: Badge(b"", (1, 1))))
    with pytest.raises(BadInput, match="No printer"):
        waves.begin()
    with pytest.raises(BadInput, match="list does not exist"):
        waves.begin(printer="left", list="none")
    with pytest.raises(BadInput, match="no number of labels"):
        waves.asked.load(LoadRoll("left", 0))
    waves.asked.load(LoadRoll("left", 7))
    assert left(store) == {"left": 7}

    def refuse(_log: str, _right: object) -> None:
        raise NotAllowed("Nobody at this desk may do this.", "")

    strict = WaveRequests(store, waves.desk.spool, waves._run, refuse, lambda: NOON)
    with pytest.raises(NotAllowed):
        strict.begin(BeginWave(LOG, "x", printer="left"))


def test_the_progress_of_waves_is_told(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters()
    with spooling(store, printers) as desk:
        waves = Waves(desk)
        waves.asked.list(ListWaves())
        desk.heard(desk.waves, lambda told: list(told.waves) == [])
        wave = waves.begin()
        total = len(jobs_of(store, wave))
        told = desk.heard(desk.waves, lambda told: bool(told.waves) and told.waves[0].total == total)
        assert (told.waves[0].name, told.waves[0].paused) == ("Morning", False)
        let_all_out(desk, printers, wave)
        desk.heard(desk.waves, lambda told: told.waves[0].states == {JobState.PRINTED: total})
        waves.steer(wave, "pause")
        desk.heard(desk.waves, lambda told: told.waves[0].paused)


class Paper:
    """Sheets of ten; remembers who stood together."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []

    def capacity(self, sheet: str) -> int:
        if sheet != "ten":
            raise BadInput("There is no such sheet.")
        return 10

    def page(self, jobs: Sequence[BadgeJob], sheet: str) -> Badge:
        self.capacity(sheet)
        self.pages.append([job.id for job in jobs])
        return Badge(b"%PDF-1.4 page", (210, 297))


def test_badges_of_a_page_share_its_fate(store: Store) -> None:
    choose_printer(store, "left")
    printers, paper = ScriptedPrinters(), Paper()
    with spooling(store, printers, pages=paper) as desk:
        wave = Waves(desk).begin(sheet="ten")
        jobs = jobs_of(store, wave)
        desk.wait(jobs[0], JobState.SENT)
        first = titles(printers)[0]
        page = [job for job in jobs if job.id in paper.pages[0]]
        assert first.startswith("page-")
        assert all(desk.wait(job, JobState.SENT).reference == first for job in page)
        printers.move_all(Progress.HELD, "Paper jam")
        desk.wait(page[-1], JobState.SENT, "Paper jam")
        desk.settle(page[0], "cancel")
        desk.wait(page[0], JobState.CANCELED)
        assert printers.jobs[first].progress is Progress.FAILED
        let_all_out(desk, printers, wave)
    states = {job.id: job.state for job in jobs_of(store, wave)}
    assert [id_ for id_, state in states.items() if state is not JobState.PRINTED] == [page[0].id]
    printed = [title for title, status in printers.jobs.items() if status.progress is Progress.PRINTED]
    assert len(printed) == -(-(len(jobs) - 1) // 10)
    assert facts(store) == len(jobs) - 1


def test_a_page_whose_fate_nobody_knows_waits_for_a_person_as_a_whole(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters(lost="vanished")
    with spooling(store, printers, pages=Paper()) as desk:
        wave = Waves(desk).begin(sheet="ten")
        job = jobs_of(store, wave)[0]
        job = desk.wait(job, JobState.UNKNOWN)
        printers.lost = ""
        page = [one for one in jobs_of(store, wave) if one.page == job.page]
        assert len(page) == 10
        assert {one.state for one in page} == {JobState.UNKNOWN}
        desk.settle(page[3], "printed")
        desk.wait(job, JobState.PRINTED)
        assert {desk.now(one).state for one in page} == {JobState.PRINTED}


def test_a_sheet_that_is_not_there_fails_its_badges_with_words(store: Store) -> None:
    choose_printer(store, "left")
    with spooling(store, ScriptedPrinters(), pages=Paper()) as desk:
        wave = Waves(desk).begin(sheet="none")
        desk.wait(jobs_of(store, wave)[0], JobState.FAILED, "no such sheet")


def facts(store: Store) -> int:
    with store.reader() as reader:
        return sum(reader.badges_printed(LOG, row.ticket) for row in reader.guests(LOG))


@pytest.mark.usefixtures("qapp")
def test_a_page_of_badges_is_drawn(store: Store) -> None:
    fonts.prepare()
    maker = BadgeMaker(store)
    with store.transaction() as tx:
        jobs = [badge_jobs.another(tx, wish(tx, number)) for number in range(3)]
    put(store, printers={"left": {"dx": 1, "turn": 90}})
    assert maker.capacity("a4-2x5") == 10
    page = maker.page(jobs, "a4-2x5")
    assert page.pdf.startswith(b"%PDF")
    assert [*page.size] == [297, 210]
    with pytest.raises(BadInput, match="no sheet"):
        maker.page(jobs, "none")


def test_what_a_person_retries_does_not_wait_for_a_paused_wave(store: Store) -> None:
    choose_printer(store, "left")
    printers = ScriptedPrinters(refused={"left"})
    with spooling(store, printers) as desk:
        waves = Waves(desk)
        wave = waves.begin()
        job = jobs_of(store, wave)[0]
        desk.wait(job, JobState.FAILED)
        waves.steer(wave, "pause")
        desk.settle(job, "retry", "right")
        desk.wait(job, JobState.SENT)
    assert [queue for queue, _ in printers.sent] == ["right"]


def test_a_printer_that_takes_seconds_to_answer_keeps_nobody_waiting(store: Store) -> None:
    asked, answer = threading.Event(), threading.Event()

    class Slow(ScriptedPrinters):
        def queues(self) -> list[QueueInfo]:
            asked.set()
            answer.wait(60)
            return super().queues()

    put(store, routes=[{"queues": ["left", "right"]}])
    with spooling(store, Slow()) as desk:
        try:
            for number in range(3):
                desk.wait(desk.order(number, printer=""), JobState.SENT)
            assert asked.is_set()
        finally:
            answer.set()
