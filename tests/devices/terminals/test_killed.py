"""kill -9 of a till's process at each step of a card payment: one charge at most, and its fate is found."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eventdesk.devices.terminals.port import Fate
from tests.devices.terminals import driver
from tests.devices.terminals.guests import CHARGE, until
from tests.rigs.payments.stripe import StripeRig
from tests.rigs.payments.sumup import SumUpRig

Rig = StripeRig | SumUpRig
RIGS: dict[str, type[Rig]] = {"stripe": StripeRig, "sumup": SumUpRig}


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with RIGS[request.param]() as rig:
        yield rig


@contextmanager
def _till(rig: Rig) -> Iterator["subprocess.Popen[str]"]:
    kind = "stripe" if isinstance(rig, StripeRig) else "sumup"
    command = [sys.executable, "-m", "tests.devices.terminals.driver", kind, rig.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _begin(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    assert process.wait() == -9


def _found(rig: Rig) -> Fate:
    """As the next process finds it, which has only what was on the disk before the first call."""
    terminal = driver.terminal("stripe" if isinstance(rig, StripeRig) else "sumup", rig.url)
    try:
        fate = terminal.find(CHARGE).fate
        assert terminal.find(CHARGE).fate is fate
        return fate
    finally:
        terminal.close()


MAKING = {StripeRig: "POST /v1/payment_intents", SumUpRig: "/checkout"}
ASKING = {StripeRig: "process_payment_intent", SumUpRig: "/checkout"}


@pytest.mark.long
def test_before_the_first_call(rig: Rig) -> None:
    with _till(rig) as process:
        _kill(process)
    assert _found(rig) is Fate.CANCELED
    assert rig.charged == []


@pytest.mark.long
@pytest.mark.parametrize("acted", [False, True], ids=["arrived", "done"])
def test_while_it_was_made(rig: Rig, acted: bool) -> None:
    with rig.held(MAKING[type(rig)], acted) as door, _till(rig) as process:
        _begin(process)
        until(door.reached.is_set)
        _kill(process)
    until(lambda: not rig.serving)
    assert _found(rig) is Fate.CANCELED
    assert rig.charged == []
    assert not rig.waiting, "the guest is still asked"


@pytest.mark.parametrize("paid", [False, True], ids=["waiting", "paid"])
def test_after_the_reader_was_asked(rig: Rig, paid: bool) -> None:
    with rig.held(ASKING[type(rig)], acted=True) as door, _till(rig) as process:
        _begin(process)
        until(door.reached.is_set)
        _kill(process)
    if paid:
        rig.guest_pays()
    assert _found(rig) is (Fate.PAID if paid else Fate.CANCELED)
    assert len(rig.charged) == (1 if paid else 0)
    assert not rig.waiting


@pytest.mark.long
def test_before_the_reader_heard_of_it() -> None:
    """The request is on its way while the next process already looks: it comes too late."""
    with StripeRig() as rig, _till(rig) as process:
        with rig.held(ASKING[StripeRig], acted=False) as door:
            _begin(process)
            until(door.reached.is_set)
            _kill(process)
            assert _found(rig) is Fate.CANCELED
        until(lambda: not rig.serving)
        assert not rig.waiting
        assert rig.charged == []


@pytest.mark.long
def test_when_it_was_paid_and_the_till_had_not_heard(rig: Rig) -> None:
    with _till(rig) as process:
        _begin(process)
        until(lambda: rig.waiting)
        with rig.held("GET", acted=True) as door:
            rig.guest_pays()
            until(door.reached.is_set)
            _kill(process)
    assert _found(rig) is Fate.PAID
    assert len(rig.charged) == 1


@pytest.mark.long
def test_nobody_was_killed(rig: Rig) -> None:
    with _till(rig) as process:
        _begin(process)
        until(lambda: rig.waiting)
        rig.guest_pays()
        assert process.stdout
        assert process.stdout.readline().strip() == Fate.PAID
    assert len(rig.charged) == 1
