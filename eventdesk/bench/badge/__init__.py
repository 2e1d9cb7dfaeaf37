"""A badge: from the verdict to the printer's queue, and drawing many against bare Qt and reportlab."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eventdesk.badges import fonts, layout
from eventdesk.badges.render import render_image, render_many, render_pdf
from eventdesk.bench.badge.bare import bare_qt, bare_reportlab
from eventdesk.bench.badge.door import Door
from eventdesk.bench.guests import made_guests
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.badges import BadgeContents

SHEAF = 50
WARM_UP = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--badges", type=int, default=1_000, help="badges drawn on each side (1000)")
    parser.add_argument("--scans", type=int, default=100, help="guests who come to the door (100)")
    parser.add_argument("--queue", default="", help="a queue of CUPS that takes the badges (none: a folder)")
    parser.add_argument("--cups", default="", metavar="HOST:PORT", help="the CUPS to ask (the system's own)")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds, and ratios of time.

    `verdict_to_queue_ms`: from the verdict on the disk until the queue has the PDF, guests coming one
    after the other. `badges_per_min`: that many of those that wait on the disk are handed over.
    `vs_bare_qt`, `vs_reportlab`: our badges against the same page drawn without layout, fitting and
    conditions, sheaf by sheaf in turn; under 1 we are faster. `pdf_ms`: one badge as a PDF of its own;
    `first_ms`: the first of all.
    """
    fonts.prepare()
    card = layout.shipped()[layout.DEFAULT]
    badges = list(_badges(args.badges))
    first = _ms(lambda: render_pdf(card, badges[0]))
    with tempfile.TemporaryDirectory(prefix="eventdesk-bench-") as name, _opened(args, Path(name)) as door:
        figures: dict[str, Any] = {"queue": args.queue or "folder"} | door.measure(args.scans)
    drawn: dict[str, Callable[[Sequence[BadgeContents]], object]] = {
        "ours": lambda some: render_many(card, some),
        "bare_qt": bare_qt,
        "reportlab": bare_reportlab,
    }
    seconds = _in_turn(drawn, badges)
    for other in ("bare_qt", "reportlab"):
        figures[f"vs_{other}"] = round(seconds["ours"] / seconds[other], 3)
    figures |= {f"{who}_ms_each": round(sum_ / len(badges) * 1e3, 3) for who, sum_ in seconds.items()}
    figures["pdf_ms_p50"] = _p50(lambda badge: render_pdf(card, badge), badges)
    figures["picture_ms_p50"] = _p50(lambda badge: render_image(card, badge), badges)
    return figures | {"first_ms": round(first, 2)}


def _opened(args: argparse.Namespace, folder: Path) -> Door:
    printers: Printers
    if args.queue:
        host, _, port = args.cups.partition(":")
        printers = CupsPrinters(host, int(port or 0))
    else:
        printers = FolderPrinters(folder / "badges")
    return Door(folder, printers, args.queue or NAME, args.scans)


def _badges(number: int) -> Iterator[BadgeContents]:
    for place, guest in enumerate(made_guests(number)):
        yield BadgeContents(
            ticket=f"t{place}",
            name=guest.name,
            company=guest.company,
            product=guest.product,
            seat=f"{place // 40}-{place % 40}",
            event="PyDays Vienna 2026",
            code=guest.secret,
        )


def _in_turn(
    drawn: dict[str, Callable[[Sequence[BadgeContents]], object]], badges: Sequence[BadgeContents]
) -> dict[str, float]:
    """Seconds for all badges by who draws, each beginning as often as the others."""
    seconds = dict.fromkeys(drawn, 0.0)
    for draw in drawn.values():
        draw(badges[:WARM_UP])
    order = list(drawn)
    for start in range(0, len(badges), SHEAF):
        sheaf = badges[start : start + SHEAF]
        for who in order:
            seconds[who] += _ms(lambda who=who, sheaf=sheaf: drawn[who](sheaf)) / 1e3  # type: ignore[misc]
        order = order[1:] + order[:1]
    return seconds


def _p50(draw: Callable[[BadgeContents], object], badges: Sequence[BadgeContents]) -> float:
    return round(statistics.median(_ms(lambda badge=badge: draw(badge)) for badge in badges[:100]), 2)  # type: ignore[misc]


def _ms(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3
