"""Letters folded so that any keyboard may type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.bench.guests import made_guests
from eventdesk.storage.search import fold


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold.fold(fold.fold(text)) == fold.fold(text)


@given(st.text())
def test_words_are_letters_and_digits_alone(text: str) -> None:
    words = fold.words_of_text(text) | fold.words_of_address(text) | fold.words_of_code(text)
    assert all(word.isalnum() or fold.unspaced(word) for word in words)


@given(st.text(alphabet="aeouxsåäöüøß", max_size=12))
def test_drawing_together_twice_changes_nothing(text: str) -> None:
    once = fold.drawn_together(fold.fold(text))
    assert fold.drawn_together(once) == once


def test_the_words_of_made_guests_are_stable_under_folding() -> None:
    for guest in made_guests(2000, seed=3):
        for word in fold.words_of_text(guest.name):
            assert fold.parts(word) == [word], guest.name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÉLÉONORE", "eleonore"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Łukasz", "lukasz"),
        ("Işık", "isik"),
        ("İbrahim", "ibrahim"),
        ("Sørensen", "sorensen"),
        ("Đorđević", "dordevic"),
        ("Þórdís", "thordis"),
        ("Nguyễn", "nguyen"),
        ("Ｆｕｌｌ", "full"),
        ("Фёдоров", "федоров"),
        ("Παπαδόπουλος", "παπαδοπουλοσ"),
        ("أحمد", "احمد"),
        ("محـــمّد", "محمد"),
        ("ليلى", "ليلي"),
        ("فاطمة", "فاطمه"),
        ("김민수", "김민수"),
        ("ｶﾞ", "カ"),
        ("٢٠٢٦", "2026"),
    ],
)
def test_letters_of_many_scripts(written: str, folded: str) -> None:
    assert fold.fold(written) in (folded, folded.replace("2026", "٢٠٢٦"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Mueller", "Muller"),
        ("Jørgensen", "Joergensen"),
        ("Åberg", "Aaberg"),
        ("Kjær", "Kjaer"),
        ("Strauß", "Strauss"),
        ("O'Brien", "OBrien"),
        ("O’Brien", "O'Brien"),
        ("Anne-Marie", "Annemarie"),
        ("Anne-Marie", "Marie"),
    ],
)
def test_spellings_of_one_name_share_a_word(one: str, other: str) -> None:
    assert set(fold.words_of_chunk(one)) & set(fold.words_of_chunk(other))


def test_a_name_without_spaces_is_found_from_each_letter_on() -> None:
    assert {"王小明", "小明", "明"} <= fold.words_of_text("王小明")
    assert "王小明" in fold.words_of_text("王 小明")


def test_an_address_is_found_by_its_parts() -> None:
    assert fold.words_of_address("Anna.Mueller@Example.org") >= {"anna", "mueller", "example", "org"}


def test_a_word_without_end_is_cut() -> None:
    assert fold.words_of_text("x" * 10_000) == {"x" * fold.LONGEST_WORD}
