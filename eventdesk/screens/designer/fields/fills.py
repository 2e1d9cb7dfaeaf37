"""A colour for each product and variation: the strip by which a door tells guests apart."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.designer.fields.colour import ColourField
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.manage.field import Field


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
        shown = {name: row.value() for name, row in self._rows.items()}
        return {name: colour for name, colour in shown.items() if colour} or None

    def put(self, value: Any) -> None:
        self._fills = dict(value) if isinstance(value, Mapping) else {}
        self._show_rows()
        for name, row in self._rows.items():
            row.put(self._fills.get(name))

    def _show_rows(self) -> None:
        """Those too of products that the event does not have: the layout may be of another."""
        wanted = list(dict.fromkeys((*self._offers.names, *self._fills)))
        if wanted == list(self._rows):
            return
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = {name: self._row(name) for name in wanted}

    def _row(self, name: str) -> ColourField:
        made = ColourField(name, tr("As the others"))
        made.changed.connect(self.edited)
        self._column.addWidget(made)
        return made
