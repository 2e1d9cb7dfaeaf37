"""The measurement itself: made guests and what it says of a small store."""

from argparse import Namespace
from random import Random

from eventdesk.bench.guests import made_guests
from eventdesk.bench.search import measure
from eventdesk.bench.slips import slip


def test_one_seed_gives_the_same_guests() -> None:
    assert list(made_guests(300, seed=5)) == list(made_guests(300, seed=5))
    assert list(made_guests(300, seed=5)) != list(made_guests(300, seed=6))


def test_no_code_comes_twice_but_within_an_order() -> None:
    guests = list(made_guests(20_000))
    assert len({guest.secret for guest in guests}) == len(guests)
    codes = [guest.order_code for guest in guests]
    starts = [code for before, code in zip(["", *codes], codes, strict=False) if code != before]
    assert len(set(starts)) == len(starts)


def test_a_slip_is_one_slip_in_one_word() -> None:
    random = Random(2)
    for _ in range(500):
        typed = slip(random, "Anna Müller").split()
        assert typed[0] == "Anna" or typed[1] == "Müller"
        assert abs(len("".join(typed)) - len("AnnaMüller")) <= 1


def test_the_measurement_finds_guests() -> None:
    results = measure(Namespace(guests=[400], queries=30, seed=1))
    assert set(results["400"]) >= {"prefix_ms_p99", "name_ms_p99", "typo_ms_p99", "typo_found"}
    assert results["400"]["name_found"] == 1
    assert results["400"]["typo_found"] >= 0.9
