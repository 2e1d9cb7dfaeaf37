"""Tables of the report: a heading that comes again on each page, numbers to the right."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, LongTable, TableStyle

from eventdesk.receipts.accounting.lettering import BOLD, REGULAR, prepare, text

WIDTH = 493.0  # points between the margins of A4
# A longer table is several: reportlab takes the longer for each page the more rows are left.
MOST_ROWS = 400
SIZE = 8
LINE, SHADE = HexColor("#9aa0a6"), HexColor("#eef1f4")
# A cell that may hold any script; a plain string is set as it stands.
Cell = str | Flowable


def name(words: str, bold: bool = False) -> Flowable:
    """A cell of names, as they came: any script, any length."""
    return text(words or "–", SIZE, bold)


def tables(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    texts: int = 1,
    total: Sequence[Cell] = (),
) -> Iterator[LongTable]:
    """`widths` are parts of the whole; the first `texts` columns stand to the left; `total` comes last."""
    found = list(rows)
    for start in range(0, len(found), MOST_ROWS):
        part = found[start : start + MOST_ROWS]
        is_last = start + MOST_ROWS >= len(found)
        yield _table(headers, part, widths, texts, total if is_last else ())


def _table(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    texts: int,
    total: Sequence[Cell],
) -> LongTable:
    prepare()
    data: list[list[Any]] = [list(headers), *(list(row) for row in rows), *([list(total)] if total else [])]
    points = [WIDTH * part / sum(widths) for part in widths]
    table = LongTable(data, colWidths=points, repeatRows=1)
    table.setStyle(TableStyle([*_look(texts), *(_total() if total else ())]))
    return table


def _look(texts: int) -> Iterator[Any]:
    yield "FONT", (0, 0), (-1, -1), REGULAR, SIZE, SIZE * 1.3
    yield "FONT", (0, 0), (-1, 0), BOLD, SIZE, SIZE * 1.3
    yield "BACKGROUND", (0, 0), (-1, 0), SHADE
    yield "LINEBELOW", (0, 0), (-1, -1), 0.25, LINE
    yield "ALIGN", (texts, 0), (-1, -1), "RIGHT"
    yield "VALIGN", (0, 0), (-1, -1), "TOP"
    for side in ("TOPPADDING", "BOTTOMPADDING"):
        yield side, (0, 0), (-1, -1), 2
    for side in ("LEFTPADDING", "RIGHTPADDING"):
        yield side, (0, 0), (-1, -1), 3


def _total() -> Iterator[Any]:
    yield "FONT", (0, -1), (-1, -1), BOLD, SIZE, SIZE * 1.3
    yield "LINEABOVE", (0, -1), (-1, -1), 0.8, LINE
