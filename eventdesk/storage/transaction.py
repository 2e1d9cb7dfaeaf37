"""A write: facts and all that they change, in one SQLite transaction."""

from collections.abc import Callable, Iterable
from itertools import islice
from types import TracebackType

from eventdesk.domain import readable
from eventdesk.domain.facts import Draft, Fact
from eventdesk.storage import log as facts_log
from eventdesk.storage import receiving, redact
from eventdesk.storage.carts import KeptCart
from eventdesk.storage.connecting import BULK_CACHE, WRITER_CACHE
from eventdesk.storage.faults import translated
from eventdesk.storage.loading import Loading
from eventdesk.storage.projections import Target, check_complete, project
from eventdesk.storage.reading import Reading
from eventdesk.storage.received import Received
from eventdesk.storage.replicating import Replicating
from eventdesk.storage.search import index as search_index
from eventdesk.storage.writer import Writer
from sync.chain import Record

BULK = 5000


class Transaction(Replicating, Reading):
    """Use as `with store.transaction() as tx`: leaving it commits, an exception undoes all of it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._is_whole = True

    def __enter__(self) -> "Transaction":
        self._writer.lock.acquire()
        try:
            if self._writer.active:
                raise RuntimeError("this thread is within a transaction already")
            # Not before: while this thread waited, the store may have gone on with another file.
            writer = self._writer
            super().__init__(writer.connection, writer.finder, writer.desk, writer.aside)
            self._target = Target(self._writer.connection)
            self._writer.begin()
        except BaseException as error:
            self._writer.lock.release()
            self._tell(error)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._commit()
            else:
                self._writer.rollback()
                self._tell(error)
        finally:
            self._writer.lock.release()

    def append(self, log: str, drafts: Iterable[Draft]) -> list[Fact]:
        """Write facts, and everything they change, at the end of this desk's chain.

        Raises BadPayload where a payload is not what its kind says; the transaction is then undone
        by leaving it.
        """
        drafts = list(drafts)
        for draft in drafts:
            readable.check(draft.kind, draft.subject, draft.payload)
        facts = self._write(log, drafts)
        for fact in facts:
            project(self._target, fact)
            check_complete(self._target, fact)
        self._target.flush()
        redact.erase(self._target, facts)
        return facts

    def append_bulk(self, log: str, drafts: Iterable[Draft], progress: Callable[[int], None]) -> int:
        """`append` for very many: bounded memory, `progress` is called with the number written so far.

        Whatever the drafts or `progress` raise must leave the transaction, which undoes all of it.
        While an event's first guests are written they can't be looked up by code or order.
        """
        source, done = iter(drafts), 0
        loading = Loading(self._target, log)
        self._execute(BULK_CACHE)
        self._is_whole = False
        try:
            while chunk := list(islice(source, BULK)):
                if not done and len(chunk) == BULK:
                    loading.drop_indexes()
                loading.project(self._write(log, chunk))
                done += len(chunk)
                progress(done)
            loading.make_indexes()
            if done > BULK:
                search_index.settle(self._writer.connection.cursor())
            self._is_whole = True
        finally:
            self._execute(WRITER_CACHE)
        return done

    def receive(self, records: Iterable[Record]) -> Received:
        """Take in facts of other desks, those of each desk in their order. What can't be taken is named.

        The write lock is held meanwhile: a large delivery belongs into several transactions
        (`received.chunks`). Facts of erased guests are redacted before they reach the disk.
        """
        return receiving.receive(self._writer, self._target, records)

    def put_cart(self, kept: KeptCart) -> None:
        """In the place of what the cart held before."""
        self._carts.put(kept)

    def drop_cart(self, sale_id: str) -> None:
        self._carts.drop(sale_id)

    def redact_order(self, log: str, order: str) -> int:
        """Take the personal data of an order and its tickets out of the log and the tables.

        Returns how many facts lost something. Chains hold as before. Backups made before still hold
        the data, until they are dropped.
        """
        return redact.redact_order(self._target, log, order)

    def forget_some(self, log: str) -> bool:
        """A step of what large erasures have left to do; returns False where nothing was.

        Each step belongs into a transaction of its own. Until there is nothing left, none is confirmed.
        """
        return redact.forget_some(self._target, log)

    def _write(self, log: str, drafts: list[Draft]) -> list[Fact]:
        records, facts = self._writer.seal(log, drafts)
        if any(redact.is_personal(draft) for draft in drafts):
            records = redact.forgetting(self._execute, records)
            facts = [
                facts_log.fact_from_record(one) or fact if one.redacted else fact
                for fact, one in zip(facts, records, strict=True)
            ]
        self._writer.connection.executemany(facts_log.INSERT, records)
        return facts

    def _commit(self) -> None:
        try:
            if not self._is_whole:
                raise RuntimeError("a bulk that failed must leave its transaction")
            self._writer.commit()
        except BaseException as error:
            self._writer.rollback()
            self._tell(error)
            raise

    def _tell(self, error: BaseException) -> None:
        """Raise our word for a fault of the world; a bug goes on as it is."""
        fault = translated(error, self._writer.path)
        if fault is not None:
            raise fault from error
