"""Photos by address: nothing that a badge would wait for."""

import os
import sys
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtGui import QImage

from eventdesk.badges import pictures


def test_a_photo_at_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(path))
    assert pictures.photo(str(path)).width() == 40
    assert pictures.photo(path.as_uri()).height() == 30


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_is_no_photo_and_holds_up_no_badge(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    found: list[QImage] = []
    reading = Thread(target=lambda: found.append(pictures.photo(str(pipe))), daemon=True)
    reading.start()
    reading.join(10)
    if reading.is_alive():  # let it end
        os.close(os.open(pipe, os.O_WRONLY))
        reading.join()
        pytest.fail("it waits for the pipe")
    assert found[0].isNull()


@pytest.mark.parametrize("address", ["file://[", "a\0b", "/", "data:", "//nowhere/share/a.png"])
def test_what_is_no_address_leaves_the_place_empty(address: str) -> None:
    assert pictures.photo(address).isNull()
