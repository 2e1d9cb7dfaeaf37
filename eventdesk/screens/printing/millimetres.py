"""An entry for a length that may be negative, in tenths of a millimetre."""

from typing import Any

from PySide6.QtCore import QLocale, Qt

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import FIGURE_WIDTH, LineField
from eventdesk.screens.manage.field import Wrong

MOST = 50.0


class MillimetreField(LineField):
    """Empty is 0. Point and comma are both read."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label, hint)
        self.line.setMaximumWidth(FIGURE_WIDTH)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Any:
        text = self.line.text().strip().replace(",", ".").replace("\u2212", "-")
        try:
            found = round(float(text or "0"), 1)
        except ValueError:
            found = MOST + 1
        if not abs(found) <= MOST:
            raise Wrong(tr("Write millimetres from -{most} to {most}.", most=round(MOST)))
        return found

    def put(self, value: Any) -> None:
        number = float(value or 0)
        self.line.setText("" if not number else QLocale().toString(number, "f", 1))
