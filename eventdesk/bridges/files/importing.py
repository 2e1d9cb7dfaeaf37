"""A guest list into the event: looked at first, then written as a whole or not at all."""

import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from eventdesk.bridges.files.guessing import guessed_columns
from eventdesk.bridges.files.limits import PREVIEW_ROWS
from eventdesk.bridges.files.opening import Canceled, Progress, check
from eventdesk.bridges.files.planning import Plan
from eventdesk.bridges.files.table import Table, open_table
from eventdesk.bridges.files.warning import warnings_of
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Column, FileRow, ImportChoices, Imported, Preview
from eventdesk.errors import BadInput
from eventdesk.storage.reading import Reading
from eventdesk.storage.store import Store

SEEN_ROWS = 200


class _Stopped(Exception):
    """Bad rows: leave the transaction, keep nothing."""


def preview(
    store: Store, log: str, path: Path, choices: ImportChoices, progress: Progress, canceled: Canceled
) -> Preview:
    """What `import_file` would do. Raises BadInput where the file can't be used at all."""
    table = open_table(path, choices, progress, canceled)
    with store.reader() as reader:
        columns = columns_of(reader, log, table)
        rows = list(islice(table.rows(), SEEN_ROWS))
        plan = Plan(reader, log, columns, table.choices)
        for _ in plan.drafts(table.rows(), _teller(table, progress, canceled)):
            pass  # only what the plan counts is wanted
    progress(table.expected, table.expected)
    return Preview(
        file=str(path),
        sha256=table.sha256,
        kind=table.kind.value,
        choices=table.choices,
        columns=columns,
        rows=tuple(FileRow(row.number, tuple(row.cells)) for row in rows[:PREVIEW_ROWS]),
        counts=plan.counts,
        sheets=table.sheets,
        bad=tuple(plan.bad),
        new=plan.definitions.new,
        warnings=(*table.warnings, *warnings_of(columns, rows, plan.counts, plan.definitions.new)),
    )


def import_file(
    store: Store, log: str, path: Path, choices: ImportChoices, progress: Progress, canceled: Canceled
) -> Imported:
    """Write what the file says, in one transaction. Bad rows stop it, unless good rows alone are wanted.

    Raises BadInput where the file can't be used, OperationCanceled where that was wished; nothing is
    then written.
    """
    started = time.monotonic()
    table = open_table(path, choices, progress, canceled)
    facts = 0
    with suppress(_Stopped), store.transaction() as tx:
        plan = Plan(tx, log, columns_of(tx, log, table), table.choices)
        drafts = plan.drafts(table.rows(), _teller(table, progress, canceled))
        facts = tx.append_bulk(log, drafts, lambda _: check(canceled))
        if plan.is_stopped:
            raise _Stopped
        if facts:
            facts += len(tx.append(log, [_imported(log, table, plan)]))
        check(canceled)
    progress(table.expected, table.expected)
    return Imported(
        file=str(path),
        written=not plan.is_stopped,
        counts=plan.counts,
        bad=tuple(plan.bad),
        new=plan.definitions.new,
        facts=0 if plan.is_stopped else facts,
        seconds=time.monotonic() - started,
    )


def columns_of(reading: Reading, log: str, table: Table) -> tuple[Column, ...]:
    """The columns with their fields. Raises BadInput where there is no such event."""
    if not any(event.id == log for event in reading.events()):
        raise BadInput("There is no such event.", "Set the event up first.")
    questions = [question.text for question in reading.catalogue(log).questions.values()]
    first = [row for row in islice(table.rows(), SEEN_ROWS) if not row.fault]
    return guessed_columns(table.headers, first, table.choices, questions)


def _teller(table: Table, progress: Progress, canceled: Canceled) -> Callable[[int], None]:
    def tell(done: int) -> None:
        check(canceled)
        progress(min(done, table.expected), table.expected)

    return tell


def _imported(log: str, table: Table, plan: Plan) -> Draft:
    counts = plan.counts
    members = {
        "file": table.path.name,
        "sha256": table.sha256,
        "rows": counts.rows,
        "created": counts.created,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
    }
    return Draft(Kind.GUESTS_IMPORTED, log, members)
