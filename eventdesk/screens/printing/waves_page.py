"""Waves: badges that are printed before anyone comes. What runs stands above, a new one is begun below."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eventdesk.desk.commands import ListDevices, ShowCatalogue
from eventdesk.desk.hooks import Ended, Trouble
from eventdesk.desk.listings import CatalogueShown, DevicesListed
from eventdesk.desk.printing.commands import BeginWave, ListWaves, SteerWave
from eventdesk.desk.printing.values import WavesListed
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import ChoiceField, LineField, PicksField
from eventdesk.screens.manage.look import alone, button, card, fill, heading, note, say, scrolled
from eventdesk.screens.printing.sheet_words import sheets
from eventdesk.screens.printing.wave_card import WaveCard, put_in_order
from eventdesk.screens.words import joined, number, told


class WavesPage(QWidget):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._log = self._asked = ""
        self.cards: dict[str, WaveCard] = {}
        self._build()
        bridge.waves_listed.connect(self._listed)
        bridge.catalogue_shown.connect(self._catalogue_shown)
        bridge.devices_listed.connect(self._devices_listed)
        bridge.operation_ended.connect(self._ended)
        bridge.trouble_told.connect(self._troubled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(ListWaves())
        self._bridge.post(ListDevices())
        if self._log:
            self._bridge.post(ShowCatalogue(self._log))

    def use_log(self, log: str) -> None:
        self._log = log
        self.begin_button.setEnabled(bool(log))
        if log and self.isVisible():
            self._bridge.post(ShowCatalogue(log))

    def begin(self) -> None:
        """Post what is entered; progress shows above."""
        fields = (self.name, self.list, self.by, self.printer, self.sheet)
        if not all(field.check() for field in fields):
            return
        command = BeginWave(
            self._log,
            self.name.value(),
            tuple(sorted(self.products.value())),
            self.list.value(),
            self.by.value(),
            self.printer.value(),
            self.sheet.value(),
        )
        self._asked = command.request
        self.begin_button.setEnabled(False)
        say(self.told, tr("The guests are looked up ..."))
        self._bridge.post(command)

    def _build(self) -> None:
        self.none = note(tr("No badges are printed ahead."))
        self._cards = QWidget()
        self._column = fill(self._cards)
        self.name = LineField(tr("Name of the wave"), tr("Such as Friday, A to M."), required=True)
        self.products = PicksField(tr("Products"), [], tr("None ticked: all of them."))
        self.list = ChoiceField(tr("Who may pass this list"), [("", tr("Everyone who may come"))])
        self.by = ChoiceField(
            tr("Sorted by"),
            [("family", tr("family name")), ("name", tr("name")), ("company", tr("company"))],
            tr("The family name is the last word of the name, or what stands before a comma."),
        )
        self.printer = ChoiceField(tr("Printer"), [("", tr("By the routes"))])
        self.sheet = ChoiceField(tr("Paper"), sheets(tr("As it is set for the printer")))
        self.begin_button = button(tr("Print these badges"), self.begin, "primary", "printer")
        self.begin_button.setEnabled(False)
        self.told = note()
        self.told.hide()
        explained = note(
            tr("Everyone who may come and has no badge yet. Guests who come meanwhile get theirs first.")
        )
        parts = (self.name, self.products, self.list, self.by, self.printer, self.sheet)
        form = card(heading(tr("A new wave")), explained, *parts, alone(self.begin_button), self.told)
        inside = QWidget()
        fill(inside, self.none, self._cards, form, 1, spacing=14)
        fill(self, scrolled(inside))

    def _listed(self, listed: WavesListed) -> None:
        known = {wave.id for wave in listed.waves}
        for id_ in [id_ for id_ in self.cards if id_ not in known]:
            self.cards.pop(id_).deleteLater()
        for wave in listed.waves:
            if wave.id not in self.cards:
                self.cards[wave.id] = WaveCard(self._steer)
            self.cards[wave.id].show_wave(wave)
        put_in_order(self._column, [self.cards[wave.id] for wave in listed.waves])
        self.none.setVisible(not listed.waves)

    def _steer(self, wave: str, choice: str) -> None:
        self._bridge.post(SteerWave(wave, choice))  # type: ignore[arg-type]  # the card knows the choices

    def _catalogue_shown(self, shown: CatalogueShown) -> None:
        catalogue = shown.catalogue
        if catalogue.event.id != self._log:
            return
        self.products.offer([(one.id, one.name) for one in catalogue.products.values() if one.admits])
        lists = [(one.id, one.name) for one in catalogue.lists.values()]
        self.list.offer([("", tr("Everyone who may come")), *lists])
        if self.list.combo.currentIndex() < 0:
            self.list.put("")

    def _devices_listed(self, listed: DevicesListed) -> None:
        found = [(one.queue, joined(one.name or one.queue, one.detail)) for one in listed.printers]
        self.printer.offer([("", tr("By the routes")), *found])

    def _ended(self, ended: Ended) -> None:
        if ended.operation != self._asked:
            return
        self.begin_button.setEnabled(bool(self._log))
        if ended.error is not None:
            say(self.told, told(ended.error), "bad")
        elif not ended.canceled and not ended.result:
            say(self.told, tr("Everyone has a badge already, or nobody may come."), "warn")
        elif not ended.canceled:
            self.name.put("")
            say(self.told, tr("Badges in this wave: {number}.", number=number(int(ended.result))), "good")

    def _troubled(self, trouble: Trouble) -> None:
        if trouble.request == self._asked:
            self.begin_button.setEnabled(bool(self._log))
            say(self.told, told(trouble), "bad")
