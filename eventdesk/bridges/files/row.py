"""A row as a file has it, before anything is made of it."""

from typing import NamedTuple

from eventdesk.domain.decision import Words


class NumberText(str):
    """The text of a spreadsheet cell that holds a number: leading zeros are lost, and all but 15 digits."""

    __slots__ = ()


class RawRow(NamedTuple):
    """`number` is the line (CSV) or row (XLSX) a person finds it under. `fault`: why it can't be read."""

    number: int
    cells: list[str]
    fault: Words | None = None

    @property
    def is_empty(self) -> bool:
        return not self.fault and not any(map(str.strip, self.cells))
