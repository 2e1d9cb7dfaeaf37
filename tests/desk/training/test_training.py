"""A training is never the real desk, and never reaches it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from eventdesk import config
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.cli.training import demo_seed
from eventdesk.desk import settings as keys
from eventdesk.desk.commands import AddWalkIn, ChooseDoor, Command, OpenDemoEvent, PutSetting, ScanCode
from eventdesk.desk.demo import demo_drafts
from eventdesk.desk.hook import Hook
from eventdesk.desk.till.commands import AddProduct, EnterCode, OpenShift, OpenTill, Pay
from eventdesk.desk.training import place
from eventdesk.desk.training.seed import drafts_of, seed_from, seed_of
from eventdesk.desk.upstream.commands import PairDesk, RotateTicketKey, StartHub
from eventdesk.devices.terminals.made_up import Answers, MadeUpTerminal
from eventdesk.devices.terminals.port import Charge, Fate, Return
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.sales import PaymentState
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.training import LOG, MARK
from eventdesk.errors import BadInput, WrongKey
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
PATIENCE_S = 30.0


class Trainee:
    """A composed training desk without a screen."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.heard: dict[int, list[Any]] = {}
        for hook in vars(desk.hooks).values():
            if isinstance(hook, Hook):
                hook.connect(self.heard.setdefault(id(hook), []).append)

    def ask(self, command: Command, hook: Hook[Any]) -> Any:
        heard = self.heard[id(hook)]
        seen = len(heard)
        self.desk.engine.post(command)
        until(lambda: len(heard) > seen)
        return heard[seen]

    def refused(self, command: Command) -> str:
        return str(self.ask(command, self.desk.hooks.trouble_told).message)


def until(is_so: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends, "it did not come to be"
        time.sleep(0.01)


@pytest.fixture
def trainee(tmp_path: Path, qapp: object) -> Iterator[Trainee]:
    key = place.new_key()
    settings = place.furnish(place.new_folder(tmp_path / "x-training", bool), key, demo_seed(), NOW)
    desk = compose(settings, key)
    trainee = Trainee(desk)
    desk.start()
    trainee.ask(OpenTill(LOG), desk.hooks.till_opened)
    yield trainee
    desk.stop()


def test_what_it_is_given_is_worth_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "real.db", os.urandom(48), "real")
    secret = [
        Draft(Kind.STAFF_DEFINED, "s", {"name": "Mara", "roles": ["organizer"], "pin": "$argon2id$"}),
        Draft(Kind.TICKET_KEY_DEFINED, "ab" * 8, {"public_key": "A" * 43 + "="}),
    ]
    with store.transaction() as tx:
        tx.append("demo", [*demo_drafts(NOW), *secret])
        tx.settings.put(keys.PAIRING, {"node": "n"})
        tx.settings.put(keys.TERMINALS, [{"kind": "stripe", "key": "name"}])
        tx.settings.put(keys.THEME, "dark")
    with store.reader() as reader:
        seed = seed_of(reader, "demo")
    store.close()
    text = seed.text()
    for word in ("Mara", "argon2", "hl-ada", "Lovelace", "HARBOUR-20", "COFFEE-ONCE", "stripe", "pairing"):
        assert word not in text
    assert seed.settings == {keys.THEME: "dark"}
    vouchers = [one[2] for one in seed.facts if one[0] == Kind.DISCOUNT_DEFINED]
    assert {MARK + "1", MARK + "2"} == {one["code"] for one in vouchers if one.get("code")}
    assert seed_from(text) == seed


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"log": 1, "facts": [[1]], "settings": {}}'])
def test_a_damaged_seed_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        seed_from(text)


def test_the_event_goes_on_now_and_is_another() -> None:
    later = NOW + timedelta(days=400)
    drafts = drafts_of(demo_seed(), later)
    (event,) = [one for one in drafts if one.kind is Kind.EVENT_DEFINED]
    assert event.subject == LOG
    assert event.payload["name"].startswith("TRAINING · ")
    assert event.payload["begins"] < later.isoformat() < event.payload["ends"]
    tickets = [one for one in drafts if one.kind is Kind.TICKET_ISSUED]
    assert len(tickets) == 5
    assert all(one.payload["secret"].startswith(MARK) for one in tickets)


def test_it_lies_elsewhere_and_neither_key_opens_the_other(tmp_path: Path) -> None:
    real = tmp_path / "EventDesk"
    real_key, key = os.urandom(48), place.new_key()
    there = config.load(real)
    Store.open(there.database, real_key, there.desk).close()
    before = there.database.read_bytes()
    folder = place.new_folder(place.beside(real), bool)
    assert not folder.is_relative_to(real)
    made = place.furnish(folder, key, demo_seed(), NOW)
    for database, other in ((there.database, key), (made.database, real_key)):
        with pytest.raises(WrongKey):
            Store.open(database, other, "desk")
    assert there.desk != made.desk
    place.remove(folder)
    assert not place.beside(real).exists()
    assert there.database.read_bytes() == before


