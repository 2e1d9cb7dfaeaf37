"""The printers of this desk: how they are, what is set for each, which badges go where."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import (
    Command,
    ListDevices,
    ListSettings,
    PrintTestBadge,
    PutSetting,
    ShowCatalogue,
)
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import BadgeTried, CatalogueShown, DevicesListed, PrinterChoice, SettingsListed
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.values import PrintersTold
from eventdesk.desk.settings import DEFAULTS, PRINT_ROUTES, PRINTER, PRINTERS, TAKE_OVER
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import LineField, TickField
from eventdesk.screens.manage.job_words import state_tone, state_words
from eventdesk.screens.manage.look import button, card, fill, heading, note, say, scrolled
from eventdesk.screens.printing.printer_card import PrinterCard
from eventdesk.screens.printing.routes_part import RoutesPart
from eventdesk.screens.printing.wave_card import put_in_order
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import joined, told

KEYS = (PRINTERS, PRINT_ROUTES, TAKE_OVER, PRINTER)


class PrintersPage(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._tried = ""
        self._kept: dict[str, Any] = {key: DEFAULTS[key] for key in KEYS}
        self._choices: tuple[PrinterChoice, ...] = ()
        self._products: list[tuple[str, str]] = []
        self.cards: dict[str, PrinterCard] = {}
        self._build()
        bridge.printers_told.connect(self._printers_told)
        bridge.settings_listed.connect(self._settings_listed)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.devices_listed.connect(self._devices_listed)
        bridge.catalogue_shown.connect(self._catalogue_shown)
        bridge.test_badge_told.connect(self._tried_told)
        bridge.trouble_told.connect(self._troubled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for command in (ListSettings(), ListDevices(), ListPrinters()):
            self._bridge.post(command)
        if self._log:
            self._bridge.post(ShowCatalogue(self._log))

    def use_log(self, log: str) -> None:
        self._log = log
        if log and self.isVisible():
            self._bridge.post(ShowCatalogue(log))

    def try_address(self) -> None:
        """A test badge on the address that is typed."""
        if self.address.check():
            command = PrintTestBadge(self.address.value())
            self._tried = command.request
            say(self.told, tr("Handed to the printer ..."))
            self._bridge.post(command)

    def add_address(self) -> None:
        """Keep the address as one of this desk's printers."""
        if self.address.check():
            self._keep_setup(self.address.value(), {})
            say(self.told, tr("Added. Give it a route, so that badges go there."), "good")
            self._bridge.post(ListDevices())

    def _build(self) -> None:
        self.none = note(
            tr("No printer is chosen. Add a route, or choose the badge printer in the settings.")
        )
        self._cards = QWidget()
        self._column = fill(self._cards)
        self.routes = RoutesPart(lambda routes: self._put(PRINT_ROUTES, routes))
        self.takes_over = TickField(
            tr("A printer takes over what stands still at its neighbour"),
            tr("After ten seconds, within one route. Badges that a person sent somewhere stay there."),
        )
        self.takes_over.changed.connect(lambda: self._put(TAKE_OVER, self.takes_over.value()))
        self.address = LineField(
            tr("Address of a label printer"),
            tr("Such as zebra://192.168.1.60, brother://192.168.1.61 or zebra:/dev/usb/lp0."),
            required=True,
        )
        self.try_button = button(tr("Try"), self.try_address, "", "printer")
        self.add_button = button(tr("Add"), self.add_address, "primary", "add")
        self.told = note()
        self.told.hide()
        adding = card(
            heading(tr("Add a label printer")),
            self.address,
            boxed(row(self.try_button, self.add_button, 1)),
            self.told,
        )
        inside = QWidget()
        fill(inside, self.none, self._cards, self.routes, card(self.takes_over), adding, 1, spacing=14)
        fill(self, scrolled(inside))

    def _printers_told(self, printers: PrintersTold) -> None:
        for one in printers.printers:
            self._card(one.queue).show_printer(one)
        known = {one.queue for one in printers.printers}
        for queue in [queue for queue in self.cards if queue not in known]:
            self.cards.pop(queue).deleteLater()
        put_in_order(self._column, [self.cards[one.queue] for one in printers.printers])
        self.none.setVisible(not printers.printers)

    def _card(self, queue: str) -> PrinterCard:
        if queue not in self.cards:
            self.cards[queue] = PrinterCard(queue, self._post, self._keep_setup)
            self.cards[queue].show_setup(self._setup(queue))
        return self.cards[queue]

    def _setup(self, queue: str) -> Mapping[str, Any]:
        kept = self._kept[PRINTERS]
        found = kept.get(queue, {}) if isinstance(kept, Mapping) else {}
        return found if isinstance(found, Mapping) else {}

    def _keep_setup(self, queue: str, members: Mapping[str, Any]) -> None:
        kept = self._kept[PRINTERS]
        others = dict(kept) if isinstance(kept, Mapping) else {}
        self._put(PRINTERS, others | {queue: {**self._setup(queue), **members}})

    def _put(self, key: str, value: Any) -> None:
        if value != self._kept[key]:
            self._kept[key] = value
            self._post(PutSetting(key, value))
            if key != TAKE_OVER:
                self._post(ListPrinters())

    def _post(self, command: Command) -> None:
        self._bridge.post(command)

    def _settings_listed(self, listed: SettingsListed) -> None:
        for key in KEYS:
            self._take(key, listed.settings.get(key, DEFAULTS[key]))

    def _setting_kept(self, kept: tuple[str, Any]) -> None:
        if kept[0] in KEYS:
            self._take(*kept)

    def _take(self, key: str, value: Any) -> None:
        self._kept[key] = value
        if key == PRINT_ROUTES:
            self.routes.show_routes(value)
        elif key == TAKE_OVER:
            self.takes_over.box.blockSignals(True)
            self.takes_over.put(value)
            self.takes_over.box.blockSignals(False)
        elif key == PRINTERS:
            for queue, one in self.cards.items():
                one.show_setup(self._setup(queue))
            self._offer()

    def _devices_listed(self, listed: DevicesListed) -> None:
        self._choices = tuple(listed.printers)
        self._offer()

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        if shown.catalogue.event.id == self._log:
            self._products = [(one.id, one.name) for one in shown.catalogue.products.values() if one.admits]
            self._offer()

    def _offer(self) -> None:
        """Printers that are there, and those that are set and are not."""
        queues = {one.queue: one.name or one.queue for one in self._choices}
        kept = self._kept[PRINTERS]
        for queue in kept if isinstance(kept, Mapping) else ():
            queues.setdefault(queue, queue)
        self.routes.offer(self._products, list(queues.items()))

    def _tried_told(self, tried: BadgeTried) -> None:
        for one in self.cards.values():
            one.show_tried(tried)
        if tried.request == self._tried:
            words = joined(state_words(tried.state), tr(tried.detail) if tried.detail else "")
            say(self.told, words, state_tone(tried.state))

    def _troubled(self, trouble: Trouble) -> None:
        for one in self.cards.values():
            one.show_trouble(trouble.request, told(trouble))
        if trouble.request == self._tried:
            say(self.told, told(trouble), "bad")
