"""kill -9 of a kiosk at each step of a payment at Stripe: one charge, one sale, one pass."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.devices.terminals.guests import until
from tests.rigs.payments.stripe import StripeRig
from tests.till.killed.kiosk_driver import DUE
from tests.till.killed.test_killed import ASKING, MAKING, kill, reached


@pytest.fixture
def stripe() -> Iterator[StripeRig]:
    with StripeRig() as rig:
        yield rig


@contextmanager
def kiosk(folder: Path, rig: StripeRig, step: str = "sell") -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.till.killed.kiosk_driver", str(folder), rig.url, step]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def paid_once(folder: Path, rig: StripeRig, *, pays: bool) -> None:
    """The next process: whoever has not paid yet does so now."""
    with kiosk(folder, rig, "again") as process:
        if pays:
            until(lambda: rig.waiting or process.poll() is not None)
            rig.guest_pays()
        assert process.stdout
        standing = json.loads(process.stdout.read())
    assert rig.charged == [DUE]
    assert not rig.waiting, "the guest is still asked"
    stands = {"sales": [DUE], "taken": [DUE], "paid": True, "passes": 1}
    assert standing == {**stands, "open": 0, "carts": 0, "differences": []}


@pytest.mark.long
def test_before_the_first_call(stripe: StripeRig, tmp_path: Path) -> None:
    with kiosk(tmp_path, stripe, "before") as process:
        reached(process)
        kill(process)
    assert stripe.charged == []
    paid_once(tmp_path, stripe, pays=True)


@pytest.mark.long
@pytest.mark.parametrize("acted", [False, True], ids=["arrived", "done"])
def test_while_the_intent_was_made(stripe: StripeRig, tmp_path: Path, acted: bool) -> None:
    with stripe.held(MAKING, acted) as door, kiosk(tmp_path, stripe) as process:
        until(door.reached.is_set)
        kill(process)
    until(lambda: not stripe.serving)
    paid_once(tmp_path, stripe, pays=True)


@pytest.mark.long
@pytest.mark.parametrize("paid", [False, True], ids=["waiting", "paid"])
def test_after_the_reader_was_asked(stripe: StripeRig, tmp_path: Path, paid: bool) -> None:
    with stripe.held(ASKING, acted=True) as door, kiosk(tmp_path, stripe) as process:
        until(door.reached.is_set)
        kill(process)
    until(lambda: not stripe.serving)
    if paid:
        stripe.guest_pays()
    paid_once(tmp_path, stripe, pays=not paid)


def test_when_it_had_heard_and_nothing_was_written(stripe: StripeRig, tmp_path: Path) -> None:
    with kiosk(tmp_path, stripe, "answered") as process:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
        reached(process)
        kill(process)
    assert stripe.charged == [DUE]
    paid_once(tmp_path, stripe, pays=False)


@pytest.mark.long
def test_nobody_was_killed(stripe: StripeRig, tmp_path: Path) -> None:
    with kiosk(tmp_path, stripe) as process:
        until(lambda: stripe.waiting)
        stripe.guest_pays()
        assert process.stdout
        assert json.loads(process.stdout.read())["passes"] == 1
    assert stripe.charged == [DUE]
