"""The command line with nonsense for arguments, files and surroundings: one sentence, and never a trace."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import keyring.core
import pytest
from keyring.backends import fail

from eventdesk import config
from eventdesk.__main__ import main
from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.engine import utc_now
from eventdesk.storage import keys
from eventdesk.storage.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = "correct horse battery"

# Arguments after which nothing can be done. DESK: a good desk's folder; FILE: a file; FOLDER: an empty one.
NONSENSE = """
verify --data FOLDER
verify --data FILE
verify --data FOLDER/nowhere
verify --nonsense
verify surplus
backup --data FOLDER
backup --data FILE
backup --data DESK --restore FOLDER/nowhere
backup --data DESK --restore FOLDER
backup --data DESK --restore FILE
backup --list --restore
doctor --data FILE
doctor --data FILE/below
doctor --data FOLDER/\x01\x7f/\udcff/{long}
import
import --data DESK
import FOLDER/nowhere.csv --data DESK
import FOLDER --data DESK
import FILE --data FOLDER
import FILE --data DESK --event nobody
import FILE --data DESK --column x
import FILE --data DESK --column 0=name
import FILE --data DESK --column 99999999999999999999=name
import FILE --data DESK --encoding klingon
import FILE --data DESK --header-row x
import FILE --data DESK --header-row 999999
import FILE --data DESK --delimiter xx
import EMPTY.csv --data DESK
import /dev/zero --data DESK
import EMPTY.xlsx --data DESK
export
export FOLDER --data DESK
export FOLDER/x.doc --data DESK
export FOLDER/nowhere/x.csv --data DESK
export FILE/x.csv --data DESK
export FOLDER/x.csv --data FOLDER
export FOLDER/x.csv --data DESK --event nobody
export FOLDER/x.csv --data DESK --what nonsense
read
read --formats nonsense FILE
decide FOLDER
decide FOLDER/nowhere
decide FILE
decide EMPTY.csv
decide EMPTY.csv surplus
bench nonsense
nonsense
--nonsense
"""


class Place:
    def __init__(self, folder: Path) -> None:
        self.desk = config.load(folder / "desk")
        self.file = folder / "letter.csv"
        self.file.write_bytes(b"\xff\x00Dear guests,\n\x80\x81" * 20)
        self.empty = folder / "empty"
        self.empty.mkdir()
        for name in ("EMPTY.csv", "EMPTY.xlsx"):
            (folder / name).touch()
        self.folder = folder
        key = keys.new_from_passphrase(WORDS)
        with Store.open(self.desk.database, key, self.desk.desk) as store, store.transaction() as tx:
            tx.append(LOG, demo_drafts(utc_now()))

    def words(self, line: str) -> list[str]:
        names = {
            "DESK": self.desk.folder,
            "FILE": self.file,
            "FOLDER": self.empty,
            "EMPTY": self.folder / "EMPTY",
            "{long}": "x" * 300,
        }
        for name, path in names.items():
            line = line.replace(name, str(path))
        return line.split()


@pytest.fixture
def place(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """`qapp`: the doctor prepares fonts, and would make an application of lesser kind."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr("faulthandler.enable", lambda: None)  # it wants a real stderr
    return Place(tmp_path)


def test_nonsense_is_told_in_one_sentence(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = place.desk.database.read_bytes()
    for line in NONSENSE.strip().splitlines():
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORDS}\n"))
        code = main(place.words(line))
        told = capsys.readouterr()
        assert code == 2, f"{line}: {code} {told}"
        assert "eventdesk" in told.err, line
        said = [one for one in told.err.splitlines() if not one.startswith(("usage:", " "))]
        assert len(said) == 1, f"{line}: {told.err}"
        assert not told.out, f"{line}: {told.out}"
    assert place.desk.database.read_bytes() == before


@pytest.mark.parametrize("stdin", ["", "\n", "wrong\n"])
@pytest.mark.parametrize("command", ["verify", "backup", "export x.csv", "import LETTER"])
def test_no_passphrase_opens_nothing(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    stdin: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    assert main([*place.words(command.replace("LETTER", "FILE")), "--data", str(place.desk.folder)]) == 2
    told = capsys.readouterr().err
    assert ("passphrase" in told) or ("key does not open" in told)


# As a process of its own, in strange surroundings


def run(
    words: list[str], shell: str = "", stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "eventdesk", *words]
    if shell:
        command = ["sh", "-c", f'"$@" {shell}', "sh", *command]
    kept = {name: value for name, value in os.environ.items() if name != "HOME"}
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**kept, "PYTHONIOENCODING": "", **environment},
        timeout=60,
        check=False,
    )


@pytest.fixture
def scenarios(tmp_path: Path) -> str:
    file = tmp_path / "scenarios.json"
    file.write_text(json.dumps([{"id": f"{number} \ud800 é"} for number in range(3000)]))
    return str(file)


def test_a_closed_pipe_is_no_mistake(scenarios: str) -> None:
    for words in (["--help"], ["decide", scenarios, "--json"]):
        done = run(words, "| true")
        assert b"Traceback" not in done.stderr
        assert b"BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not here")
def test_a_full_disk_behind_the_output_is_told(scenarios: str) -> None:
    done = run(["decide", scenarios], "> /dev/full")
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_output_and_input_may_be_closed(scenarios: str) -> None:
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        assert b"Traceback" not in run(["decide", scenarios], closed).stderr
        assert run(["decide"], closed + " < /dev/null").returncode == 2


def test_names_of_bytes_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\n.png")
    Path(name).write_bytes(b"no picture")
    for locale in ("C.UTF-8", "C"):
        for words in (["read", name], ["read", "--json", name], ["verify", "--data", name]):
            done = run(words, LC_ALL=locale)
            assert done.returncode in (1, 2)
            assert b"Traceback" not in done.stderr
            assert b"\\udcff" in done.stdout + done.stderr


def test_what_no_encoding_can_say_does_not_end_the_command(scenarios: str) -> None:
    for locale in ("C.UTF-8", "C"):
        done = run(["decide", scenarios, "--json"], LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert done.returncode == 0, done.stderr[-500:]
        assert len(json.loads(done.stdout)) == 3000


HOMELESS = """
import os, sys
from eventdesk.__main__ import main
from eventdesk.cli import database, verify
from eventdesk.storage import store
os.environ.pop("HOME", None)
os.setgid(54321)
os.setuid(54321)
os.chdir(sys.argv[1])
sys.exit(main(["verify"]))
"""


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="another user can't be taken on here")
def test_a_user_without_a_home_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS, "/tmp"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert done.stderr == ("eventdesk: This user has no home folder. Set HOME, or name a folder by --data.\n")


def test_without_home_in_the_environment_the_user_s_own_is_taken(tmp_path: Path) -> None:
    done = run(["verify"], XDG_DATA_HOME=str(tmp_path))
    assert done.returncode == 2
    assert str(tmp_path).encode() in done.stderr