def test_what_a_crash_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    parent = tmp_path / "x-training"
    left, used = place.new_folder(parent, bool), place.new_folder(parent, lambda _folder: False)
    (parent / "eventdesk.db").write_bytes(b"somebody's")
    new = place.new_folder(parent, lambda folder: folder == left)
    assert (left.exists(), used.exists(), new.exists()) == (False, True, True)
    assert (parent / "eventdesk.db").exists()


def test_it_joins_nobody_and_signs_nothing(trainee: Trainee) -> None:
    invitation = f"EVENTDESK:1 ABCD-EFGH-JKLM-NPQR-STUV {'A' * 52} https://127.0.0.1:9"
    for command in (PairDesk(invitation), StartHub(), RotateTicketKey(LOG)):
        assert "is for training" in trainee.refused(command)
    assert trainee.desk.line.membership.pairing is None


def test_no_desk_becomes_a_training_and_no_training_a_desk(trainee: Trainee) -> None:
    assert "Training is a desk of its own" in trainee.refused(PutSetting(keys.TRAINING, False))
    stripe = [{"kind": "stripe", "name": "Real", "reader": "tmr_1", "key": "k"}]
    assert "Training is a desk of its own" in trainee.refused(PutSetting(keys.TERMINALS, stripe))


def test_its_tickets_are_marked_and_a_real_door_says_so(trainee: Trainee, tmp_path: Path) -> None:
    desk = trainee.desk
    trainee.ask(OpenShift("main", 10000), desk.hooks.shift_changed)
    desk.engine.post(AddProduct("student", names=["Tess"]))
    made = trainee.ask(Pay(Tender.CASH), desk.hooks.sale_made)
    with desk.store.reader() as reader:
        sold = reader.order_tickets(LOG, made.sale.order)[0].secret
        assert not reader.ticket_keys_ever(LOG)
    walked = trainee.ask(AddWalkIn("Wim", "student"), desk.hooks.verdict_given).verdict.ticket.secret
    assert sold.startswith(MARK)
    assert walked.startswith(MARK)
    assert verify(desk.store) == []
    real = Trainee(compose(config.load(tmp_path / "real"), os.urandom(48)))
    real.desk.start()
    try:
        real.ask(OpenDemoEvent(), real.desk.hooks.events_listed)
        real.ask(OpenTill("demo"), real.desk.hooks.till_opened)
        real.ask(ChooseDoor("demo", "main"), real.desk.hooks.door_chosen)
        for code in (sold, walked):
            verdict = real.ask(ScanCode(code), real.desk.hooks.verdict_given).verdict
            assert verdict.outcome == "error"
            assert str(verdict.explanation) == "This is a training ticket: it admits nobody."
            assert "training ticket" in real.refused(EnterCode(code))
    finally:
        real.desk.stop()


def test_a_card_is_paid_declined_or_lost_as_the_trainee_likes(trainee: Trainee) -> None:
    desk = trainee.desk
    trainee.ask(OpenShift("main", 10000), desk.hooks.shift_changed)
    desk.engine.post(AddProduct("student", names=["Tess"]))
    trainee.ask(PutSetting(keys.TRAINING_CARDS, "declined"), desk.hooks.setting_kept)
    desk.engine.post(Pay(Tender.CARD))
    told = trainee.heard[id(desk.hooks.payment_changed)]
    until(lambda: any(one.payment.state is PaymentState.FAILED for one in told))
    trainee.ask(PutSetting(keys.TRAINING_CARDS, "paid"), desk.hooks.setting_kept)
    made = trainee.ask(Pay(Tender.CARD), desk.hooks.sale_made)
    assert made.sale.total == 4900


def test_the_made_up_terminal() -> None:
    answer = Answers.LOST
    terminal = MadeUpTerminal("T", lambda: answer, 0.0)
    charge, canceled = Charge("p1", "k", 500, "EUR"), Event()
    assert terminal.charge(charge, canceled).fate is Fate.UNKNOWN
    assert (terminal.find(charge).fate, terminal.find(charge).amount) == (Fate.PAID, 500)
    answer = Answers.DECLINED
    assert terminal.charge(charge, canceled).fate is Fate.DECLINED
    answer = Answers.PAID
    assert terminal.give_back(Return("r", "k", 500, "EUR", "x")).fate is Fate.PAID
    canceled.set()
    assert terminal.charge(charge, canceled).fate is Fate.CANCELED


def test_it_runs_in_a_process_of_its_own_and_leaves_nothing(tmp_path: Path) -> None:
    parent = tmp_path / "EventDesk-training"
    words = [sys.executable, "-m", "eventdesk", "training", "--seed", "-", "--folder", str(parent)]
    process = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path / "home")},
    )
    assert process.stdin is not None
    with process.stdin:
        process.stdin.write(demo_seed().text().encode())
    try:
        until(lambda: list(parent.glob("desk-*/eventdesk.db")))
        assert process.poll() is None
        assert not list(tmp_path.glob("home/**/eventdesk.db"))
    finally:
        process.kill()
        process.wait()
    (left,) = parent.glob("desk-*")
    broken = json.dumps({"log": "x", "facts": [["event_defined", "x", {}]], "settings": {}})
    done = subprocess.run(words, input=broken, text=True, capture_output=True, check=False)
    assert done.returncode == 2
    assert not parent.exists()
    assert not left.exists(), "what a killed training left is removed at the next one"
