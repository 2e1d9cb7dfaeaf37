"""An event of its own in a real encrypted database, and short ways to import into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventdesk.bridges.files import exporting, importing
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Exported, ImportChoices, Imported, Preview
from eventdesk.domain.tickets import Ticket
from eventdesk.storage.store import Store

LOG = "event-1"
SAMPLES = Path(__file__).parent / "samples"
NO_CHOICES = ImportChoices()


def quiet(done: int, total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    return False


@dataclass
class EventOnDisk:
    """One event and what a test does with it."""

    store: Store
    folder: Path

    def preview(self, path: Path, choices: ImportChoices = NO_CHOICES) -> Preview:
        return importing.preview(self.store, LOG, path, choices, quiet, never)

    def import_file(self, path: Path, choices: ImportChoices = NO_CHOICES) -> Imported:
        return importing.import_file(self.store, LOG, path, choices, quiet, never)

    def export_guests(self, path: Path) -> Exported:
        return exporting.export_guests(self.store, LOG, path, quiet, never)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A file with this text, in a folder of its own."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def tickets(self) -> dict[str, Ticket]:
        """Every ticket, by the guest's name."""
        with self.store.reader() as reader:
            found = [reader.ticket(LOG, row.ticket) for row in reader.guests(LOG)]
        return {ticket.name: ticket for ticket in found if ticket}

    def fact_count(self) -> int:
        with self.store.reader() as reader:
            subjects = [row.ticket for row in reader.guests(LOG)]
            return len(subjects) + sum(len(reader.facts(LOG, subject)) for subject in [*subjects, LOG])


@pytest.fixture
def event(tmp_path: Path) -> Iterator[EventOnDisk]:
    with Store.open(tmp_path / "desk.db", b"k" * 32, "desk1") as store:
        with store.transaction() as tx:
            members = {"name": "Sommerfest", "timezone": "Europe/Berlin", "begins": "2026-06-10T10:00:00Z"}
            tx.append(LOG, [Draft(Kind.EVENT_DEFINED, LOG, members)])
        yield EventOnDisk(store, tmp_path)
