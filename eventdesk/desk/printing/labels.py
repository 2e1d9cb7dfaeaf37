"""Labels left on each roll: counted down in the transaction that notes a badge as printed."""

from eventdesk.desk.settings import LABELS_LEFT
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader, Transaction

MOST = 100_000


def left(source: Reader | Transaction) -> dict[str, int]:
    """By printer; those that nobody counts are not in it."""
    kept = source.settings.get(LABELS_LEFT, {})
    if not isinstance(kept, dict):
        return {}
    return {queue: max(0, number) for queue, number in kept.items() if isinstance(number, int)}


def used(tx: Transaction, queue: str, labels: int = 1) -> None:
    """So many came out."""
    kept = left(tx)
    if queue in kept:
        tx.settings.put(LABELS_LEFT, kept | {queue: max(0, kept[queue] - labels)})


def load(tx: Transaction, queue: str, labels: int | None) -> None:
    """A new roll; None: nobody counts them any more. Raises BadInput."""
    if labels is not None and not 0 < labels <= MOST:
        raise BadInput(f"{labels} is no number of labels.", f"Type a number from 1 to {MOST:,}.")
    kept = left(tx)
    kept.pop(queue, None)
    tx.settings.put(LABELS_LEFT, kept if labels is None else kept | {queue: labels})
