"""What is set up in pretix, resource by resource: asked for again only where it has changed."""

from typing import Any, Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixBusy, PretixRefused, PretixRevoked
from eventdesk.bridges.pretix.paging import Row, pages
from eventdesk.i18n import tr

TRIES: Final = 3


def event(api: Api, path: str) -> Row:
    """`path` of the event. Raises PretixRevoked where this device may not see it (any more)."""
    try:
        found: Row = api.get(path).data
    except PretixRefused as error:
        if error.status in (403, 404):
            raise PretixRevoked(
                "pretix does not let this device see the event (any more).",
                "Give the device access to it in pretix, or make the event again. What waits is kept.",
            ) from error
        raise
    return found


class Resources:
    """`path` ends with a slash. What was read is kept in memory: after a start all is read once."""

    def __init__(self, api: Api, path: str) -> None:
        self._api = api
        self._path = path
        self._kept: dict[str, tuple[list[Row], str]] = {}

    def forget(self) -> None:
        """Read everything next time: not every change over there is one that a 304 knows of."""
        self._kept.clear()

    def one(self, resource: str) -> Row:
        found: Row = self._api.get(f"{self._path}{resource}").data
        return found

    def rows(self, resource: str, *, live: bool = False, **params: Any) -> list[Row]:
        """Every row. `live`: the answer changes without a change of what is set up."""
        kept, since = self._kept.get(resource, ([], ""))
        first = self._api.get(f"{self._path}{resource}", {**params, "page_size": 50}, "" if live else since)
        if first.data is None:
            return kept
        found = self._whole(resource, params, first.data)
        self._kept[resource] = found, first.modified
        return found

    def rows_if_allowed(self, resource: str, **params: Any) -> list[Row] | None:
        """None: this device may not see them, or this pretix has none."""
        try:
            return self.rows(resource, **params)
        except PretixRefused as error:
            if error.status in (403, 404):
                return None
            raise

    def _whole(self, resource: str, params: dict[str, Any], first: Any) -> list[Row]:
        """Rows that come or go between two pages would be missed, and what is missing counts as removed."""
        if not first["next"]:
            return list(first["results"])
        for _ in range(TRIES):
            found = list(pages(self._api, f"{self._path}{resource}", params))
            rows = {one["id"]: one for page in found for one in page.rows}
            if len(rows) == found[-1].total:
                return list(rows.values())
        raise PretixBusy(
            tr("{resource} in pretix changes while it is read.", resource=resource),
            "It is tried again by itself.",
        )
