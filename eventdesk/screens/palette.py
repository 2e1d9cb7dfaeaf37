"""The colours: one set for light, one for dark, and the verdicts' own, which never change.

The verdict colours differ in lightness and in hue along blue and yellow, so that they stay apart for
eyes that do not tell red from green; `tests/screens/test_palette.py` measures it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """Hex colours of one appearance. Text pairs reach WCAG 4.5:1, borders of controls 3:1."""

    window: str
    surface: str
    raised: str
    line: str
    control: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str


LIGHT = Colours(
    window="#EEF1F5",
    surface="#FFFFFF",
    raised="#F6F8FA",
    line="#D5DBE3",
    control="#77828F",
    text="#101828",
    muted="#4A5565",
    accent="#1B4FD1",
    on_accent="#FFFFFF",
    good="#05603A",
    warn="#8A3B0A",
    bad="#A5150F",
)

DARK = Colours(
    window="#0E1319",
    surface="#18202A",
    raised="#222C38",
    line="#2F3B4A",
    control="#76869B",
    text="#F1F5F9",
    muted="#AFBBCA",
    accent="#8DB4FF",
    on_accent="#0B1526",
    good="#62D9A0",
    warn="#FFC36B",
    bad="#FFA39B",
)


@dataclass(frozen=True, slots=True)
class Coat:
    """What a verdict wears: its ground and the text on it (7:1 at least)."""

    ground: str
    ink: str


ADMITTED = Coat("#17C98F", "#00140D")
REFUSED = Coat("#B00018", "#FFFFFF")
ASKING = Coat("#FFC629", "#1A1300")
INFORMING = Coat("#123E8A", "#FFFFFF")
LEFT = Coat("#4B2A86", "#FFFFFF")


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
