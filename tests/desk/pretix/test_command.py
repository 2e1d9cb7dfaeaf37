"""`eventdesk pretix` where something is missing: told in words, and nothing is made by mistake."""

from pathlib import Path

import pytest

from eventdesk.desk.pretix.alone import alone
from eventdesk.errors import BadInput
from tests.rigs.bridges import BridgeProcess


def refused(folder: Path, *words: str, token: str = "") -> str:
    bridge = BridgeProcess(folder, *words, token=token)
    assert bridge.process.wait(timeout=120) == 2, bridge.errors()
    bridge.stop()
    said = bridge.errors()
    assert "Traceback" not in said
    return said


def test_a_mistyped_folder_makes_no_desk(tmp_path: Path) -> None:
    assert "There is no database" in refused(tmp_path / "bridge")


def test_a_token_is_asked_for_and_not_told(tmp_path: Path) -> None:
    said = refused(tmp_path / "bridge", "--alone")
    assert "EVENTDESK_PRETIX_TOKEN" in said
    said = refused(tmp_path / "bridge", token="http://tickets.example.org kj4n2b5k6j7h")
    assert "not encrypted" in said
    assert "kj4n2b5k6j7h" not in said


def test_two_in_a_folder_are_one_too_many(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(BadInput, match="Another bridge"), alone(tmp_path):
        raise AssertionError("both are at work")
