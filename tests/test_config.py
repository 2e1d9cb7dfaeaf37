"""Which desk this is: lasting, private, and never guessed anew in silence."""

import stat
from pathlib import Path

import pytest

from eventdesk import config
from eventdesk.errors import BadInput


def test_the_desk_keeps_its_id(tmp_path: Path) -> None:
    first = config.load(tmp_path / "desk")
    assert config.load(tmp_path / "desk") == first
    assert stat.S_IMODE((tmp_path / "desk").stat().st_mode) == 0o700


def test_after_a_restore_the_desk_is_another_one(tmp_path: Path) -> None:
    first = config.load(tmp_path)
    second = config.renew(tmp_path)
    assert second.desk != first.desk
    assert config.load(tmp_path) == second


@pytest.mark.parametrize("content", ["", "{", "[]", '{"desk": 5}', '{"desk": "../etc"}', "{}"])
def test_a_broken_file_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / config.FILE_NAME).write_text(content)
    with pytest.raises(BadInput, match=r"desk\.json"):
        config.load(tmp_path)
    assert (tmp_path / config.FILE_NAME).read_text() == content
