"""Which orders pretix has at all."""

from collections.abc import Iterator, Mapping

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixRefused
from eventdesk.bridges.pretix.mapping.values import Row
from eventdesk.bridges.pretix.paging import Page, newer


def codes(api: Api, path: str) -> Iterator[Page]:
    """Rows of `code` and `datetime` alone, in an order in which a deleted one hides no other."""
    yield from newer(
        api, f"{path}orders/", {"include": ["code", "datetime"]}, "", "created_since", "datetime"
    )


def count(api: Api, path: str) -> int:
    return int(api.get(f"{path}orders/", {"include": "code", "page_size": 1}).data["count"])


def order(api: Api, path: str, code: str, params: Mapping[str, object]) -> Row | None:
    """None: pretix has none of this code."""
    try:
        found: Row = api.get(f"{path}orders/{code}/", params).data
    except PretixRefused as error:
        if error.status == 404:
            return None
        raise
    return found
