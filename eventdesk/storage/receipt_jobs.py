"""The receipts' spool on disk."""

from typing import Any

from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.storage.spooled import Spooled


class ReceiptJobs(Spooled[ReceiptJob]):
    table = "receipt_jobs"
    job = ReceiptJob

    def of_subject(self, log: str, subject: str) -> list[ReceiptJob]:
        """All jobs of a sale or a shift, oldest first."""
        which = "INDEXED BY receipt_jobs_subject WHERE log = ? AND subject = ? ORDER BY n"
        return self._jobs(which, (log, subject))

    def _members(self, columns: dict[str, Any]) -> dict[str, Any]:
        return super()._members(columns) | {"what": Printout(columns["what"])}
