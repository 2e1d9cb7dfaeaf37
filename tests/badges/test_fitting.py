"""Texts fitted into their rectangles."""

from typing import Any

import pytest

from eventdesk.badges import fonts
from eventdesk.badges.elements import Text
from eventdesk.badges.fitting import ELLIPSIS, UNITS_PER_MM, Setting, fit
from tests.badges.guests import ARABIC, DEVANAGARI, EMOJI, HEBREW, MIXED, SIXTY_LETTERS, THAI


def element(**changed: Any) -> Text:
    given = {"x": 0, "y": 0, "width": 60, "height": 20, "content": "{name}", "size": 24, "min_size": 9}
    return Text(**{**given, **changed})


def lines(setting: Setting) -> list[str]:
    text = setting.layout.text().encode("utf-16-le")
    found = []
    for number in range(setting.layout.lineCount()):
        line = setting.layout.lineAt(number)
        found.append(
            text[2 * line.textStart() : 2 * (line.textStart() + line.textLength())].decode("utf-16-le")
        )
    return found


@pytest.fixture(autouse=True)
def faces(application: object) -> None:
    fonts.prepare()


@pytest.mark.parametrize(
    "text", ["Li", SIXTY_LETTERS, "W" * 60, "x " * 400, ARABIC * 3, EMOJI * 9, "a\nb\nc"]
)
@pytest.mark.parametrize("box", [{}, {"width": 20}, {"height": 8}, {"width": 5, "height": 5}])
def test_nothing_sticks_out_of_its_rectangle(text: str, box: dict[str, float]) -> None:
    fitted = element(**box)
    setting = fit(fitted, text)
    if len(setting.layout.text()) > 1:
        assert setting.width <= fitted.width * UNITS_PER_MM
        assert setting.height <= fitted.height * UNITS_PER_MM
    assert fitted.min_size <= setting.size <= fitted.size


def test_a_short_name_keeps_the_size_asked_for() -> None:
    setting = fit(element(), "Li")
    assert (setting.size, lines(setting)) == (24, ["Li"])


def test_a_longer_name_shrinks_on_one_line() -> None:
    setting = fit(element(), "Alexandra Petrova-Li")
    assert 24 * 0.6 <= setting.size < 24
    assert len(lines(setting)) == 1


def test_a_long_name_is_wrapped_rather_than_tiny() -> None:
    setting = fit(element(), SIXTY_LETTERS)
    assert len(lines(setting)) > 1
    assert setting.size > 9
    assert "".join(lines(setting)) == SIXTY_LETTERS


def test_what_fits_nowhere_is_cut_with_an_ellipsis_at_the_smallest_size() -> None:
    setting = fit(element(height=5), SIXTY_LETTERS)
    assert setting.size == 9
    assert setting.layout.text().endswith(ELLIPSIS)
    assert SIXTY_LETTERS.startswith(setting.layout.text().removesuffix(ELLIPSIS))


def test_a_joined_emoji_is_never_cut_in_two() -> None:
    family = "👩‍👩‍👧‍👦"
    for width in range(8, 40, 4):
        text = fit(element(width=width, height=6, size=12), family * 12).layout.text()
        assert text.removesuffix(ELLIPSIS).replace(family, "") == ""


def edges(setting: Setting) -> tuple[float, float]:
    """Where the first line begins and ends, in millimetres. (A line dies with its layout.)"""
    extent = setting.layout.lineAt(0).naturalTextRect()
    return extent.left() / UNITS_PER_MM, extent.right() / UNITS_PER_MM


# Half a millimetre for the white that belongs to a letter itself.
@pytest.mark.parametrize("name", [ARABIC, HEBREW, MIXED, "123 " + HEBREW])
def test_a_right_to_left_name_starts_at_the_right(name: str) -> None:
    assert edges(fit(element(), name))[1] == pytest.approx(60, abs=0.5)


@pytest.mark.parametrize("name", ["Anna", DEVANAGARI, THAI, "Smith " + HEBREW])
def test_a_left_to_right_name_starts_at_the_left(name: str) -> None:
    assert edges(fit(element(), name))[0] == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("name", ["Anna", HEBREW])
def test_left_is_left_and_right_is_right_for_everyone(name: str) -> None:
    assert edges(fit(element(align="left"), name))[0] == pytest.approx(0, abs=0.5)
    assert edges(fit(element(align="right"), name))[1] == pytest.approx(60, abs=0.5)
