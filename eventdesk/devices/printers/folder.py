"""A folder of PDF files instead of a printer: for desks without a print system, and for trying out."""

from contextlib import suppress
from pathlib import Path

from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress, QueueInfo, QueueRefused
from eventdesk.devices.printers.words import NO_FILE
from eventdesk.devices.states import DeviceState, Status
from eventdesk.i18n import tr

NAME = "pdf-folder"


class FolderPrinters:
    """One queue whose jobs are files in `folder`. A job's reference is its file's name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def queues(self) -> list[QueueInfo]:
        title = tr("PDF files in {folder}", folder=str(self._folder))
        return [QueueInfo(NAME, title, DeviceState(NAME, Status.READY))]

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:  # noqa: ARG002
        reference = f"{title}.pdf"
        unfinished = self._folder / f".{reference}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished.write_bytes(pdf)
            unfinished.replace(self._folder / reference)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise QueueRefused(
                f"The badge can't be written to {self._folder}: {error.strerror}.",
                "Make room there, or choose another printer.",
            ) from error
        return reference

    def takes_more(self, queue: str) -> bool:  # noqa: ARG002
        return True

    def find(self, queue: str, title: str) -> str:  # noqa: ARG002
        return f"{title}.pdf" if (self._folder / f"{title}.pdf").exists() else ""

    def status(self, queue: str, reference: str) -> JobStatus:  # noqa: ARG002
        if (self._folder / reference).exists():
            return JobStatus(Progress.PRINTED)
        return JobStatus(Progress.GONE, NO_FILE)

    def cancel(self, queue: str, reference: str) -> None:
        """Nothing waits here: a file is written whole or not at all."""

    def close(self) -> None:
        """There is no thread to end."""
