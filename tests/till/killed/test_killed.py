"""kill -9 of a whole till at each step of a card sale: one charge, one sale, one ticket."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.devices.terminals.guests import until
from tests.rigs.payments.stripe import StripeRig
from tests.till.killed.driver import PRICE

MAKING = "POST /v1/payment_intents"
ASKING = "process_payment_intent"


@pytest.fixture
def stripe() -> Iterator[StripeRig]:
    with StripeRig() as rig:
        yield rig


@contextmanager
def till(folder: Path, rig: StripeRig, step: str = "sell") -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.till.killed.driver", str(folder), rig.url, step]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    assert process.wait() == -9


def reached(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    assert process.stdout.readline() == "here\n"


def sold_once(folder: Path, rig: StripeRig, *, pays: bool) -> None:
    """The next process: whoever has not paid yet does so now."""
    with till(folder, rig, "again") as process:
        if pays:
            until(lambda: rig.waiting or process.poll() is not None)
            rig.guest_pays()
        assert process.stdout
        standing = json.loads(process.stdout.read())
    assert rig.charged == [PRICE]
    assert not rig.waiting, "the guest is still asked"
    expected = {"sales": [PRICE], "tickets": 1, "taken": [PRICE], "open": 0, "differences": []}
    assert standing == expected


@pytest.mark.long
def test_before_the_first_call(stripe: StripeRig, tmp_path: Path) -> None:
    with till(tmp_path, stripe, "before") as process:
        reached(process)
        kill(process)
    assert stripe.charged == []
    sold_once(tmp_path, stripe, pays=True)


@pytest.mark.long
@pytest.mark.parametrize("acted", [False, True], ids=["arrived", "done"])
def test_while_the_intent_was_made(stripe: StripeRig, tmp_path: Path, acted: bool) -> None:
    with stripe.held(MAKING, acted) as door, till(tmp_path, stripe) as process:
        until(door.reached.is_set)
        kill(process)
    until(lambda: not stripe.serving)
    sold_once(tmp_path, stripe, pays=True)


@pytest.mark.long
@pytest.mark.parametrize("paid", [False, True], ids=["waiting", "paid"])
def test_after_the_reader_was_asked(stripe: StripeRig, tmp_path: Path, paid: bool) -> None:
    with stripe.held(ASKING, acted=True) as door, till(tmp_path, stripe) as process:
        until(door.reached.is_set)
        kill(process)
    until(lambda: not stripe.serving)
    if paid:
        stripe.guest_pays()
    sold_once(tmp_path, stripe, pays=not paid)


@pytest.mark.long
def test_when_it_was_paid_and_the_till_had_not_heard(stripe: StripeRig, tmp_path: Path) -> None:
    with till(tmp_path, stripe) as process:
        until(lambda: stripe.waiting)
        with stripe.held("GET", acted=True) as door:
            stripe.guest_pays()
            until(door.reached.is_set)
            kill(process)
    until(lambda: not stripe.serving)
    sold_once(tmp_path, stripe, pays=False)


def test_when_it_had_heard_and_nothing_was_written(stripe: StripeRig, tmp_path: Path) -> None:
    with till(tmp_path, stripe, "answered") as process:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
        reached(process)
        kill(process)
    assert stripe.charged == [PRICE]
    sold_once(tmp_path, stripe, pays=False)


@pytest.mark.long
def test_killed_again_while_it_was_looking(stripe: StripeRig, tmp_path: Path) -> None:
    with till(tmp_path, stripe, "answered") as process:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
        reached(process)
        kill(process)
    with stripe.held("/v1/", acted=True) as door, till(tmp_path, stripe, "again") as process:
        until(door.reached.is_set)
        kill(process)
    until(lambda: not stripe.serving)
    sold_once(tmp_path, stripe, pays=False)


@pytest.mark.long
def test_nobody_was_killed(stripe: StripeRig, tmp_path: Path) -> None:
    with till(tmp_path, stripe) as process:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
        assert process.stdout
        assert json.loads(process.stdout.read())["tickets"] == 1
    sold_once(tmp_path, stripe, pays=False)
