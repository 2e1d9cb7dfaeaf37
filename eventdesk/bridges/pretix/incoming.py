"""What pretix knows, written down as facts: the catalogue, all orders once, then what has changed.

Everything may be repeated: what stands already is not written again. Each page is one transaction,
together with how far that is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from eventdesk.bridges.pretix import comparing, cursor
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.cursor import Cursor
from eventdesk.bridges.pretix.mapping import catalogue, orders
from eventdesk.bridges.pretix.mapping.ids import PREFIX
from eventdesk.bridges.pretix.mapping.rules import gates_in
from eventdesk.bridges.pretix.mapping.values import Row, Wanted, said
from eventdesk.bridges.pretix.paging import Page, pages, rows
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store, Transaction

NO_COUNTS: Final = {"exclude": ["checkin_count", "position_count"]}
ORDERS: Final = {
    "exclude": list(orders.LEFT_OUT),
    "include_canceled_positions": "true",
    "include_canceled_fees": "false",
}
_DEFINED: Final = (
    Kind.SESSION_DEFINED,
    Kind.CATEGORY_DEFINED,
    Kind.TAX_DEFINED,
    Kind.PRODUCT_DEFINED,
    Kind.LIST_DEFINED,
    Kind.QUESTION_DEFINED,
    Kind.QUOTA_DEFINED,
)


def log_of(organizer: str, slug: str) -> str:
    """The id of the event here: the same whichever node is the bridge."""
    return f"{PREFIX}{organizer}-{slug}"


@dataclass(frozen=True, slots=True)
class Written:
    """What a step has come to: facts written, orders read, of how many."""

    facts: int = 0
    orders: int = 0
    total: int = 0


class Incoming:
    """On the bridge's own thread. `ours`: numbers of the devices by which bridges of this event told
    pretix what desks did; `check` raises NotAllowed for drafts that this desk may not write."""

    def __init__(
        self,
        api: Api,
        store: Store,
        organizer: str,
        slug: str,
        ours: Callable[[], frozenset[int]],
        check: Callable[[str, Iterable[Draft]], None] = lambda _log, _drafts: None,
    ) -> None:
        self.log = log_of(organizer, slug)
        self._api = api
        self._store = store
        self._path = f"organizers/{organizer}/events/{slug}/"
        self._ours = ours
        self._check = check

    @property
    def cursor(self) -> Cursor:
        with self._store.reader() as reader:
            return cursor.load(reader, self.log)

    def catalogue(self) -> Written:
        """Event, dates, products, lists, questions, quotas. Raises PretixError; nothing is half written."""
        wanted = list(self._catalogue())
        with self._store.transaction() as tx:
            drafts = [draft for one in wanted for draft in comparing.definition(tx, self.log, one)]
            drafts += self._gone(tx, {(one.kind, one.subject) for one in wanted})
            return Written(self._append(tx, drafts))

    def first(self) -> Iterator[Written]:
        """All orders, page by page, going on after the last whole one. Raises PretixError where it is cut
        off."""
        begun = self.cursor
        if begun.is_fetched:
            return
        for page in pages(
            self._api, f"{self._path}orders/", {**ORDERS, "ordering": "datetime"}, begun.page + 1
        ):
            yield self._page(page)
        with self._store.transaction() as tx:
            over = cursor.load(tx, self.log)
            cursor.keep(tx, replace(over, since=over.begun))

    def changes(self) -> Iterator[Written]:
        """What has changed since the last time, page by page."""
        since = self.cursor.since
        asked = {**ORDERS, "ordering": "last_modified", "modified_since": since}
        next_since = ""
        for page in pages(self._api, f"{self._path}orders/", asked):
            next_since = next_since or page.generated
            with self._store.transaction() as tx:
                written = self._append(tx, self._orders(tx, page.rows))
            yield Written(written, len(page.rows), page.total)
        if next_since:
            with self._store.transaction() as tx:
                cursor.keep(tx, replace(cursor.load(tx, self.log), since=next_since))

    def _page(self, page: Page) -> Written:
        with self._store.transaction() as tx:
            written = self._append(tx, self._orders(tx, page.rows))
            now = cursor.load(tx, self.log)
            now = replace(now, page=page.number, total=page.total, begun=now.begun or page.generated)
            cursor.keep(tx, now)
        return Written(written, len(page.rows), page.total)

    def _orders(self, tx: Transaction, found: Iterable[Row]) -> list[Draft]:
        ours = self._ours()
        return [draft for row in found for draft in comparing.ordered(tx, self.log, orders.order(row), ours)]

    def _append(self, tx: Transaction, drafts: list[Draft]) -> int:
        if drafts:
            self._check(self.log, drafts)
            tx.append(self.log, drafts)
        return len(drafts)

    def _catalogue(self) -> Iterator[Wanted]:
        event = self._api.get(self._path).data
        language = self._api.get(f"{self._path}settings/").data.get("locale") or "en"
        yield catalogue.event(self.log, event, language)
        if event["has_subevents"]:
            yield from (catalogue.session(one, language) for one in self._rows("subevents/"))
        yield from (catalogue.category(one, language) for one in self._rows("categories/"))
        yield from (catalogue.tax(one, language) for one in self._rows("taxrules/"))
        yield from self._products(language)
        yield from self._lists()
        questions = (catalogue.question(one, language) for one in self._rows("questions/"))
        yield from (one for one in questions if one is not None)
        used = self._used()
        for one in self._rows("quotas/", with_availability="true"):
            yield catalogue.quota(one, used.get(one["id"], 0))

    def _products(self, language: str) -> Iterator[Wanted]:
        items = list(self._rows("items/"))
        by_category: dict[int, list[int]] = {}
        for one in items:
            by_category.setdefault(one["category"], []).append(one["id"])
        yield from (catalogue.product(one, language, by_category) for one in items)

    def _lists(self) -> Iterator[Wanted]:
        gates: dict[int, str] = {}
        for one in self._rows("checkinlists/", **NO_COUNTS):
            gates.update(gates_in(one["rules"]))
            yield catalogue.list_(one)
        yield from (catalogue.gate(id_, said(name, "en")) for id_, name in sorted(gates.items()))

    def _rows(self, resource: str, **params: Any) -> Iterator[Row]:
        yield from rows(self._api, f"{self._path}{resource}", params)

    def _used(self) -> dict[int, int]:
        return {}

    def _gone(self, tx: Transaction, wanted: set[tuple[Kind, str]]) -> list[Draft]:
        """What came from pretix and is not there any more."""
        known = [(kind, id_) for kind, id_, _ in tx.definitions(self.log) if id_.startswith(PREFIX)]
        gone = [one for one in known if one[0] in _DEFINED and one not in wanted]
        return [draft for kind, id_ in gone for draft in comparing.removed(tx, self.log, kind, id_)]
