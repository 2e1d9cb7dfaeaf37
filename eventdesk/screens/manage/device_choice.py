"""Fields for the camera and the printer of this desk, with what is plugged in to choose from."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox

from eventdesk.desk.listings import CameraChoice, PrinterChoice
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import CHOICE_WIDTH, ChoiceField
from eventdesk.screens.manage.field import Field
from eventdesk.screens.words import joined


class CameraField(Field):
    """A camera from the list, or any source typed: a file, a folder, an address."""

    def __init__(self) -> None:
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaximumWidth(CHOICE_WIDTH)
        hint = tr("Or the address of a network camera (http, rtsp), a film or a folder of pictures.")
        super().__init__(tr("Camera"), self.combo, hint)
        self.offer([])
        self.combo.activated.connect(lambda _index: self.edited())
        line = self.combo.lineEdit()
        assert line is not None
        line.editingFinished.connect(self.edited)

    def offer(self, cameras: Sequence[CameraChoice]) -> None:
        """What is plugged in; what was chosen or typed stays."""
        source = self.value() if self.combo.count() else ""
        self.combo.clear()
        self.combo.addItem(tr("No camera"), "")
        for camera in cameras:
            self.combo.addItem(camera.name, camera.source)
        self.put(source)

    def value(self) -> Any:
        text = self.combo.currentText().strip()
        index = self.combo.findText(text)
        return self.combo.itemData(index) if index >= 0 else text

    def put(self, value: Any) -> None:
        index = self.combo.findData(value)
        if index >= 0:
            self.combo.setCurrentIndex(index)
        else:
            self.combo.setEditText(str(value))


class PrinterField(ChoiceField):
    """A queue of the system; one that is set and not there is still shown, so that it is not lost."""

    def __init__(self, label: str = "", none: str = "") -> None:
        self._none = none or tr("No printer")
        super().__init__(label or tr("Badge printer"), [("", self._none)])

    def offer_printers(self, printers: Sequence[PrinterChoice]) -> None:
        chosen = self.value()
        options = [("", self._none)]
        options += [(one.queue, joined(one.name or one.queue, one.detail)) for one in printers]
        if chosen not in dict(options):
            options.append((chosen, tr("{name} (not there now)", name=chosen)))
        self.offer(options)

    def put(self, value: Any) -> None:
        if self.combo.findData(value) < 0:
            self.combo.addItem(tr("{name} (not there now)", name=value), value)
        super().put(value)
