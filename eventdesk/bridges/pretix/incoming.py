"""What pretix knows, written down as facts: the catalogue, all orders once, then what has changed.

Everything may be repeated: what stands already is not written again. Each page is one transaction,
together with how far that is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eventdesk.bridges.pretix import comparing, cursor, sweeping, taken_back
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.configuring import Configuring
from eventdesk.bridges.pretix.cursor import Cursor
from eventdesk.bridges.pretix.faults import PretixRefused
from eventdesk.bridges.pretix.mapping import orders
from eventdesk.bridges.pretix.mapping.catalogue import SIG1
from eventdesk.bridges.pretix.mapping.ids import PREFIX, log_of, order_code
from eventdesk.bridges.pretix.mapping.values import Row
from eventdesk.bridges.pretix.media import Media
from eventdesk.bridges.pretix.paging import Page, newer, pages
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store, Transaction

ORDERS: Final = {
    "include": list(orders.ASKED),
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
    Kind.TICKET_KEY_DEFINED,
    Kind.LAYOUT_DEFINED,
)

Found = Callable[[Transaction, list[Row]], list[Draft]]


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
        self.log = log_of(api.address, organizer, slug)
        self._api = api
        self._store = store
        self._organizer = f"organizers/{organizer}/"
        self._path = f"{self._organizer}events/{slug}/"
        self._ours = ours
        self._check = check
        self._configuring = Configuring(api, self._path, self.log)
        self._media = Media(self.log)
        # Tickets by codes of theirs that changed since the program started: pretix may revoke them yet.
        self._former: dict[str, str] = {}
        self._codes: set[str] | None = None

    @property
    def cursor(self) -> Cursor:
        with self._store.reader() as reader:
            return cursor.load(reader, self.log)

    @property
    def unmapped(self) -> Sequence[str]:
        """What of the event can't be represented here, a sentence each; of the last `catalogue`."""
        return self._configuring.unmapped

    def catalogue(self) -> Written:
        """Event, dates, products, lists, questions, quotas. Raises PretixError; nothing is half written."""
        wanted = self._configuring.read(self._store)
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
        asked = {**ORDERS, "ordering": "datetime"}
        for page in pages(self._api, f"{self._path}orders/", asked, begun.page + 1):
            yield self._page(page)
        yield from self._beside()
        with self._store.transaction() as tx:
            over = cursor.load(tx, self.log)
            cursor.keep(tx, replace(over, since=over.begun))

    def changes(self) -> Iterator[Written]:
        """What has changed since the last time, page by page: codes that were taken back before orders, so
        that a code is still its ticket's."""
        yield from self._taken_back()
        since, path = cursor.overlapping(self.cursor.since), f"{self._path}orders/"
        for page in newer(self._api, path, ORDERS, since, "modified_since", "last_modified"):
            with self._store.transaction() as tx:
                written = self._append(tx, self._orders(tx, page.rows))
                upto = page.generated if page.is_last else str(page.rows[-1]["last_modified"])
                cursor.keep(tx, replace(cursor.load(tx, self.log), since=upto))
            yield Written(written, len(page.rows), page.total)
        yield from self._linked()

    def sweep(self) -> Iterator[Written]:
        """Which orders there are at all: pretix does not tell of one that was deleted."""
        there: set[str] = set()
        for page in sweeping.codes(self._api, self._path):
            there |= {str(one["code"]) for one in page.rows}
            yield Written()
        with self._store.reader() as reader:
            here = reader.order_codes(self.log)
        of_pretix = {code for code, id_ in here.items() if order_code(id_)}
        for code in sorted((there - here.keys()) | (of_pretix - there)):
            row = sweeping.order(self._api, self._path, code, ORDERS)
            if row is None:
                there.discard(code)
            with self._store.transaction() as tx:
                known = here.get(code, "")
                drafts = self._orders(tx, [row]) if row else comparing.order_gone(tx, self.log, known)
                yield Written(self._append(tx, drafts), 1)
        self._codes = there

    def is_short(self) -> bool:
        """Whether pretix has more or fewer orders than were heard of: then a sweep is due at once."""
        return self._codes is None or sweeping.count(self._api, self._path) != len(self._codes)

    def refresh(self) -> None:
        """Read everything that is set up anew the next time, not only what has changed; sweep once more."""
        self._configuring.forget()
        self._codes = None
        with self._store.transaction() as tx:
            cursor.keep(tx, replace(cursor.load(tx, self.log), marks={}))

    def _page(self, page: Page) -> Written:
        with self._store.transaction() as tx:
            written = self._append(tx, self._orders(tx, page.rows))
            now = cursor.load(tx, self.log)
            now = replace(now, page=page.number, total=page.total, begun=now.begun or page.generated)
            cursor.keep(tx, now)
        return Written(written, len(page.rows), page.total)

    def _orders(self, tx: Transaction, found: Sequence[Row]) -> list[Draft]:
        ours = self._ours()
        wanted = [orders.order(row) for row in found]
        drafts = [draft for one in wanted for draft in comparing.ordered(tx, self.log, one, ours)]
        for draft in drafts:
            if draft.kind is Kind.TICKET_CHANGED and "secret" in draft.payload:
                before = tx.ticket(self.log, draft.subject)
                if before is not None:
                    self._former[before.secret] = before.id
        if self._codes is not None:
            self._codes |= {str(row["code"]) for row in found}
        return drafts

    def _beside(self) -> Iterator[Written]:
        yield from self._taken_back()
        yield from self._linked()

    def _taken_back(self) -> Iterator[Written]:
        def revoked(tx: Transaction, found: list[Row]) -> list[Draft]:
            return taken_back.revoked(tx, self.log, found, self._former)

        def blocked(tx: Transaction, found: list[Row]) -> list[Draft]:
            return taken_back.blocked(tx, self.log, found)

        yield from self._newer(self._path, "revokedsecrets/", "created_since", "created", revoked)
        yield from self._newer(self._path, "blockedsecrets/", "updated_since", "updated", blocked)

    def _linked(self) -> Iterator[Written]:
        """A device that may not see media does without."""
        try:
            yield from self._newer(
                self._organizer, "reusablemedia/", "updated_since", "updated", self._media.found
            )
        except PretixRefused as error:
            if error.status not in (403, 404):
                raise

    def _newer(self, path: str, resource: str, asked: str, told: str, found: Found) -> Iterator[Written]:
        since = cursor.overlapping(self.cursor.marks.get(resource, ""))
        for page in newer(self._api, f"{path}{resource}", {}, since, asked, told):
            with self._store.transaction() as tx:
                written = self._append(tx, found(tx, page.rows))
                upto = page.generated if page.is_last else str(page.rows[-1][told])
                cursor.keep(tx, cursor.load(tx, self.log).marked(resource, upto))
            yield Written(written)

    def _append(self, tx: Transaction, drafts: list[Draft]) -> int:
        if drafts:
            self._check(self.log, drafts)
            tx.append(self.log, drafts)
        return len(drafts)

    def _gone(self, tx: Transaction, wanted: set[tuple[Kind, str]]) -> list[Draft]:
        """What came from pretix and is not there any more."""
        known = [
            (kind, id_)
            for kind, id_, members in tx.definitions(self.log)
            if id_.startswith(PREFIX) or members.get("scheme") == SIG1
        ]
        gone = [one for one in known if one[0] in _DEFINED and one not in wanted]
        return [draft for kind, id_ in gone for draft in comparing.removed(tx, self.log, kind, id_)]
