"""Epochs: a restored backup begins one, and cursors of older ones are moved back to what it has."""

import json
from collections.abc import Mapping
from secrets import token_hex
from typing import NamedTuple

from sqlalchemy import Connection, select

from sync.server.schema import epochs, logs


class Epochs(NamedTuple):
    """All epochs of a node, the present one last: their names, and where each one's numbers went on from."""

    names: tuple[str, ...]
    heads: tuple[Mapping[str, int], ...]

    @property
    def present(self) -> str:
        return self.names[-1]

    def cursor(self, epoch: str, log: str, cursor: int) -> int:
        """A cursor of `epoch` as it holds now; 0 where the epoch is not ours."""
        if epoch == self.present:
            return cursor
        if epoch not in self.names:
            return 0
        later = self.heads[self.names.index(epoch) + 1 :]
        return min(cursor, *(heads.get(log, 0) for heads in later))


def read(connection: Connection) -> Epochs:
    rows = connection.execute(select(epochs).order_by(epochs.c.n)).all()
    return Epochs(tuple(row.epoch for row in rows), tuple(json.loads(row.heads) for row in rows))


def begin(connection: Connection, now_ms: int) -> str:
    """A new epoch, from what is here on: the first thing to do with a restored database."""
    number = len(read(connection).names) + 1
    heads = {row.id: row.head for row in connection.execute(select(logs))}
    epoch = token_hex(8)
    connection.execute(
        epochs.insert().values(n=number, epoch=epoch, began_ms=now_ms, heads=json.dumps(heads))
    )
    return epoch
