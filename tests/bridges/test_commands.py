"""Import and export on the command line, and as the screens' operations."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eventdesk.cli import export_guests, import_guests
from eventdesk.desk import operations
from eventdesk.desk.commands import RunOperation
from eventdesk.domain.imports import Exported, ImportChoices, Imported, Preview
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store
from tests.bridges.conftest import LOG, SAMPLES, EventOnDisk, never, quiet

Run = Callable[..., int]


@pytest.fixture
def run(event: EventOnDisk, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the event's store, which stands in for the desk's own and its keyring."""

    class Kept:
        def __enter__(self) -> Store:
            return event.store

        def __exit__(self, *_: object) -> None:
            """The fixture closes it."""

    for module in (import_guests, export_guests):
        monkeypatch.setattr(module, "opened", lambda args: Kept())

    def run_command(*words: object) -> int:
        parser = argparse.ArgumentParser()
        subparsers = parser.add_subparsers()
        import_guests.add_parser(subparsers)
        export_guests.add_parser(subparsers)
        args = parser.parse_args([str(word) for word in words])
        return int(args.run(args))

    return run_command


def test_a_list_goes_in_and_out(run: Run, event: EventOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", SAMPLES / "pretix_order_positions.csv", "--event", "sommerfest") == 0
    assert "4 created" in capsys.readouterr().out
    path = event.folder / "out.xlsx"
    assert run("export", path) == 0
    assert "4 guests written" in capsys.readouterr().out
    assert run("import", path) == 0
    assert "4 unchanged" in capsys.readouterr().out
    assert run("export", event.folder / "passes.csv", "--what", "admissions") == 0


def test_a_preview_writes_nothing(run: Run, event: EventOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", SAMPLES / "hand_made_cp1252.csv", "--preview", "--column", "3=notes") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["encoding"], found["header_row"], found["would"]["created"]) == ("cp1252", 4, 4)
    assert found["columns"][2] == {"header": "E-Mail", "field": "notes", "confidence": 1.0}
    assert event.tickets() == {}


def test_bad_rows_are_told_and_saved(
    run: Run, event: EventOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = event.write("list.csv", "Name,E-Mail\nLi,l@example.org\nBo,nowhere\n")
    bad = event.folder / "bad.csv"
    assert run("import", path, "--bad-rows", bad) == 1
    told = capsys.readouterr()
    assert "row 3, E-Mail: “nowhere” is no e-mail address." in told.err
    assert "Nothing was imported" in told.out
    assert "“nowhere” is no e-mail address" in bad.read_text("utf-8-sig")
    assert run("import", path, "--only-good-rows") == 0
    assert list(event.tickets()) == ["Li"]


def test_wrong_words_are_told(run: Run, event: EventOnDisk) -> None:
    path = event.write("list.csv", "Name\nLi\n")
    with pytest.raises(BadInput, match=r"no event Gala.*Sommerfest \(event-1\)"):
        run("import", path, "--event", "Gala")
    with pytest.raises(BadInput, match="does not say what a column becomes"):
        run("import", path, "--column", "x=email")


def test_operations_end_with_their_results(event: EventOnDisk, tmp_path: Path) -> None:
    def ended(operation: RunOperation) -> object:
        return operation.work(event.store, quiet, never)

    source = event.write("list.csv", "Name,E-Mail\nLi,l@example.org\nBo,nowhere\n")
    found = ended(operations.preview_file(source, LOG))
    assert isinstance(found, Preview)
    assert found.counts.bad == 1
    saved = ended(operations.save_bad_rows(source, tmp_path / "bad.csv", LOG, found.choices))
    assert saved == Exported(str(tmp_path / "bad.csv"), 1)
    done = ended(operations.import_guests(source, LOG, ImportChoices(only_good_rows=True)))
    assert isinstance(done, Imported)
    assert done.counts.created == 1
    assert ended(operations.export_guests(tmp_path / "g.csv", LOG)) == Exported(str(tmp_path / "g.csv"), 1)
    assert ended(operations.export_admissions(tmp_path / "a.xlsx", LOG)) == Exported(
        str(tmp_path / "a.xlsx"), 0
    )
