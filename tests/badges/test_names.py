"""The parts of a name."""

import pytest

from eventdesk.badges.names import initials, parts
from tests.badges.guests import ARABIC, HEBREW, JAPANESE, KANA


@pytest.mark.parametrize(
    ("name", "first", "last", "letters"),
    [
        ("Anna Müller", "Anna", "Müller", "AM"),
        ("Anna Maria Müller", "Anna Maria", "Müller", "AM"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven", "LB"),
        ("Maria de la Cruz", "Maria", "de la Cruz", "MC"),
        ("Dr. Anna Müller", "Anna", "Müller", "AM"),
        ("Prof. Dr. Ludwig van Beethoven", "Ludwig", "van Beethoven", "LB"),
        ("J. R. Smith", "J. R.", "Smith", "JS"),
        ("Müller, Anna", "Anna", "Müller", "AM"),
        ("van Beethoven, Ludwig", "Ludwig", "van Beethoven", "LB"),
        ("anna müller", "anna", "müller", "AM"),
        ("anna maria müller", "anna maria", "müller", "AM"),
        ("Björk", "Björk", "", "B"),
        ("Dr.", "Dr.", "", "D"),
        ("  ", "", "", ""),
        ("", "", "", ""),
        (", ", ",", "", ","),
        (JAPANESE, JAPANESE, "", "山"),
        (KANA, "高橋", "サクラ", "高サ"),
        (HEBREW, "שרה", "כהן", "שכ"),
        (ARABIC, "محمد بن عبد الله", "الحسيني", "ما"),
    ],
)
def test_a_name_has_parts(name: str, first: str, last: str, letters: str) -> None:
    assert (parts(name).first, parts(name).last, initials(name)) == (first, last, letters)
