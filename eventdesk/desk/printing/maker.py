"""From a print job to the PDF that the printer gets."""

from collections.abc import Callable
from dataclasses import dataclass

from eventdesk.badges import layout as layouts
from eventdesk.badges.layout import Layout
from eventdesk.badges.place import CENTRED, Place
from eventdesk.desk.printing.setups import printing_setup
from eventdesk.domain.badges import BadgeContents, BadgeJob
from eventdesk.domain.printing.setup import PrinterSetup
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store


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

    def __call__(self, job: BadgeJob) -> Badge:
        """Raises BadInput for a layout that is missing or can't be used."""
        return make(self.layout(job.log, job.layout), job.contents, self._place(job.printer))

    def _place(self, printer: str) -> Place:
        with self._store.reader() as reader:
            return place_on(printing_setup(reader).of(printer))

    def layout(self, log: str, name: str) -> Layout:
        with self._store.reader() as reader:
            own = reader.layouts(log)
        if name in own:
            return layouts.parse(own[name])
        if name in self._shipped:
            return self._shipped[name]
        raise BadInput(f'There is no badge layout "{name}".', "Choose another layout for this product.")


def place_on(setup: PrinterSetup) -> Place:
    return Place(setup.dx, setup.dy, setup.turn)


def make(layout: Layout, contents: BadgeContents, place: Place = CENTRED) -> Badge:
    # Here and not above, so that a desk without a printer never loads the fonts.
    from eventdesk.badges.render import render_pdf

    size = place.page(layout.page.width, layout.page.height)
    return Badge(render_pdf(layout, contents, place=place), size)
