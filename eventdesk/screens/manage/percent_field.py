"""A share as a person writes it (19, 7.5, 7,5), kept in parts per million."""

import re
from typing import Any

from eventdesk.domain.members import MILLION
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import FIGURE_WIDTH, LineField
from eventdesk.screens.manage.field import Wrong

_SHARE = re.compile(r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d{1,4}))?\s*%?")


class PercentField(LineField):
    """None where it is empty and need not be there; never more than 100 %."""

    def __init__(self, label: str, hint: str = "", required: bool = False) -> None:
        super().__init__(label, hint)
        self._needed = required
        self.line.setMaximumWidth(FIGURE_WIDTH)

    def value(self) -> Any:
        text = self.line.text().strip()
        if not text and not self._needed:
            return None
        match = _SHARE.fullmatch(text)
        share = (
            0 if match is None else int(match["whole"]) * 10_000 + int((match["part"] or "0").ljust(4, "0"))
        )
        if match is None or share > MILLION:
            raise Wrong(tr("Write a share of 100 as a number, such as {example}.", example="7.5"))
        return share

    def put(self, value: Any) -> None:
        self.line.setText("" if value is None else percent_text(value))


def percent_text(share: int) -> str:
    """75000 is "7.5"."""
    whole, part = divmod(share, 10_000)
    return f"{whole}.{part:04}".rstrip("0").rstrip(".")
