"""A colour for each product and variation: the strip by which a door tells guests apart."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.designer.fields.colour import ColourField
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.manage.field import Field
from eventdesk.screens.widgets.basics import Elided, boxed, row


class FillsField(Field):
    """Hex colours by name; None where there are none."""

    def __init__(self) -> None:
        self._rows: dict[str, ColourField] = {}
        self._offers = Offers()
        self._fills: dict[str, Any] = {}
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        hint = tr("Goes before the fill. A variation's colour goes before its product's.")
        super().__init__(tr("Fill by product"), self._holder, hint)

    @property
    def rows(self) -> Mapping[str, ColourField]:
        """A field for each name."""
        return self._rows

    def offer(self, offers: Offers) -> None:
        self._offers = offers
        self._show_rows()

    def value(self) -> Any:
        shown = {name: field.value() for name, field in self._rows.items()}
        return {name: colour for name, colour in shown.items() if colour} or None

    def put(self, value: Any) -> None:
        self._fills = dict(value) if isinstance(value, Mapping) else {}
        self._show_rows()
        for name, field in self._rows.items():
            field.put(self._fills.get(name))

    def _show_rows(self) -> None:
        """Those too of products that the event does not have: the layout may be of another."""
        wanted = list(dict.fromkeys((*self._offers.names, *self._fills)))
        if wanted == list(self._rows):
            return
        while item := self._column.takeAt(0):
            line = item.widget()
            if line is not None:
                line.deleteLater()
        self._rows = {name: self._row(name) for name in wanted}

    def _row(self, name: str) -> ColourField:
        made = ColourField(name, tr("As usual"))
        made.caption.hide()
        made.changed.connect(self.edited)
        line = row(Elided(name), made)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self._column.addWidget(boxed(line))
        return made
