"""What a typed word may have been meant to be."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.bench.slips import slip
from eventdesk.storage.search.vocabulary import ONE_ERROR, Vocabulary

WORDS = sorted(["anna", "becker", "beker", "mueller", "muller", "lea", "schmidt", "schneider", "小明"])


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(WORDS)


def test_words_that_begin_so(vocabulary: Vocabulary) -> None:
    assert vocabulary.beginning("sch", 5) == ["schmidt", "schneider"]
    assert vocabulary.beginning("sch", 1) == ["schmidt"]
    assert "anna" in vocabulary
    assert "ann" not in vocabulary


def test_words_with_a_part_within(vocabulary: Vocabulary) -> None:
    assert vocabulary.containing("ll", 5) == ["mueller", "muller"]
    assert vocabulary.containing("ll", 1) == ["mueller"]
    assert vocabulary.containing("q", 5) == []


def test_two_words_written_as_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.split("annalea") == [("anna", "lea")]
    assert vocabulary.split("anna") == []


def test_nearest_come_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.near("mullerr", 2, 5) == ["muller", "mueller"]
    assert vocabulary.near("muleler", 1, 5) == ["mueller", "muller"]
    assert vocabulary.near("schmdi", 1, 5) == []
    assert vocabulary.near("schmdi", 2, 5) == ["schmidt"]


def test_a_word_is_not_its_own_correction(vocabulary: Vocabulary) -> None:
    assert vocabulary.near("becker", 1, 5) == ["beker"]


def test_an_added_word_is_known_in_every_way(vocabulary: Vocabulary) -> None:
    vocabulary.prepare()
    vocabulary.add("xylander")
    assert "xylander" in vocabulary
    assert vocabulary.containing("lande", 5) == ["xylander"]
    assert vocabulary.near("xylandre", 1, 5) == ["xylander"]
    assert vocabulary.near("kylander", 1, 5) == ["xylander"]
    assert len(vocabulary) == len(WORDS) + 1


@given(st.text(alphabet="abcdelmnrs", min_size=ONE_ERROR + 1, max_size=14), st.integers())
def test_one_slip_never_hides_a_word(word: str, seed: int) -> None:
    typed = slip(Random(seed), word)
    assert typed == word or word in Vocabulary([word]).near(typed, 1, 5)
