"""Dates and times as people write them."""

import pytest

from eventdesk.domain.loosetime import parse_loose
from tests.domain.builders import at


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-02-03", "2026-02-03T00:00:00"),
        ("2026-02-03T10:30", "2026-02-03T10:30:00"),
        ("2026-02-03 10:30:15.25", "2026-02-03T10:30:15.250000"),
        ("2026-06-10T23:00:00.000+02:00", "2026-06-10T23:00:00+02:00"),
        ("2026-06-10T23:00:00Z", "2026-06-10T23:00:00+00:00"),
        ("2026-06-10T23:00:00-0130", "2026-06-10T23:00:00-01:30"),
        ("06:00:00", "2026-06-10T06:00:00"),
        ("6 pm", "2026-06-10T18:00:00"),
        ("12:30 am", "2026-06-10T00:30:00"),
        ("02/03/2026", "2026-02-03T00:00:00"),
        ("3.2.2026", "2026-02-03T00:00:00"),
        ("3 Feb 2026", "2026-02-03T00:00:00"),
        ("February 3rd, 2026 at", None),
        ("Feb 3, 2026 10:30", "2026-02-03T10:30:00"),
        ("soon", None),
        ("", None),
        ("2026-02-30", None),
        ("24:00", None),
        ("13 pm", None),
        (20260203, None),
    ],
)
def test_a_moment(text: object, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(ValueError):
            parse_loose(text, at(12))
    else:
        assert parse_loose(text, at(12)).isoformat() == meant
