"""One code counted once while it stays in view; one word said once it is sure."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eventdesk.devices.camera.sight import REARM_SECONDS, CauseFilter, SightFilter
from eventdesk.devices.codes.values import Cause

FRAME = 1 / 30

# A film: at each frame the codes that were read (a shaking hand reads some frames only).
films = st.lists(st.lists(st.sampled_from(["A", "B", "C"]), max_size=3), max_size=200)


def counted(film: list[list[str]], gap: float = FRAME) -> list[tuple[int, str]]:
    sights = SightFilter()
    return [
        (number, text) for number, texts in enumerate(film) for text in sights.see(texts, 10 + number * gap)
    ]


@given(films)
def test_a_code_is_counted_when_it_was_out_of_view_and_never_else(film: list[list[str]]) -> None:
    """The rule said a second time, slowly: count where no frame of the last seconds held the code."""
    expected = []
    for number, texts in enumerate(film):
        for text in dict.fromkeys(texts):
            recent = [earlier for earlier in range(number) if (number - earlier) * 0.1 < REARM_SECONDS - 1e-9]
            if not any(text in film[earlier] for earlier in recent):
                expected.append((number, text))
    assert counted(film, gap=0.1) == expected


@given(films)
def test_what_is_counted_was_read_in_that_frame(film: list[list[str]]) -> None:
    for number, text in counted(film):
        assert text in film[number]


def test_a_ticket_held_for_long_counts_once() -> None:
    assert counted([["A"]] * 600) == [(0, "A")]


def test_a_shaking_hand_counts_once() -> None:
    assert counted(([["A"]] + [[]] * 40) * 5) == [(0, "A")]


def test_two_codes_on_one_ticket_count_once_each() -> None:
    assert counted([["A"], ["B"]] * 100) == [(0, "A"), (1, "B")]


def test_the_same_ticket_again_counts_again() -> None:
    away: list[list[str]] = [[]] * (int(REARM_SECONDS / FRAME) + 2)
    film: list[list[str]] = [["A"], *away, ["A"]]
    assert [text for _, text in counted(film)] == ["A", "A"]


def test_forgetting_counts_again_at_once() -> None:
    sights = SightFilter()
    assert sights.see(["A"], 1.0) == ("A",)
    sights.forget()
    assert sights.see(["A"], 1.1) == ("A",)


def said(causes: list[Cause | None], filter_: CauseFilter | None = None) -> list[Cause | None]:
    """What is said anew, in order."""
    told = filter_ or CauseFilter()
    answers = [told.tell(cause, False, 10 + number * FRAME) for number, cause in enumerate(causes)]
    return [cause for changed, cause in answers if changed]


def test_a_cause_that_lasts_is_said_once() -> None:
    assert said([Cause.BLURRED] * 90) == [Cause.BLURRED]


def test_a_cause_that_only_some_rungs_see_is_said() -> None:
    assert said([Cause.BLURRED, None, None] * 30) == [Cause.BLURRED]


def test_a_passing_cause_is_not_said() -> None:
    assert said([None] * 10 + [Cause.BLURRED] * 4 + [None] * 60) == []


def test_words_are_taken_back_when_the_ticket_is_gone() -> None:
    assert said([Cause.TOO_DARK] * 40 + [None] * 60) == [Cause.TOO_DARK, None]


def test_a_read_code_takes_the_words_back_at_once() -> None:
    told = CauseFilter()
    said([Cause.TOO_FAR] * 40, told)
    assert told.tell(None, True, 20.0) == (True, None)


@given(st.lists(st.sampled_from([None, *Cause]), max_size=120))
def test_nothing_is_said_twice_in_a_row(causes: list[Cause | None]) -> None:
    words = [None, *said(causes)]
    assert all(one is not next_ for one, next_ in pairwise(words))
