"""Drawing badges: one at a time as the door prints them, and many in one file."""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from eventdesk.badges import fonts, layout
from eventdesk.badges.render import render_image, render_many, render_pdf
from eventdesk.domain.badges import BadgeContents

GUEST = BadgeContents(
    ticket="t1",
    name="Anna Müller",
    company="Müller & Söhne Maschinenbau GmbH",
    product="Conference pass",
    seat="12-4",
    event="PyDays Vienna 2026",
    code="ABCDEFGHJKLMNPQ23456789",
)
NAMES = {
    "latin": "Anna Müller",
    "long": "Dr. Maximiliana-Theodora Freifrau von Hohenstein-Wallersdorf",
    "arabic": "محمد بن عبد الله الحسيني",
    "cjk": "山田太郎",
    "emoji": "Zoë 👩‍👩‍👧‍👦 👍🏽",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=50, help="badges of each kind (50)")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds; each badge bears a new code, as guests' do. "first_ms": with the fonts still cold."""
    fonts.prepare()
    card = layout.shipped()[layout.DEFAULT]
    first = _ms(lambda: render_pdf(card, GUEST))
    pdf = {name: _many_ms(args.rounds, name, lambda guest: render_pdf(card, guest)) for name in NAMES}
    picture = _many_ms(args.rounds, "latin", lambda guest: render_image(card, guest))
    guests = [replace(GUEST, code=f"MANY{number:019}") for number in range(args.rounds)]
    together = _ms(lambda: render_many(card, guests))
    return {
        "first_ms": first,
        "pdf": pdf,
        "picture": picture,
        "together_ms_each": round(together / args.rounds, 2),
    }


def _many_ms(rounds: int, name: str, draw: Callable[[BadgeContents], object]) -> dict[str, float]:
    guests = [replace(GUEST, name=NAMES[name], code=f"{name.upper():A>10}{n:013}") for n in range(rounds)]
    draw(replace(GUEST, name=NAMES[name]))
    times = sorted(_ms(partial(draw, guest)) for guest in guests)
    return {"ms_p50": round(statistics.median(times), 2), "ms_p95": times[int(len(times) * 0.95)]}


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round((time.perf_counter() - began) * 1000, 2)
