"""Colours that can be read, in bad light and by every eye."""

from itertools import combinations

import pytest

from eventdesk.screens import palette
from eventdesk.screens.palette import DARK, LIGHT, Coat, Colours, contrast

COATS = {
    "admitted": palette.ADMITTED,
    "left": palette.LEFT,
    "refused": palette.REFUSED,
    "asking": palette.ASKING,
    "informing": palette.INFORMING,
}

# Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), severity 1.0; on linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
@pytest.mark.parametrize("ink", ["text", "muted", "good", "warn", "bad"])
def test_text_can_be_read_on_every_surface(colours: Colours, ground: str, ink: str) -> None:
    assert contrast(getattr(colours, ground), getattr(colours, ink)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_and_borders_can_be_seen(colours: Colours) -> None:
    assert contrast(colours.accent, colours.on_accent) >= 4.5
    for ground in (colours.surface, colours.window):
        assert contrast(colours.control, ground) >= 3.0
        assert contrast(colours.accent, ground) >= 3.0


@pytest.mark.parametrize("coat", COATS.values(), ids=COATS.keys())
def test_a_verdict_is_read_from_afar(coat: Coat) -> None:
    assert contrast(coat.ground, coat.ink) >= 7.0


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear RGB."""
    red, green, blue = (min(1.0, max(0.0, value)) for value in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, kind: str) -> tuple[float, float, float]:
    linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    rows = BLINDNESS[kind]
    return lab(tuple(sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows))


@pytest.mark.parametrize("kind", BLINDNESS)
def test_green_red_amber_and_blue_stay_apart_for_the_colour_blind(kind: str) -> None:
    chosen = [palette.ADMITTED, palette.REFUSED, palette.ASKING, palette.INFORMING]
    for one, other in combinations(chosen, 2):
        a, b = seen(one.ground, kind), seen(other.ground, kind)
        difference = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert difference > 40, f"{one} and {other}: {difference:.0f}"
