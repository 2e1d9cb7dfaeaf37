"""The tills' account as PDF: gathered from the store, drawn, and put in its place as a whole."""

from datetime import UTC, datetime
from pathlib import Path

from eventdesk.bridges.files.accounting import account_of
from eventdesk.bridges.files.opening import Canceled, Progress, check
from eventdesk.bridges.files.writing import replacing
from eventdesk.domain.till.accounts import EVER, Reported
from eventdesk.domain.till.sums import Span
from eventdesk.errors import BadInput
from eventdesk.receipts.accounting.document import write_account
from eventdesk.storage.store import Store


def export_account(
    store: Store,
    log: str,
    path: Path,
    progress: Progress,
    canceled: Canceled,
    span: Span = EVER,
    language: str = "en",
) -> Reported:
    """Of all tills of an event, in the time of the span. Raises as `write_table`, and OperationCanceled."""
    if path.suffix.lower() != ".pdf":
        raise BadInput(f"{path.name} does not end in .pdf.", "Give it this ending.")
    account = account_of(store, log, datetime.now(UTC), progress, canceled, span)
    with replacing(path, "pdf") as draft:
        pages = write_account(account, draft, language, lambda: check(canceled))
    return Reported(str(path), pages)
