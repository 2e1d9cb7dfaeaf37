"""PINs: the stolen disk alone tells none of them, and a log-on is quick however many people there are."""

import hmac
import time
import timeit
from base64 import b64decode
from hashlib import sha256

import pytest
from argon2.low_level import Type, hash_secret

from eventdesk.desk.upstream.pins import Cost, check, check_new, owner, verifier
from eventdesk.errors import BadInput

PEPPER = bytes(range(32))
CHEAP = Cost(8, 1, 1)


@pytest.mark.parametrize("pin", ["4711", "8305", "20261105", "975310864213"])
def test_good_pins(pin: str) -> None:
    check_new(pin)


@pytest.mark.parametrize(
    "pin", ["", "123", "1234567890123", "12a4", "12 34", "4711\n", "४७११", "-4711", "47.1"]
)
def test_what_is_no_pin(pin: str) -> None:
    with pytest.raises(BadInput, match="4 to 12 digits"):
        check_new(pin)


@pytest.mark.parametrize(
    "pin",
    ["0000", "1111", "1234", "4321", "0123", "7890", "8901", "2468", "1212", "123123", "2580", "987654"],
)
def test_pins_that_anyone_would_try_first(pin: str) -> None:
    with pytest.raises(BadInput, match="too easy to guess"):
        check_new(pin)


def test_a_pin_fits_its_own_verifier_under_its_own_pepper_alone() -> None:
    kept = verifier("4711", PEPPER)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert check("4711", kept, PEPPER)
    assert not check("4712", kept, PEPPER)
    assert not check("4711", kept, bytes(32))


def test_the_owner_is_found_among_all() -> None:
    kept = {f"staff{n}": verifier(str(4000 + n), PEPPER, CHEAP) for n in range(50)}
    kept |= {"eve": verifier("4711", PEPPER), "ada": verifier("4712", PEPPER), "no pin": ""}
    assert owner("4711", kept, PEPPER) == "eve"
    assert owner("4007", kept, PEPPER) == "staff7"
    assert owner("9999", kept, PEPPER) is None


def test_a_log_on_takes_no_longer_among_fifty_people_and_less_than_half_a_second_of_one_core() -> None:
    kept = verifier("4711", PEPPER)

    def best(people: int) -> float:
        """Seconds of processor time, which other programs do not lengthen."""
        everyone = {str(n): kept for n in range(people)}
        return min(
            timeit.repeat(
                lambda: owner("9999", everyone, PEPPER), timer=time.process_time, repeat=3, number=1
            )
        )

    alone, among_fifty = best(1), best(50)
    assert among_fifty < 0.5
    assert among_fifty < 3 * alone


def test_the_same_verifier_tells_that_a_pin_is_taken() -> None:
    assert owner("4711", {"eve": verifier("4711", PEPPER, CHEAP)}, PEPPER) == "eve"


def test_who_has_the_disk_alone_tries_every_pin_in_vain() -> None:
    kept = verifier("4711", PEPPER, CHEAP)
    salt = kept.split("$")[4]
    padded = b64decode(salt + "=" * (-len(salt) % 4))

    def fits(secret: bytes) -> bool:
        made = hash_secret(secret, padded, CHEAP.passes, CHEAP.memory, CHEAP.lanes, 32, Type.ID)
        return made.decode() == kept

    pins = [f"{n:04}".encode() for n in range(10_000)]
    for pepper in (b"", bytes(32), padded):
        assert not any(fits(hmac.digest(pepper, b"eventdesk pin 1\n" + pin, sha256)) for pin in pins)
    assert not any(fits(pin) for pin in pins)
    tried = [pin for pin in pins if fits(hmac.digest(PEPPER, b"eventdesk pin 1\n" + pin, sha256))]
    assert tried == [b"4711"]  # with the pepper the same search finds it: it is the pepper that protects


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "4711",
        "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=8,t=9999999,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=8,t=1,p=0$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "\ud800$argon2id",
    ],
)
def test_what_no_verifier_is_fits_nothing_and_costs_nothing(kept: str) -> None:
    assert not check("4711", kept, PEPPER)


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        verifier("4711", b"short")
