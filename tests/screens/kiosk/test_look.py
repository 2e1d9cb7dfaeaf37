"""Colours and sizes for strangers of every age."""

from itertools import product

import pytest

from eventdesk.screens.kiosk.look import FINGER_PX, KioskLook
from eventdesk.screens.kiosk.palette import DARK, HIGH, LIGHT
from eventdesk.screens.palette import Colours, contrast

GROUNDS = ("window", "surface", "raised")
INKS = ("text", "muted", "good", "warn", "bad")


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH], ids=["light", "dark", "high"])
def test_every_text_reaches_seven_to_one(colours: Colours) -> None:
    weak = {
        (ground, ink): round(contrast(getattr(colours, ground), getattr(colours, ink)), 1)
        for ground, ink in product(GROUNDS, INKS)
        if contrast(getattr(colours, ground), getattr(colours, ink)) < 7.0
    }
    assert not weak
    assert contrast(colours.accent, colours.on_accent) >= 7.0


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH], ids=["light", "dark", "high"])
def test_borders_and_disabled_words_can_be_seen(colours: Colours) -> None:
    for ground in ("window", "surface"):
        assert contrast(colours.control, getattr(colours, ground)) >= 4.5
        assert contrast(colours.accent, getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("side", [480, 800, 1080])
@pytest.mark.parametrize("large", [False, True])
def test_a_target_is_fifteen_millimetres_at_least(side: int, large: bool) -> None:
    assert FINGER_PX / 96 * 25.4 >= 15.0
    assert KioskLook(large=large, side=side).target_px >= FINGER_PX
    assert KioskLook(large=large, side=side, dpi=192).target_px >= 2 * FINGER_PX


def test_large_text_is_larger_by_a_third() -> None:
    assert KioskLook(large=True).font_px >= KioskLook().font_px * 1.3
    assert KioskLook(contrast=True, dark=True).colours is HIGH
