import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.__main__ import parser_for
from eventdesk.config import load
from eventdesk.desk import glimpses
from eventdesk.desk.checks.camera import Glimpse
from eventdesk.devices.states import DeviceState, Status
from eventdesk.storage import keys
from eventdesk.storage.store import Store


def main(words: list[str]) -> int:
    args = parser_for(words).parse_args(words)
    return int(args.run(args))


@pytest.fixture(autouse=True)
def no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether this computer has a camera is no matter of these tests."""
    seen = Glimpse(DeviceState("cam", Status.READY), 30, 120, 640, 480)
    monkeypatch.setattr(glimpses, "of_source", lambda _source: seen)


def test_a_desk_that_was_never_started_is_told_what_to_do(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "ok  disk" in out
    assert "XX  database" in out
    assert "-> Start EventDesk once" in out


def test_json_tells_the_same_to_programs(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(tmp_path)
    key = keys.new_from_passphrase("open sesame")
    Store.open(config.database, key, config.desk).close()
    monkeypatch.setattr("eventdesk.cli.database.ask_passphrase", lambda _new: "open sesame")
    assert main(["doctor", "--json", "--data", str(tmp_path)]) == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)}
    assert checks["camera"]["status"] == "ready"
    assert checks["database"]["message"] == "There is no backup yet."
    assert checks["disk"]["figures"]["fsync_ms"] > 0


def test_a_wrong_passphrase_is_the_databases_trouble(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(tmp_path)
    Store.open(config.database, keys.new_from_passphrase("open sesame"), config.desk).close()
    monkeypatch.setattr("eventdesk.cli.database.ask_passphrase", lambda _new: "open barley")
    assert main(["doctor", "--json", "--data", str(tmp_path)]) == 1
    (database,) = [one for one in json.loads(capsys.readouterr().out) if one["name"] == "database"]
    assert database["status"] == "gone"
    assert "does not open" in database["message"]
