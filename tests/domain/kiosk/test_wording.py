"""What guests may type."""

import pytest

from eventdesk.domain.kiosk import wording
from eventdesk.domain.kiosk.setup import Amend
from eventdesk.domain.kiosk.wording import BadWording

ALL = frozenset(Amend)


def test_what_is_typed_is_tidied() -> None:
    told = {"name": "  Ada   Lovelace ", "email": "", "company": "e\u0301cole"}
    assert wording.amended(told, ALL) == {"name": "Ada Lovelace", "email": "", "company": "école"}


@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("name", ""),
        ("name", " "),
        ("name", "..."),
        ("name", "A" * 121),
        ("name", "Ada\x07"),
        ("name", "Ada\nBob"),
        ("name", "Ada \u202eevoL"),
        ("name", "\ud800da"),
        ("email", "ada"),
        ("email", "a@b"),
        ("email", "a b@c.de"),
        ("secret", "mine"),
        ("photo", "data:x"),
    ],
)
def test_what_can_not_be_kept_is_refused(member: str, text: str) -> None:
    with pytest.raises(BadWording):
        wording.amended({member: text}, ALL)


def test_only_what_the_organizer_allows() -> None:
    with pytest.raises(BadWording):
        wording.amended({"name": "Ada"}, frozenset({Amend.EMAIL}))


@pytest.mark.parametrize("name", ["محمد عبد الله", "山田 太郎", "O'Brien-Smith, Jr.", "क्‍षितिज"])
def test_names_of_all_scripts_are_kept(name: str) -> None:
    assert wording.amended({"name": name}, ALL)["name"]


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("M 10 20 L 30 40", True),
        ("M10,20c1.5,2,3,-4e0,5,6z", True),
        ("", False),
        ("M", False),
        ("L 1 2", False),
        ('M 1 2"/><script>', False),
        ("M 1 2" + " L 3 4" * 20_000, False),
    ],
)
def test_a_signature_is_lines_and_nothing_else(path: str, fits: bool) -> None:
    assert wording.is_signature(path) is fits


@pytest.mark.parametrize(
    "text", ["N" * 100_000, "<b>" * 30_000, "Ada\u2069\u202ebo", "a\x00" * 9_000, "\n" * 99_999]
)
def test_what_others_wrote_is_shown_in_one_short_line(text: str) -> None:
    found = wording.shown(text)
    assert wording.line(found, wording.LONGEST_TYPED) == found


def test_a_name_is_shown_as_it_is() -> None:
    assert wording.shown("محمد بن عبد الله 🎉 O'Brien") == "محمد بن عبد الله 🎉 O'Brien"
    assert wording.shown("N" * 201) == "N" * 199 + "…"
