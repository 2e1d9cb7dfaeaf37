"""What `eventdesk kiosk --check` finds open."""

import subprocess
import sys
from pathlib import Path

import pytest

from eventdesk.cli.kiosk import tell
from eventdesk.cli.kiosk_check import of_programs, of_server, processes, server_options
from tests.screens.kiosk.xrun import KioskRun, need_programs

ROOT = Path(__file__).resolve().parents[3]


def test_the_file_of_deploy_closes_the_server() -> None:
    options = server_options([str(ROOT / "deploy" / "kiosk" / "10-kiosk.conf")])
    assert options["dontvtswitch"]
    assert options["dontzap"]
    assert list(of_server(options)) == []


def test_an_open_server_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "20.conf").write_text('Section "ServerFlags"\n  Option "DontVTSwitch" "off"\nEndSection\n')
    found = list(of_server(server_options([str(tmp_path), str(tmp_path / "none")])))
    assert len(found) == 2
    assert "Ctrl+Alt+F1" in found[0].words
    assert "10-kiosk.conf" in found[0].remedy


def test_a_later_file_counts(tmp_path: Path) -> None:
    (tmp_path / "10.conf").write_text('Option "DontZap" "true"\n# Option "DontVTSwitch"\n')
    (tmp_path / "20.conf").write_text('Option "DontZap" "false"\n')
    assert server_options([str(tmp_path)]) == {"dontzap": False}


def test_automounters_and_desktops(tmp_path: Path) -> None:
    for number, name in ((10, "gvfs-udisks2-vo"), (11, "gnome-shell"), (12, "sleep")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "comm").write_text(name + "\n")
    words = [one.words for one in of_programs(processes(tmp_path))]
    assert len(words) == 2
    assert "USB stick" in words[0]
    assert "gnome-shell" in words[1]


def test_the_command_says_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell([]) == 0
    assert "Nothing" in capsys.readouterr().out
    assert tell(list(of_server({}))) == 1
    assert "-> Put deploy/kiosk" in capsys.readouterr().out


@pytest.mark.long
def test_a_window_manager_is_seen_on_a_real_server(tmp_path: Path) -> None:
    need_programs()
    run = KioskRun(tmp_path / "desk", tmp_path)
    try:
        assert "window manager" not in check(run)
        run.run("openbox")
        run.wait(lambda: "A window manager runs (Openbox)" in check(run), "openbox to be seen")
    finally:
        run.stop()


def check(run: KioskRun) -> str:
    command = [sys.executable, "-m", "eventdesk", "kiosk", "--check"]
    done = subprocess.run(
        command, env=run.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    return done.stdout
