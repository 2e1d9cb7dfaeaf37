"""Which kinds of code are read: as few as the event's tickets need."""

from typing import Any

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import PicksField
from eventdesk.screens.manage.field import Wrong


class FormatsField(PicksField):
    """The value is a list of names as the setting `codes.formats` keeps them."""

    def __init__(self) -> None:
        hint = tr("Each one more takes time and can be mistaken for a ticket.")
        super().__init__(tr("Codes to read"), kinds(), hint)

    def value(self) -> Any:
        picked = super().value()
        if not picked:
            raise Wrong(tr("Tick at least one."))
        return [name for name, _words in kinds() if name in picked]

    def edited(self) -> None:
        self.check()
        super().edited()


def kinds() -> list[tuple[str, str]]:
    return [
        ("QRCode", "QR"),
        ("Aztec", "Aztec"),
        ("PDF417", "PDF417"),
        ("DataMatrix", "Data Matrix"),
        ("Code128", "Code 128"),
    ]
