"""`eventdesk demo` where there is no screen: the door, the kiosk, and what is left for people to look at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PICTURES = {
    "admitted", "refused", "question", "search", "undone", "dark",
    "venue", "designer", "kiosk-welcome", "kiosk-sign", "kiosk-done",
}  # fmt: skip


@pytest.mark.long
def test_the_scripted_demo_goes_from_the_door_to_a_kiosk_s_badge(tmp_path: Path) -> None:
    place = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [sys.executable, "-m", "eventdesk", "demo", "--scripted", "--output", str(tmp_path / "out")]
    done = subprocess.run(
        command, env=os.environ | place, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Wanjirũ Kamau answered, signed, took the badge" in done.stdout
    assert "Log and tables agree." in done.stdout
    left = {file.stem for file in (tmp_path / "out").glob("*.png")}
    assert left == PICTURES
    for badge in ("badge.pdf", "badge-kiosk.pdf"):
        assert (tmp_path / "out" / badge).read_bytes().startswith(b"%PDF")
