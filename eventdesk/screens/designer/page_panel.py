"""What is set for the whole badge: its size, its other side, the fonts that it brings along, the grid."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.checking import Checked
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.fields.plain import Choice, NumberField, Tick
from eventdesk.screens.designer.media import read_font
from eventdesk.screens.designer.view import View
from eventdesk.screens.manage.look import button, fill, heading, note, say
from eventdesk.screens.widgets.basics import boxed, label, row

AskFile = Callable[[QWidget], Path | None]
CUSTOM = "custom"


def ask_font(parent: QWidget) -> Path | None:
    name, _kind = QFileDialog.getOpenFileName(parent, tr("Choose a font"), "", f"{tr('Fonts')} (*.ttf *.otf)")
    return Path(name) if name else None


def page_sizes() -> dict[str, tuple[str, tuple[float, float]]]:
    """By key: words, and width and height in millimetres. 4 x 3 and 4 x 6 are inches."""
    return {
        "cr80": (tr("Card CR80 · 85.6 × 54 mm"), (85.6, 54.0)),
        "cr80-upright": (tr("Card CR80 upright · 54 × 85.6 mm"), (54.0, 85.6)),
        "4x3": (tr("4 × 3 inches · 101.6 × 76.2 mm"), (101.6, 76.2)),
        "4x6": (tr("4 × 6 inches · 101.6 × 152.4 mm"), (101.6, 152.4)),
        "a6": (tr("A6 · 105 × 148 mm"), (105.0, 148.0)),
        "roll": (tr("Roll of 62 mm · 62 × 100 mm"), (62.0, 100.0)),
        "a4": (tr("A4 · 210 × 297 mm"), (210.0, 297.0)),
    }


class PagePanel(QWidget):
    ask: AskFile = staticmethod(ask_font)

    def __init__(self, design: Design, view: View) -> None:
        super().__init__()
        self._design, self._view = design, view
        self.wrong = note(tone="bad")
        sizes = [(name, words) for name, (words, _size) in page_sizes().items()]
        self.size_choice = Choice(tr("Size of the badge"), [*sizes, (CUSTOM, tr("Another size"))])
        self.width_field = NumberField(tr("Width"), 10, 1000)
        self.height_field = NumberField(tr("Height"), 10, 1000)
        self.back = Tick(tr("Has a back side"))
        self.font_button = button(tr("Put in a font ..."), self.choose_font, "", "add")
        self.font_wrong = note(tone="bad")
        self._fonts = QWidget()
        self._font_rows = QVBoxLayout(self._fonts)
        self._font_rows.setContentsMargins(0, 0, 0, 0)
        self._shown_fonts: list[str] | None = None
        self.grid = NumberField(tr("Grid"), 0.5, 50)
        self.grid.put(view.aids.grid)
        self._arrange()
        self._connect()
        self.show_page()

    def tell(self, checked: Checked) -> None:
        """What is wrong with the layout itself."""
        say(self.wrong, checked.general, "bad")

    def choose_font(self) -> None:
        path = self.ask(self.window())
        if path is not None:
            self.load_font(path)

    def load_font(self, path: Path) -> None:
        """Put a font in; what is wrong with it is told here."""
        try:
            family, font = read_font(path)
        except BadInput as error:
            say(self.font_wrong, str(error), "bad")
            return
        say(self.font_wrong, "")
        self._design.apply(lambda data: edits.with_font(data, family, font), tr("Put in a font"))

    def show_page(self) -> None:
        page = edits.page_of(self._design.data)
        known = {size: name for name, (_words, size) in page_sizes().items()}
        self.size_choice.put(known.get((page.width, page.height), CUSTOM))
        self.width_field.put(page.width)
        self.height_field.put(page.height)
        self.back.put(edits.has_back(self._design.data))
        self._show_fonts()

    def _arrange(self) -> None:
        say(self.wrong, "")
        say(self.font_wrong, "")
        size = boxed(row(self.width_field, self.height_field, spacing=10))
        hint = note(tr("Choose an element to see what can be set about it."), "small")
        parts = (
            self.wrong,
            self.size_choice,
            size,
            self.back,
            heading(tr("Fonts of this layout")),
            self._fonts,
        )
        fill(self, heading(tr("The badge")), *parts, self.font_button, self.font_wrong, self.grid, hint, 1)

    def _connect(self) -> None:
        self._design.changed.connect(self.show_page)
        self.size_choice.changed.connect(self._size_chosen)
        for field in (self.width_field, self.height_field):
            field.changed.connect(self._size_typed)
        self.back.changed.connect(self._back_ticked)
        self.grid.changed.connect(
            lambda: self._view.set_aids(replace(self._view.aids, grid=float(self.grid.value())))
        )

    def _size_chosen(self) -> None:
        name = self.size_choice.value()
        if name == CUSTOM:
            self.width_field.setFocus()
        else:
            self._put(*page_sizes()[name][1])

    def _size_typed(self) -> None:
        self._put(float(self.width_field.value()), float(self.height_field.value()))

    def _put(self, width: float, height: float) -> None:
        self._design.apply(lambda data: placing.with_page(data, width, height), tr("Size of the badge"))

    def _back_ticked(self) -> None:
        back = bool(self.back.value())
        made = edits.with_back(self._design.data, back=back)
        if not back:
            self._view.set_side("front")
        self._design.become(made, tr("Back side"), frozenset())

    def _show_fonts(self) -> None:
        families = list(self._design.data.get("fonts") or ())
        if families == self._shown_fonts:
            return
        self._shown_fonts = families
        while item := self._font_rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for family in families:
            self._font_rows.addWidget(self._font_row(family))
        self._fonts.setVisible(bool(families))

    def _font_row(self, family: str) -> QWidget:
        out = button("", lambda: self._take_out(family), "quiet", "close")
        out.setAccessibleName(tr("Take out {font}", font=family))
        out.setToolTip(out.accessibleName())
        return boxed(row(label(family), 1, out))

    def _take_out(self, family: str) -> None:
        self._design.apply(lambda data: edits.with_font(data, family, None), tr("Take a font out"))
