"""What must be written so that the event holds what a file says: facts, row by row, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from eventdesk.bridges.files.definitions import Definitions
from eventdesk.bridges.files.entries import BadCells, Entry, EntryReader
from eventdesk.bridges.files.limits import BAD_ROWS_KEPT
from eventdesk.bridges.files.matching import Known, Matcher
from eventdesk.bridges.files.placing import Orders
from eventdesk.bridges.files.row import RawRow
from eventdesk.bridges.files.ticketing import Tickets
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.decision import Words
from eventdesk.domain.facts import Draft
from eventdesk.domain.imports import BadRow, Column, Counts, Field, ImportChoices
from eventdesk.storage.reading import Reading

CHUNK = 1_000
NO_PRODUCT = "Guest"


def unheard(_: BadRow) -> None:
    """For those who do not listen to bad rows."""


class Plan:
    """Reads rows and tells the facts that they need. Use `drafts` once, to its end.

    After it `counts`, `bad` (the first BAD_ROWS_KEPT) and `definitions.new` say what was found.
    `told_bad` is called with every bad row.
    """

    def __init__(
        self,
        reading: Reading,
        log: str,
        columns: tuple[Column, ...],
        choices: ImportChoices,
        told_bad: Callable[[BadRow], None] = unheard,
    ) -> None:
        catalogue = reading.catalogue(log)
        count = Counter(column.field for column in columns)
        # Of several columns for answers none is named: the reason names the question.
        self._headers = {one.field: one.header for one in columns if count[one.field] == 1}
        self._reader = EntryReader(columns, choices, catalogue.event.zone)
        self._matcher = Matcher(reading, log)
        self.definitions = Definitions(catalogue)
        self._orders = Orders(log)
        self._tickets = Tickets(reading, log, self.definitions, self._default_product(choices))
        self._told_bad = told_bad
        self._stops_at_bad = not choices.only_good_rows
        self._seen: dict[str, int] = {}
        self.bad: list[BadRow] = []
        self._rows = self._bad_count = 0
        self._kinds = {"created": 0, "changed": 0, "unchanged": 0}

    def _default_product(self, choices: ImportChoices) -> str:
        if choices.product or Field.PRODUCT in self._headers:
            return choices.product
        return self.definitions.only_product or NO_PRODUCT

    @property
    def counts(self) -> Counts:
        return Counts(
            rows=self._rows,
            bad=self._bad_count,
            codes_made=self._tickets.codes_made,
            twins=self._matcher.twins,
            **self._kinds,
        )

    @property
    def is_stopped(self) -> bool:
        """Whether bad rows forbid to write anything."""
        return self._stops_at_bad and self._bad_count > 0

    def drafts(self, rows: Iterable[RawRow], progress: Callable[[int], None]) -> Iterator[Draft]:
        """The facts in the order to write them. Once it is stopped it only goes on checking.

        `progress` is told how many rows are done.
        """
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            for draft in self._of_rows(chunk):
                if not self.is_stopped:
                    yield draft
            self._rows += len(chunk)
            progress(self._rows)

    def _of_rows(self, rows: list[RawRow]) -> Iterator[Draft]:
        entries = [entry for row in rows if (entry := self._entry(row))]
        candidates = [self._matcher.candidates(entry) for entry in entries]
        known = self._matcher.known(entries, candidates)
        for entry, ids in zip(entries, candidates, strict=True):
            try:
                drafts = self._of_entry(entry, ids, known)
            except Unreadable as error:
                self._keep_bad(BadCells(entry.row, self._headers.get(error.field, ""), error.reason).bad)
            else:
                yield from self.definitions.taken()
                yield from drafts

    def _entry(self, row: RawRow) -> Entry | None:
        try:
            entry = self._reader.read(row)
            if not entry.names_somebody:
                raise BadCells(row, "", Words("The row names nobody: no name, e-mail, code or order."))
        except BadCells as error:
            self._keep_bad(error.bad)
            return None
        return entry

    def _keep_bad(self, bad: BadRow) -> None:
        self._bad_count += 1
        if len(self.bad) < BAD_ROWS_KEPT:
            self.bad.append(bad)
        self._told_bad(bad)

    def _of_entry(self, entry: Entry, ids: list[str], known: Known) -> list[Draft]:
        ticket = self._matcher.ticket(entry, ids, known)
        id_ = ticket.id if ticket else ids[0]
        self._check_once(entry, {id_, ids[-1]} if entry.code else {id_})
        members = self._tickets.members(entry, ticket)
        order, drafts = self._orders.place(entry, id_, ticket, known)
        drafts += self._tickets.drafts(entry, id_, ticket, {**members, "order": order})
        if Field.ADDON_TO in self._headers:
            self._tickets.remember_main(entry, id_)
        kind = "created" if ticket is None else "changed" if drafts else "unchanged"
        self._kinds[kind] += 1
        return drafts

    def _check_once(self, entry: Entry, ids: set[str]) -> None:
        for id_ in ids:
            if (number := self._seen.setdefault(id_, entry.row.number)) != entry.row.number:
                raise Unreadable(
                    "Row {number} is about the same ticket: their code or number is one.",
                    number=number,
                    field=Field.CODE,
                )
