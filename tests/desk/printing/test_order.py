"""The order of a wave: where a badge is looked for on a table."""

import pytest

from eventdesk.domain.printing.order import By, chunks, family_name, place


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ada Byron", "Byron"),
        ("Byron, Ada", "Byron"),
        ("Ludwig van Beethoven", "Beethoven"),
        ("van Beethoven, Ludwig", "van Beethoven"),
        ("Martin Luther King, Jr.", "King"),
        ("Martin Luther King Jr.", "King"),
        ("Jr.", "Jr."),
        ("Madonna", "Madonna"),
        ("  ", ""),
        (", Ada", "Ada"),
    ],
)
def test_the_family_name_is_what_a_guest_is_looked_up_by(name: str, family: str) -> None:
    assert family_name(name) == family


@pytest.mark.parametrize(
    ("by", "sorted_"),
    [
        ("family", ["Zoë Ärmel", "Ada Byron", "Bo Byron", "Anna Zimt", ""]),
        ("name", ["Ada Byron", "Anna Zimt", "Bo Byron", "Zoë Ärmel", ""]),
        ("company", ["Anna Zimt", "Zoë Ärmel", "Ada Byron", "Bo Byron", ""]),
    ],
)
def test_a_wave_is_sorted_without_accents_and_who_has_nothing_there_comes_last(
    by: By, sorted_: list[str]
) -> None:
    companies = {"Anna Zimt": "ACME", "Zoë Ärmel": "Bolt"}
    names = sorted(["", "Anna Zimt", "Bo Byron", "Zoë Ärmel", "Ada Byron"])
    assert sorted(names, key=lambda name: place(name, companies.get(name, ""), by)) == sorted_


def test_steps_hold_all_of_it() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
