"""What waits or was refused, item by item: listed for people, exported with everything in it."""

import json
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from eventdesk.desk.commands import RunOperation
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.upstream.commands import ExportOutbox, ListOutbox
from eventdesk.desk.upstream.membership import Membership
from eventdesk.desk.upstream.refusals import of_fact
from eventdesk.desk.upstream.values import Delivery, OutboxItem, OutboxListed
from eventdesk.domain.facts import Kind
from eventdesk.domain.imports import Exported
from eventdesk.i18n import tr
from eventdesk.storage.store import Reader, Store
from eventdesk.storage.upward import OutboxRow
from sync.chain import Record

EVERYTHING: Final = 10_000_000


def words_of(kind: str) -> str:
    """What a fact says, for people. A kind that is not here is told by its own name."""
    words = {
        Kind.ADMITTED: tr("Entry"),
        Kind.LEFT: tr("Exit"),
        Kind.ADMISSION_REFUSED: tr("Refusal"),
        Kind.ADMISSION_UNDONE: tr("Entry taken back"),
        Kind.QUESTION_ANSWERED: tr("Answer"),
        Kind.BADGE_PRINTED: tr("Badge"),
        Kind.ORDER_PLACED: tr("Order"),
        Kind.TICKET_ISSUED: tr("Ticket"),
        Kind.CONFLICT_SETTLED: tr("Word on a conflict"),
        Kind.GUEST_ERASED: tr("Erasure"),
    }
    return {one.value: text for one, text in words.items()}.get(kind, kind)


def items(reader: Reader, node: str, limit: int) -> tuple[list[OutboxItem], int]:
    """The oldest first, and how many there are in all."""
    found = reader.outbox(node, limit)
    return [_item(reader, row) for row in found.items], found.total


def export(store: Store, node: str, path: Path, desk: str) -> int:
    """Write each item with its payload as a line of JSON; on the disk when this returns. Returns how many."""
    draft = path.with_name(path.name + ".new")
    number = 0
    with store.reader() as reader, draft.open("w", encoding="utf-8") as stream:
        for line in _lines(reader, node, desk):
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            number += 1
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    return number


class Outbox:
    """Lives on a lane that only reads."""

    def __init__(self, membership: Membership, hooks: Hooks, post: Callable[[RunOperation], None]) -> None:
        self._membership = membership
        self._hooks = hooks
        self._post = post

    def handlers(self) -> Handlers:
        return {ListOutbox: self.list_items, ExportOutbox: self.export}

    @property
    def node(self) -> str:
        """Whose outbox it is: of the node this desk is paired with. Alone, everything waits for nobody."""
        pairing = self._membership.pairing
        return pairing.node.id if pairing else ""

    def list_items(self, command: ListOutbox) -> None:
        if not self.node:
            self._hooks.outbox_listed(OutboxListed(command.request, (), 0))
            return
        with self._membership.store.reader() as reader:
            found, total = items(reader, self.node, command.limit)
        self._hooks.outbox_listed(OutboxListed(command.request, tuple(found), total))

    def export(self, command: ExportOutbox) -> None:
        path, node = Path(command.path), self.node

        def work(store: Store, _progress: Any, _canceled: Any) -> Exported:
            return Exported(str(path), export(store, node, path, store.desk))

        self._post(RunOperation("outbox", work, request=command.request))


def _item(reader: Reader, row: OutboxRow) -> OutboxItem:
    return OutboxItem(
        fact=row.fact,
        log=row.log,
        kind=row.kind,
        subject=row.subject,
        what=_what(reader, row),
        since=row.since,
        state=Delivery.REFUSED if row.why else Delivery.WAITING,
        tries=row.tries,
        tried_at=row.tried_at,
        answer=of_fact(row.why, row.answer),
    )


def _what(reader: Reader, row: OutboxRow) -> str:
    """Its kind in words, and the order's code: enough to find it, and nobody's name."""
    word = words_of(row.kind)
    ticket = reader.ticket(row.log, row.subject)
    return f"{word} {ticket.order.code}" if ticket and ticket.order.code else word


def _lines(reader: Reader, node: str, desk: str) -> Iterator[dict[str, Any]]:
    rows, _ = reader.outbox(node, EVERYTHING)
    for row in rows:
        found = reader.unsent(row.log, row.desk or desk, row.seq - 1, 1)
        yield _line(row, found[0] if found else None)


def _line(row: OutboxRow, record: Record | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "fact": row.fact,
        "log": row.log,
        "desk": row.desk,
        "seq": row.seq,
        "kind": row.kind,
        "subject": row.subject,
        "since": row.since.isoformat(),
        "tries": row.tries,
        "why": row.why,
        "answer": row.answer,
    }
    if record is not None:
        told |= {"stamp": record.stamp, "payload": _payload(record.payload)}
        told |= {"salt": b64encode(record.salt).decode(), "chain": b64encode(record.chain).decode()}
    return told


def _payload(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return b64encode(payload).decode()
