"""An amount of money as the till reads it: in the event's currency, nothing absurd, the mistake in words."""

from typing import Any

from eventdesk.domain.till.money import currency_of, plain, typed
from eventdesk.domain.till.refused import Refused
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import FIGURE_WIDTH, LineField
from eventdesk.screens.manage.field import Wrong
from eventdesk.screens.till.words import decimal_sign
from eventdesk.screens.words import says


class AmountField(LineField):
    """Minor units; None where it is empty and need not be there. `least` in minor units."""

    def __init__(
        self, label: str, currency: str = "EUR", hint: str = "", required: bool = True, least: int = 0
    ) -> None:
        super().__init__(label, hint)
        self.currency = currency
        self._needed = required
        self._least = least
        self.line.setMaximumWidth(FIGURE_WIDTH)

    def value(self) -> Any:
        text = self.line.text().strip()
        if not text and not self._needed:
            return None
        try:
            amount = typed(text, currency_of(self.currency), decimal_sign())
        except Refused as error:
            words = tr("Type an amount.") if not text else f"{says(error.words)} {says(error.remedy)}"
            raise Wrong(words) from None
        if amount < self._least:
            raise Wrong(tr("This must be more."))
        return amount

    def put(self, value: Any) -> None:
        text = "" if value is None else plain(value, currency_of(self.currency))
        self.line.setText(text.replace(".", decimal_sign()))
