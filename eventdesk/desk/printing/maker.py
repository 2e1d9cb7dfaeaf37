"""From a print job to the PDF that the printer gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventdesk.badges import layout as layouts
from eventdesk.badges.layout import Layout
from eventdesk.badges.place import CENTRED, Place
from eventdesk.desk.printing.setups import printing_setup
from eventdesk.domain.badges import BadgeContents, BadgeJob
from eventdesk.domain.printing.setup import PrinterSetup
from eventdesk.errors import BadInput
from eventdesk.storage.reading.catalogue import layout_of
from eventdesk.storage.store import Store

if TYPE_CHECKING:
    from eventdesk.badges.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge ready to be handed over; `size` is width and height in millimetres."""

    pdf: bytes
    size: tuple[float, float]


Renderer = Callable[[BadgeJob], Badge]


class BadgeMaker:
    """Makes badges by the event's own layouts and the shipped ones, the event's first.

    Any thread may call; `badges.fonts.prepare()` must have run on the main thread.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shipped = layouts.shipped()
        self._own: dict[tuple[str, str], tuple[str, Layout | None]] = {}

    def __call__(self, job: BadgeJob) -> Badge:
        """Raises BadInput for a layout that is missing or can't be used."""
        return make(self.layout(job.log, job.layout), job.contents, self._place(job.printer))

    def capacity(self, sheet: str) -> int:
        """How many badges one page of this sheet holds. Raises BadInput where there is no such sheet."""
        found = sheet_of(sheet)
        return found.columns * found.rows

    def page(self, jobs: Sequence[BadgeJob], sheet: str) -> Badge:
        """All of one event and one layout. Raises BadInput, also where the layout does not fit."""
        from eventdesk.badges.sheets import impose

        first, found = jobs[0], sheet_of(sheet)
        layout, place = self.layout(first.log, first.layout), self._place(first.printer)
        size = place.page(*found.of(layout).paper)
        return Badge(impose(layout, [job.contents for job in jobs], found, place), size)

    def _place(self, printer: str) -> Place:
        with self._store.reader() as reader:
            return place_on(printing_setup(reader).of(printer))

    def layout(self, log: str, name: str) -> Layout:
        with self._store.reader() as reader:
            text = reader.layout_text(log, name)
        if text is not None and (own := self._parsed(log, name, text)) is not None:
            return own
        if name in self._shipped:
            return self._shipped[name]
        raise BadInput(f'There is no badge layout "{name}".', "Choose another layout for this product.")

    def _parsed(self, log: str, name: str, text: str) -> Layout | None:
        """The event's own layout. It may have megabytes of pictures and fonts: the same text is read once."""
        known = self._own.get((log, name))
        if known is None or known[0] != text:
            members = layout_of(text)
            known = self._own[log, name] = text, layouts.parse(members) if members is not None else None
        return known[1]


def sheet_of(name: str) -> "Sheet":
    """Raises BadInput."""
    from eventdesk.badges.sheets import SHEETS

    if name not in SHEETS:
        raise BadInput(f'There is no sheet "{name}".', "Choose one of the sheets that are offered.")
    return SHEETS[name]


def calibration(layout: Layout, setup: PrinterSetup) -> Badge:
    """The page to measure by how much a printer is off: of its sheet, or of one badge."""
    from eventdesk.badges.calibration import trial_page
    from eventdesk.badges.sheets import Sheet

    sheet = (
        sheet_of(setup.sheet) if setup.sheet else Sheet((layout.page.width, layout.page.height)).of(layout)
    )
    place = place_on(setup)
    return Badge(trial_page(sheet, place), place.page(*sheet.paper))


def place_on(setup: PrinterSetup) -> Place:
    return Place(setup.dx, setup.dy, setup.turn)


def make(layout: Layout, contents: BadgeContents, place: Place = CENTRED) -> Badge:
    # Here and not above, so that a desk without a printer never loads the fonts.
    from eventdesk.badges.render import render_pdf

    size = place.page(layout.page.width, layout.page.height)
    return Badge(render_pdf(layout, contents, place=place), size)
