"""The one thread of a process that writes: what many requests wrote reaches the disk in one commit.

A group is run as it is first. Where one of its works fails, all is undone and the group runs once more,
each work in a savepoint, so that the one fails alone. Works may therefore run more than once, and must
not change anything but the database (and what hooks forget again).
"""

from collections.abc import Sequence
from threading import Thread
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sync.server.sql.faults import fault, translated
from sync.server.sql.queue import Item, Outcome, Waiting, answer

RERUNS = 2


class _Final(Exception):
    """Nothing that another run of the group could mend; its cause says what it was."""


class _NotBegun(_Final):
    """The database can't be reached, or another program holds it."""


class _DoubtfulCommit(_Final):
    """The commit was sent and not answered: whether it happened is not known."""


class Hook(Protocol):
    """What takes part in every transaction, on the writer's thread."""

    def before_commit(self, connection: Connection) -> None:
        """Write what works left to be written once for all; may be called several times."""

    def after_commit(self) -> None:
        """It is on the disk; nobody has been answered yet."""

    def undone(self, *, whole: bool) -> None:
        """A work (or the `whole` transaction) was undone: forget what it remembered."""


class Writer:
    def __init__(self, engine: Engine, hooks: Sequence[Hook]) -> None:
        self._engine = engine
        self._hooks = hooks
        self._connection: Connection | None = None
        self.waiting = Waiting()
        self._thread = Thread(target=self._run, name="eventdesk node writer")
        self._thread.start()

    def close(self) -> None:
        """Finishes what was taken."""
        self.waiting.close()
        self._thread.join()

    def _run(self) -> None:
        while group := self.waiting.take():
            group.sort(key=_order)
            answer(group, self._outcomes(group))
        self._disconnect()
        self._engine.dispose()

    def _outcomes(self, group: Sequence[Item]) -> list[Outcome]:
        """Never raises: whatever goes wrong is the outcome of those whose work it was."""
        try:
            try:
                return self._transaction(group, savepoints=False)
            except _Final:
                raise
            except Exception:  # noqa: BLE001 - whose fault it is, the second run finds out
                return self._again(group)
        except Exception as error:  # noqa: BLE001 - the thread must outlive every group
            return [Outcome(error=_told(error))] * len(group)

    def _again(self, group: Sequence[Item]) -> list[Outcome]:
        for run in range(RERUNS):
            try:
                return self._transaction(group, savepoints=True)
            except _Final:
                raise
            except Exception as error:
                if run == RERUNS - 1 or translated(error) is None:
                    raise
        raise AssertionError("unreachable")

    def _transaction(self, group: Sequence[Item], *, savepoints: bool) -> list[Outcome]:
        try:
            try:
                connection = self._connected()
                transaction = connection.begin()
            except Exception as error:
                raise _NotBegun from error
            run = self._in_savepoint if savepoints else _plainly
            outcomes = [run(connection, item) for item in group]
            self._before_commit(connection)
            try:
                transaction.commit()
            except Exception as error:
                raise _DoubtfulCommit from error
        except BaseException:
            self._roll_back()
            raise
        for hook in self._hooks:
            hook.after_commit()
        return outcomes

    def _in_savepoint(self, connection: Connection, item: Item) -> Outcome:
        savepoint = connection.begin_nested()
        try:
            result = item.work(connection)
            self._before_commit(connection)
        except Exception as error:  # noqa: BLE001 - it is the answer to this one work
            self._undone(whole=False)
            try:
                savepoint.rollback()
            except Exception:  # noqa: BLE001 - the whole transaction is gone, for the same reason
                raise error from None
            return Outcome(error=translated(error) or error)
        savepoint.commit()
        return Outcome(result)

    def _before_commit(self, connection: Connection) -> None:
        for hook in self._hooks:
            hook.before_commit(connection)

    def _undone(self, *, whole: bool) -> None:
        for hook in self._hooks:
            hook.undone(whole=whole)

    def _connected(self) -> Connection:
        if self._connection is not None and (self._connection.invalidated or self._connection.closed):
            self._disconnect()
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _roll_back(self) -> None:
        """Back to a clean slate; a connection that can't even be rolled back is given up."""
        self._undone(whole=True)
        connection = self._connection
        try:
            if connection is not None and (transaction := connection.get_transaction()) is not None:
                transaction.rollback()
            if connection is not None and _in_transaction(connection):
                self._disconnect()
        except Exception:  # noqa: BLE001 - it may be gone altogether
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.invalidate()
            connection.close()
        except Exception:  # noqa: BLE001 - a connection that is gone is what was wanted
            pass


def _order(item: Item) -> str:
    return item.order


def _plainly(connection: Connection, item: Item) -> Outcome:
    return Outcome(item.work(connection))


def _in_transaction(connection: Connection) -> bool:
    """SQLite may have ended it by itself, or not, after errors of the disk."""
    return bool(getattr(connection.connection.driver_connection, "in_transaction", False))


def _told(error: BaseException) -> BaseException:
    if isinstance(error, _Final):
        return translated(error.__cause__ or error) or error.__cause__ or error
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return fault("The database does not answer.")
    return translated(error) or error
