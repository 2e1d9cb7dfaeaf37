"""`eventdesk tickets`: codes for all guests into a file, and what one says."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from eventdesk import config
from eventdesk.__main__ import parser_for
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import BadInput
from eventdesk.storage import keys
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.desk.upstream.conftest import NOW

ADA, BO = "demo-hl-ada-7QX4M2", "demo-hl-bo-9TR3K8"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Store]:
    settings = config.load(tmp_path)
    key = keys.new_from_passphrase("correct horse battery staple")
    monkeypatch.setattr(keys, "unlock", lambda *_: key)

    def open_it() -> Store:
        return Store.open(settings.database, key, settings.desk)

    with open_it() as store, store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    return open_it


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], opened: Callable[[], Store]) -> Run:
    def run_it(*words: str) -> tuple[int, str]:
        args = parser_for(["tickets"]).parse_args(["tickets", *words, "--data", str(tmp_path)])
        return int(args.run(args)), capsys.readouterr().out

    return run_it


def put(opened: Callable[[], Store], *drafts: Draft) -> None:
    with opened() as store, store.transaction() as tx:
        tx.append(LOG, drafts)


def signed_rows(run: Run, file: Path) -> dict[str, list[str]]:
    code, out = run("--event", LOG, "--sign-all", str(file))
    assert code == 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == ["Ticket", "Name", "Code"]
    assert out.startswith(f"{len(rows)} tickets signed")
    return {row[0]: row for row in rows}


def test_codes_for_all_guests_hold_until_they_are_taken_back(
    run: Run, opened: Callable[[], Store], tmp_path: Path
) -> None:
    put(opened, Draft(Kind.TICKET_CHANGED, BO, {"canceled": True}))
    with opened() as store, store.reader() as reader:
        canceled = {
            row.ticket
            for row in reader.guests(LOG)
            if row.canceled or row.blocked or row.status == "canceled"
        }
    rows = signed_rows(run, tmp_path / "codes.csv")
    assert BO in canceled
    assert len(rows) == 23 - len(canceled)
    assert not canceled & rows.keys()
    code = rows[ADA][2]
    assert code.startswith("ED1:")
    done, out = run("--check", code)
    assert done == 0
    assert ADA in out
    assert rows[ADA][1] in out
    assert out.endswith("It holds.\n")
    put(opened, Draft(Kind.TICKET_CHANGED, ADA, {"blocked": True}))
    done, out = run("--check", code)
    assert (done, out.splitlines()[-1]) == (1, "Its signature holds, but it is canceled or blocked.")
    with opened() as store:
        assert verify(store) == []


def test_one_key_signs_again_and_a_removed_one_holds_no_more(
    run: Run, opened: Callable[[], Store], tmp_path: Path
) -> None:
    code = signed_rows(run, tmp_path / "one.csv")[ADA][2]
    signed_rows(run, tmp_path / "two.csv")
    done, out = run()
    assert (done, out.count("in use")) == (0, 1)
    put(opened, Draft(Kind.TICKET_KEY_DEFINED, out.split()[0], {"removed": True}))
    assert "REMOVED" in run()[1]
    done, out = run("--check", code)
    assert done == 1
    assert "does not hold" in out
    assert signed_rows(run, tmp_path / "three.csv")[ADA][2] != code
    assert run()[1].count("in use") == 1


def test_a_replaced_code_is_written_as_it_is(run: Run, opened: Callable[[], Store], tmp_path: Path) -> None:
    put(opened, Draft(Kind.TICKET_CHANGED, ADA, {"secret": "the new one"}))
    assert signed_rows(run, tmp_path / "codes.csv")[ADA][2] == "the new one"


def test_what_can_not_be_done_is_said(run: Run, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="csv"):
        run("--sign-all", str(tmp_path / "codes.doc"))
    assert run()[1] == "", "no key was made for nothing"
    done, out = run("--check", "ED1:RUBBISH")
    assert done == 1
    assert "damaged" in out
