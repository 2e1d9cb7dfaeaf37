"""Page by page through what is too much to hold, telling how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from eventdesk.bridges.files.opening import Canceled, Progress, check

K = TypeVar("K")
T = TypeVar("T")
PAGE = 1_000


def paged(page: Callable[[K | None], list[T]], key: Callable[[T], K]) -> Iterator[T]:
    after: K | None = None
    while rows := page(after):
        yield from rows
        after = key(rows[-1])


def told(rows: Iterable[T], total: int, progress: Progress, canceled: Canceled) -> Iterator[T]:
    """The rows; raises OperationCanceled between two of them. `total` 0: nobody knows."""
    for count, row in enumerate(rows, 1):
        if count % PAGE == 0:
            check(canceled)
            progress(count, max(count, total) if total else 0)
        yield row
    check(canceled)
