"""Badges on sheets of labels, and on paper of one badge a page.

Sizes are those that the makers give for their sheets, in millimetres; the number in a comment is one that
is sold in that size.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from eventdesk.badges.elements import Side
from eventdesk.badges.fitting import UNITS_PER_MM
from eventdesk.badges.layout import Layout
from eventdesk.badges.pages import PdfPages
from eventdesk.badges.painting import paint
from eventdesk.badges.place import CENTRED, Place
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput

A4, LETTER = (210.0, 297.0), (215.9, 279.4)
INCH = 25.4
MOST = 60
# A layout may be so much larger than its label: cards are sold as 86 x 54 that have 85.6 x 53.98.
SLACK_MM = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labels of `width` x `height` in `columns` and `rows`, the first one `left` and `top` of the paper's
    corner.

    0 for a label's width and height: as large as the layout. 0 for the paper's height: a roll, as long as
    its labels. Raises BadInput for what does not fit on the paper.
    """

    paper: tuple[float, float]
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    gap_x: float = 0.0
    gap_y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    def __post_init__(self) -> None:
        if not (1 <= self.columns <= MOST and 1 <= self.rows <= MOST):
            raise BadInput(
                f"A sheet of {self.columns} x {self.rows} labels can't be.", f"Choose 1 to {MOST} either way."
            )
        if min(*self.paper, self.left, self.top, self.gap_x, self.gap_y, self.width, self.height) < 0:
            raise BadInput("A sheet has a length below 0.", "Correct the sheet's sizes.")
        right, bottom = (self.at(self.columns - 1, self.rows - 1)[place] for place in (0, 1))
        for name, end, paper in (
            ("wide", right + self.width, self.paper[0]),
            ("high", bottom + self.height, self.paper[1]),
        ):
            if paper and end > paper + SLACK_MM:
                raise BadInput(
                    f"The labels need {end:g} mm, and the paper is {paper:g} mm {name}.",
                    "Correct the sheet's sizes.",
                )

    def at(self, column: int, row: int) -> tuple[float, float]:
        """The top left corner of a label."""
        return (
            self.left + column * (self.width + self.gap_x),
            self.top + row * (self.height + self.gap_y),
        )

    def of(self, layout: Layout) -> "Sheet":
        """The sheet with all its sizes, for this layout. Raises BadInput where that does not fit on its
        labels."""
        page = layout.page
        whole = replace(self, width=self.width or page.width, height=self.height or page.height)
        if not whole.paper[1]:
            length = whole.at(0, whole.rows - 1)[1] + whole.height
            whole = replace(whole, paper=(whole.paper[0], length))
        if page.width > whole.width + SLACK_MM or page.height > whole.height + SLACK_MM:
            raise BadInput(
                f'The layout "{layout.name}" is {page.width:g} x {page.height:g} mm, '
                f"a label of this sheet {whole.width:g} x {whole.height:g} mm.",
                "Choose another sheet or another layout.",
            )
        return whole


SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        # L7165
        "a4-2x4": Sheet(A4, 2, 4, 4.65, 13.1, 2.5, 0, 99.1, 67.7),
        # L7173
        "a4-2x5": Sheet(A4, 2, 5, 4.65, 6, 2.5, 0, 99.1, 57),
        # C32011: cards
        "a4-2x5-cards": Sheet(A4, 2, 5, 15, 13.5, 10, 0, 85, 54),
        # L7160
        "a4-3x7": Sheet(A4, 3, 7, 7.25, 15.15, 2.5, 0, 63.5, 38.1),
        # 5392
        "letter-2x3": Sheet(LETTER, 2, 3, 0.25 * INCH, INCH, 0, 0, 4 * INCH, 3 * INCH),
        # 5395
        "letter-2x4": Sheet(
            LETTER,
            2,
            4,
            0.6875 * INCH,
            0.5833 * INCH,
            0.375 * INCH,
            0.1667 * INCH,
            3.375 * INCH,
            2.3333 * INCH,
        ),
        "cr80": Sheet((85.6, 53.98), width=85.6, height=53.98),
        "4x3": Sheet((4 * INCH, 3 * INCH), width=4 * INCH, height=3 * INCH),
        "4x6": Sheet((4 * INCH, 6 * INCH), width=4 * INCH, height=6 * INCH),
        "roll-62": Sheet((62.0, 0.0)),
    }
)


def impose(
    layout: Layout,
    badges: Iterable[BadgeContents],
    sheet: Sheet,
    place: Place = CENTRED,
    skip: int = 0,
    dpi: int = 300,
) -> bytes:
    """A PDF of the sheets that the badges fill, row by row, each badge in the middle of its label.

    With a back, every sheet is followed by its other side, for paper that is turned over its long edge.
    `skip`: so many labels of the first sheet are used already. Raises BadInput.
    """
    whole = sheet.of(layout)
    labels = whole.columns * whole.rows
    if not 0 <= skip < labels:
        raise BadInput(f"{skip} labels can't be skipped: a sheet has {labels}.", "Skip fewer.")
    waiting = iter(badges)
    with PdfPages(whole.paper, dpi, place) as pages:
        while some := list(islice(waiting, labels - skip)):
            for side in layout.page.sides:
                painter = pages.next()
                for number, contents in enumerate(some, skip):
                    _paint_label(painter, whole, number, (layout, contents, side))
            skip = 0
    return pages.data()


def _paint_label(
    painter: QPainter, sheet: Sheet, number: int, badge: tuple[Layout, BadgeContents, Side]
) -> None:
    layout, contents, side = badge
    row, column = divmod(number, sheet.columns)
    x, y = sheet.at(column, row)
    if side == "back":
        x = sheet.paper[0] - x - sheet.width
    painter.save()
    painter.translate(
        (x + (sheet.width - layout.page.width) / 2) * UNITS_PER_MM,
        (y + (sheet.height - layout.page.height) / 2) * UNITS_PER_MM,
    )
    painter.setClipRect(QRectF(0, 0, layout.page.width * UNITS_PER_MM, layout.page.height * UNITS_PER_MM))
    paint(painter, layout, contents, side)
    painter.restore()


def corners(sheet: Sheet) -> Iterator[tuple[float, float]]:
    """The top left corners of all labels, row by row."""
    for row in range(sheet.rows):
        for column in range(sheet.columns):
            yield sheet.at(column, row)
