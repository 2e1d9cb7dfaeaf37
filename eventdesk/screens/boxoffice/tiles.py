"""The products of one category as tiles; a letter reaches each, Page up and down the next category."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from eventdesk.domain.catalogue import Product
from eventdesk.domain.till.setup import Category
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.tab import CategoryTabs
from eventdesk.screens.boxoffice.tile import Tile, TileText

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GAP = 8
LEAST_LINES = 3.9


class Tiles(QWidget):
    """`chosen` tells the product."""

    chosen = Signal(object)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._pages: list[tuple[Category, list[Product]]] = []
        self._tiles: dict[str, Tile] = {}
        self._columns = 0
        self.tabs = CategoryTabs()
        self.tabs.chosen.connect(self._show_page)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.tabs)
        whole.addWidget(area, 1)

    def show_products(self) -> None:
        """By what is set up now; the category that was shown stays where it is still there."""
        shown = self.tabs.current()
        self._pages = pages(self._state)
        self.tabs.show_categories([category for category, _ in self._pages])
        ids = [category.id for category, _ in self._pages]
        self._show_page(ids.index(shown) if shown in ids else 0)

    def refresh_left(self) -> None:
        """How many are left, less what stands in the cart."""
        for id_, tile in self._tiles.items():
            tile.show_left(self._left(id_))

    def press(self, letter: str) -> bool:
        """Whether a tile has the letter and may be pressed."""
        found = next((one for one in self._tiles.values() if one.key and one.key == letter.upper()), None)
        if found is None:
            return False
        if found.isEnabled():
            found.animateClick()
        return True

    def step_page(self, by: int) -> None:
        if self._pages:
            self._show_page((self.tabs.index() + by) % len(self._pages))

    def tiles(self) -> Mapping[str, Tile]:
        """By product, of the category on show."""
        return self._tiles

    def show_category(self, place: int) -> None:
        if 0 <= place < len(self._pages):
            self._show_page(place)

    def _show_page(self, place: int) -> None:
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        self._tiles = {}
        if not self._pages:
            return
        self.tabs.mark(place)
        category, products = self._pages[place]
        for at, product in enumerate(products):
            tile = Tile(self._text(product, LETTERS[at] if at < len(LETTERS) else "", category.color))
            tile.clicked.connect(lambda _checked, one=product: self.chosen.emit(one))
            self._tiles[product.id] = tile
        self._lay_out()

    def _text(self, product: Product, key: str, color: str) -> TileText:
        return TileText(product.name, self._price(product), key, self._left(product.id), color)

    def _price(self, product: Product) -> str:
        if product.free_price:
            return tr("any price")
        prices = {self._state.price(product, one) for one in product.variations} or {product.price}
        least = self._state.says(min(prices))
        return least if len(prices) == 1 else tr("from {price}", price=least)

    def _left(self, product: str) -> int | None:
        left = self._state.left.get(product)
        return None if left is None else max(0, left - self._state.in_cart(product))

    def _lay_out(self) -> None:
        self._columns = self._fitting()
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            tile.show()
        rows = -(-len(self._tiles) // self._columns)
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)
        line = self.fontMetrics().height()
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 1 if place < rows else 0)
            # Of the row, as the style sheet has the last word on a button's own least height.
            self._grid.setRowMinimumHeight(place, round(line * LEAST_LINES) if place < rows else 0)
        # Few tiles do not grow without end: a page of three looks like a page of twelve.
        highest = round(line * 7)
        for tile in self._tiles.values():
            tile.setMaximumHeight(highest)
        self._grid.setRowStretch(rows, max(0, 4 - rows))

    def _fitting(self) -> int:
        line = self.fontMetrics().height()
        return max(2, min(6, self.width() // round(line * 9)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._tiles and self._fitting() != self._columns:
            self._lay_out()


def pages(state: TillState) -> list[tuple[Category, list[Product]]]:
    """What is sold here, by category, in the organizer's order; what has none comes last."""
    catalogue, known = state.catalogue, state.setup.categories
    if catalogue is None:
        return []
    rest = Category("", tr("Other"))
    found: dict[str, list[Product]] = {}
    for product in sorted(catalogue.products.values(), key=lambda one: (one.position, one.name)):
        if product.at_till:
            found.setdefault(product.category if product.category in known else "", []).append(product)
    order: Sequence[Category] = sorted(known.values(), key=lambda one: (one.position, one.name))
    return [(one, found[one.id]) for one in (*order, rest) if one.id in found]
