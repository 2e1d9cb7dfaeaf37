"""Which printer prints which badges: routes in their order, the first that fits counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from eventdesk.domain.printing.setup import Route, setup_of
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import PicksField
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note, say
from eventdesk.screens.widgets.basics import boxed, label, row
from eventdesk.screens.words import joined

Choices = Sequence[tuple[str, str]]


class RoutesPart(QWidget):
    """`keep(routes)` keeps them as the setting holds them."""

    def __init__(self, keep: Callable[[list[dict[str, Any]]], None]) -> None:
        super().__init__()
        self._keep = keep
        self._routes: list[Route] = []
        self._products: Mapping[str, str] = {}
        self._queues: Mapping[str, str] = {}
        self.none = note(tr("No routes: the badge printer of the settings prints everything."))
        self._rows = QWidget()
        self._column: QVBoxLayout = fill(self._rows, spacing=6)
        self.products = PicksField(tr("Badges of these products"), [], tr("None ticked: all of them."))
        self.queues = PicksField(
            tr("go to these printers"), [], tr("Of several the one with the fewest badges waiting prints.")
        )
        self.add_button = button(tr("Add this route"), self.add, "", "add")
        self.told = note()
        self.told.hide()
        fill(
            self,
            card(
                heading(tr("Routes")),
                note(tr("The first route that is for a product counts.")),
                self.none,
                self._rows,
                self.products,
                self.queues,
                alone(self.add_button),
                self.told,
            ),
        )

    def show_routes(self, value: object) -> None:
        """As the setting holds them."""
        self._routes = list(setup_of({}, value, "").routes)
        self._show()

    def offer(self, products: Choices, queues: Choices) -> None:
        self._products, self._queues = dict(products), dict(queues)
        self.products.offer(products)
        self.queues.offer(queues)
        self._show()

    def add(self) -> None:
        """Put the route that is ticked at the end."""
        queues = [queue for queue in self._queues if queue in self.queues.value()]
        if not queues:
            say(self.told, tr("Tick a printer first."), "bad")
            return
        say(self.told, "")
        self._routes.append(Route(tuple(queues), frozenset(self.products.value())))
        self.products.put(())
        self.queues.put(())
        self._changed()

    def _changed(self) -> None:
        self._show()
        self._keep([{"products": sorted(one.products), "queues": list(one.queues)} for one in self._routes])

    def _show(self) -> None:
        while self._column.count():
            taken = self._column.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.deleteLater()
        for place, route in enumerate(self._routes):
            self._column.addWidget(self._row(place, route))
        self.none.setVisible(not self._routes)

    def _row(self, place: int, route: Route) -> QWidget:
        products = [self._products.get(one, one) for one in sorted(route.products)]
        queues = [self._queues.get(one, one) for one in route.queues]
        said = tr(
            "{products} to {printers}",
            products=joined(*products, by=", ") or tr("All products"),
            printers=joined(*queues, by=", "),
        )
        up = button(tr("Up"), lambda: self._swap(place))
        up.setEnabled(place > 0)
        gone = button(tr("Remove"), lambda: self._remove(place), "danger")
        for one in (up, gone):
            one.setAccessibleName(f"{one.text()}: {said}")
        words = label(said, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return boxed(row(words, up, gone))

    def _swap(self, place: int) -> None:
        self._routes[place - 1 : place + 1] = reversed(self._routes[place - 1 : place + 1])
        self._changed()

    def _remove(self, place: int) -> None:
        del self._routes[place]
        self._changed()
