"""Whole lists, page by page (at most 50 rows each), several pages at a time and in their order."""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from eventdesk.bridges.pretix.api import Answer, Api
from eventdesk.bridges.pretix.faults import PretixRefused

ROWS: Final = 50
AT_ONCE: Final = 4

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1; `total` rows of the whole list, as the first page told. `generated`: of
    this page."""

    number: int
    rows: list[Row]
    total: int
    generated: str = ""
    is_last: bool = False


def pages(api: Api, path: str, params: Mapping[str, object] | None = None, first: int = 1) -> Iterator[Page]:
    """Pages from `first` on. Raises PretixError for the first that fails; those before it were given.

    Rows that come or go meanwhile may stand on two pages or on none: ask for changes since the first page's
    `generated` afterwards.
    """
    answer = _asked(api, path, params, first)
    if answer is None:
        return
    total = int(answer.data["count"])
    yield Page(first, answer.data["results"], total, answer.generated)
    last = -(-total // ROWS)
    if last <= first:
        return
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pretix-pages") as pool:
        waiting: deque[tuple[int, Future[Answer | None]]] = deque()
        try:
            for number in range(first + 1, last + 1):
                waiting.append((number, pool.submit(_asked, api, path, params, number)))
                # Two rounds ahead: the rows of a page wait in memory until it is their turn.
                if len(waiting) >= 2 * AT_ONCE:
                    yield from _next(waiting, total)
            while waiting:
                yield from _next(waiting, total)
        finally:
            for _, future in waiting:
                future.cancel()


def newer(
    api: Api, path: str, params: Mapping[str, object], since: str, asked: str, told: str
) -> Iterator[Page]:
    """What was touched since, oldest first, one page after the other. `asked` is the parameter that says
    since when, `told` the member of a row that says when.

    Each page begins at the moment at which the one before ended, not at its number: a row that is touched
    meanwhile moves to the end, and no other slips onto a page that was read already.
    """
    number = 1
    while True:
        begin = {asked: since} if since else {}
        answer = _asked(api, path, {**params, "ordering": told, **begin}, number)
        if answer is None:
            return
        found: list[Row] = answer.data["results"]
        is_last = not answer.data["next"]
        yield Page(number, found, int(answer.data["count"]), answer.generated or answer.served, is_last)
        if is_last:
            return
        last = str(found[-1][told])
        since, number = (since, number + 1) if last == since else (last, 1)


def rows(api: Api, path: str, params: Mapping[str, object] | None = None) -> Iterator[Row]:
    for page in pages(api, path, params):
        yield from page.rows


def _next(waiting: "deque[tuple[int, Future[Answer | None]]]", total: int) -> Iterator[Page]:
    number, future = waiting.popleft()
    answer = future.result()
    if answer is not None:
        yield Page(number, answer.data["results"], total, answer.generated)


def _asked(api: Api, path: str, params: Mapping[str, object] | None, number: int) -> Answer | None:
    """None past the end: the list has become shorter since it was counted."""
    try:
        return api.get(path, {**(params or {}), "page": number, "page_size": ROWS})
    except PretixRefused as error:
        if error.status == 404 and number > 1:
            return None
        raise
