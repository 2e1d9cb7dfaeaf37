"""Scanners set to another keyboard than the desk's."""

import pytest

from eventdesk.devices.layouts import candidates


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("EVT1ß7y", "EVT1-7z"),  # a US scanner at a German desk
        ("xyz-12", "xzy/12"),
        ("EVT1/7y", "EVT1-7z"),  # a German scanner at a US desk
        ("evt1-AB", "EVT1-ab"),  # Caps Lock
        ("TIcket§QA", "TIcket§QA".swapcase()),
    ],
)
def test_what_was_meant_is_among_the_candidates(typed: str, meant: str) -> None:
    assert meant in candidates(typed)


def test_a_french_desk() -> None:
    assert "az-12" in candidates("qw)&é")


def test_the_code_itself_is_no_candidate() -> None:
    for code in ("EVT1-7z", "12345", "äöü", ""):
        assert code not in candidates(code)


def test_what_no_keyboard_types_has_no_candidates() -> None:
    assert candidates("切符") == ()
