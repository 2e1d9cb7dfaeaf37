"""`eventdesk readiness`: what all desks report, on the command line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventdesk import config
from eventdesk.__main__ import parser_for
from eventdesk.desk.venue.packing import packed
from eventdesk.domain.reports import DeskReport, PrinterReport
from eventdesk.errors import BadInput
from eventdesk.storage import keys
from eventdesk.storage.store import Store
from sync.pairing import Invitation
from sync.wire import Note
from tests.desk.upstream.conftest import ALL
from tests.rigs.nodes import Desk as Other
from tests.rigs.nodes import NodeProcess, fingerprint


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node").wait_ready()
    yield node
    node.stop()


def report(name: str, **members: object) -> bytes:
    """A desk that lacks nothing."""
    now = datetime.now(UTC)
    well = DeskReport("", name, now, "1.0", reach="centre", heard_at=now, backup_at=now - timedelta(hours=1))
    return packed(replace(well, **members))  # type: ignore[arg-type]


def test_what_desks_lack_is_told_the_worst_first(
    tmp_path: Path, served: NodeProcess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    settings = config.load(folder)
    key = keys.new_from_passphrase("correct horse battery staple")
    Store.open(settings.database, key, settings.desk).close()
    monkeypatch.setattr(keys, "unlock", lambda *_: key)

    def run(*words: str) -> tuple[int, str]:
        args = parser_for(words).parse_args([*words, "--data", str(folder)])
        code = int(args.run(args))
        return code, capsys.readouterr().out

    with pytest.raises(BadInput):
        run("readiness")
    invitation = Invitation(served.make_code(ALL), served.address, fingerprint(served)).text()
    run("pair", invitation, "--name", "Office")
    well, broken = Other(served, "door", ALL), Other(served, "kiosk", ALL)
    well.upstream.give_notes([Note("door", 1, report("Door 1"))])
    gone = PrinterReport("labels", "gone", "Out of paper")
    broken.upstream.give_notes([Note("kiosk", 1, report("Kiosk 7", printers=(gone,), disk_free_mb=12))])
    code, out = run("readiness")
    assert code == 1
    lines = out.splitlines()
    assert lines[0].startswith("XX  Kiosk 7")
    assert "XX" in lines[1], "each finding on a line of its own"
    assert any(line.startswith("XX") and "never heard" in line for line in lines), (
        "this desk, not started yet"
    )
    assert "ok  Door 1" in out
    assert "3 desks" in lines[-1]
    code, out = run("readiness", "--json")
    told = {one["name"]: one for one in json.loads(out)}
    assert code == 1
    assert told["Door 1"]["ready"]
    assert {one["check"] for one in told["Kiosk 7"]["findings"]} >= {"printer", "disk"}
    assert not told["Office"]["ready"]
    for other in (well, broken):
        other.upstream.close()
