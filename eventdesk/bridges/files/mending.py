"""The bad rows of a file into a file of their own, to be mended and imported again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from eventdesk.bridges.files.importing import columns_of
from eventdesk.bridges.files.opening import Canceled, Progress, check
from eventdesk.bridges.files.planning import Plan
from eventdesk.bridges.files.table import Table, open_table
from eventdesk.bridges.files.writing import write_table
from eventdesk.domain.imports import BadRow, Exported, ImportChoices
from eventdesk.i18n import tr
from eventdesk.storage.store import Store

# Unknown to every import, so that the column is passed over when the mended file comes back.
REASON = "What is wrong"
ROW = "Row"


def save_bad_rows(
    store: Store,
    log: str,
    source: Path,
    path: Path,
    choices: ImportChoices,
    progress: Progress,
    canceled: Canceled,
) -> Exported:
    """The bad rows of `source` with their cells as they are, their numbers and the reasons, to `path`."""
    table = open_table(source, choices, progress, canceled)
    with store.reader() as reader:
        columns = columns_of(reader, log, table)
        found: SimpleQueue[BadRow] = SimpleQueue()
        plan = Plan(reader, log, columns, replace(table.choices, only_good_rows=True), found.put)
        rows = _rows(table, plan, found, progress, canceled)
        count = write_table(path, (*table.headers, ROW, REASON), rows, "Bad rows")
    return Exported(str(path), count)


def _rows(
    table: Table, plan: Plan, found: "SimpleQueue[BadRow]", progress: Progress, canceled: Canceled
) -> Iterator[tuple[str, ...]]:
    """The bad rows so far, whenever the plan has gone on a little."""
    width = len(table.headers)

    def told(done: int) -> None:
        check(canceled)
        progress(min(done, table.expected), table.expected)

    for _ in plan.drafts(table.rows(), told):
        yield from _taken(found, width)
    yield from _taken(found, width)


def _taken(found: "SimpleQueue[BadRow]", width: int) -> Iterator[tuple[str, ...]]:
    while not found.empty():
        yield _mendable(found.get(), width)


def _mendable(bad: BadRow, width: int) -> tuple[str, ...]:
    cells = [*bad.cells, *[""] * width][:width]
    reason = tr(bad.reason.template, **bad.reason.values)
    return (*cells, str(bad.number), f"{bad.column}: {reason}" if bad.column else reason)
