"""The files of badges that were printed into a folder, once their guests are to be forgotten."""

from pathlib import Path

from eventdesk.storage import faults
from eventdesk.storage.store import Store


def sweep(store: Store, folder: Path) -> None:
    """Remove the badges of guests who were erased; a page goes with the first of its guests. Raises
    StorageError."""
    with faults.told(folder):
        files = [file for file in folder.glob("*.pdf") if file.is_file()]
        files += [file for file in folder.glob(".*.pdf.part") if file.is_file()]
        if not files:
            return
        with store.reader() as reader:
            jobs, pages = reader.jobs.erased()
        for file in files:
            if _is_of(file.name.lstrip("."), jobs, pages):
                file.unlink(missing_ok=True)


def _is_of(name: str, jobs: set[str], pages: set[str]) -> bool:
    """By the title under which a job was handed over (`press.title`)."""
    kind, _, rest = name.partition("-")
    if kind == "page":
        return rest.partition(".")[0] in pages
    return kind == "badge" and rest.rpartition("-")[0] in jobs
