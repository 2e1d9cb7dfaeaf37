"""`eventdesk code`, `desks` and `node-backup` on a running node, as its admin uses them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.__main__ import main
from sync import keys, pairing, wire
from sync.carrying import to_wire
from sync.client import enrolling
from sync.client.http import HttpUpstream
from sync.errors import Refused
from tests.node.conftest import Enroller, Starter
from tests.rigs.nodes import NodeProcess
from tests.rigs.postgres import Postgres

LOG = "event1"
EVENT = json.dumps({"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z"}).encode()
PLAIN = "--behind-proxy"


class Admin:
    def __init__(self, node: NodeProcess, capfd: pytest.CaptureFixture[str]) -> None:
        self.node = node
        self._capfd = capfd
        self.said = self.complaint = ""

    def does(self, *words: str) -> int:
        where = ["--folder", str(self.node.folder), "--key-file", str(self.node.folder / "key")]
        if self.node.database:
            where = ["--folder", str(self.node.folder), "--database", self.node.database]
        code = main([words[0], *where, *words[1:]])
        self.said, self.complaint = self._capfd.readouterr()
        return code

    def invited(self, *words: str) -> pairing.Invitation:
        assert self.does("code", "--address", self.node.address.replace("http:", "https:"), *words) == 0
        line = next(line for line in self.said.splitlines() if line.startswith("Invitation: "))
        return pairing.read_invitation(line.removeprefix("Invitation: "))


@pytest.fixture
def admin(start: Starter, capfd: pytest.CaptureFixture[str]) -> Admin:
    return Admin(start(), capfd)


@pytest.fixture
def lines() -> Iterator[list[HttpUpstream]]:
    opened: list[HttpUpstream] = []
    yield opened
    for line in opened:
        line.close()


def test_from_nothing_to_the_first_desk_and_the_next(admin: Admin, lines: list[HttpUpstream]) -> None:
    """By TLS with the node's own certificate, pinned by the invitation."""
    first = admin.invited("--name", "Büro")
    assert len(first.fingerprint) == 32
    assert "organizer" in admin.said
    assert "█" in admin.said
    lines.append(HttpUpstream(first.address, fingerprint=first.fingerprint))
    told = enrolling.enrol(lines[0], first, "desk1", "Laptop", keys.KeyPair.new()).signed_in
    assert told.roles == ["organizer"]
    with pytest.raises(Refused):
        enrolling.enrol(lines[0], first, "desk2", "Laptop", keys.KeyPair.new())
    second = admin.invited("--roles", "door", "kiosk", "--logs", LOG, "--valid", "30m")
    told = enrolling.enrol(lines[0], second, "desk2", "Tür Süd", keys.KeyPair.new()).signed_in
    assert (told.roles, told.logs) == (["door", "kiosk"], [LOG])
    assert admin.does("desks") == 0
    assert "Büro" in admin.said
    assert "Tür Süd" in admin.said
    admin.invited()
    assert "role door" in admin.said
    assert admin.does("desks", "deeds") == 0
    assert [line.split()[3] for line in admin.said.splitlines()[1:]] == ["code", "enrol"] * 2 + ["code"]


def test_a_desk_is_shut_out_by_its_name(admin: Admin, lines: list[HttpUpstream]) -> None:
    for id_ in ("desk1", "desk2", "desk3"):
        invitation = admin.invited("--name", "Gate" if id_ != "desk3" else "Till")
        lines.append(HttpUpstream(invitation.address, fingerprint=invitation.fingerprint))
        enrolling.enrol(lines[-1], invitation, id_, "", keys.KeyPair.new())
    assert admin.does("desks", "revoke", "Gate", "--reason", "stolen") == 2
    assert "desk1, desk2" in admin.complaint
    assert admin.does("desks", "revoke", "Till", "--reason", "  ") == 2
    assert admin.does("desks", "revoke", "nobody", "--reason", "stolen") == 2
    assert admin.does("desks", "revoke", "Till", "--reason", "stolen") == 0
    assert admin.does("desks", "list") == 0
    assert ["SHUT OUT" in line for line in admin.said.splitlines()] == [False, False, False, True]
    assert admin.does("desks", "deeds", "--last", "1") == 0
    assert "stolen" in admin.said


BAD_CODES = (
    ("--address", "http://host"),
    ("--address", "host:8443"),
    ("--address", "https://u:p@host"),
    ("--address", "https://host/path"),
    ("--address", "https://host:99999"),
    (),
    ("--address", "https://host", "--valid", "40d"),
    ("--address", "https://host", "--valid", "soon"),
    ("--address", "https://host", "--roles", "king"),
    ("--address", "https://host", "--name", "x" * 101),
    ("--address", "https://host", "--name", "a\nb"),
)


def test_a_code_that_would_lead_nowhere_is_not_made(
    capfd: pytest.CaptureFixture[str], start: Starter
) -> None:
    admin = Admin(start(PLAIN), capfd)
    for words in BAD_CODES:
        assert admin.does("code", *words) == 2, words
        assert admin.complaint
    assert admin.does("desks", "deeds") == 0
    assert len(admin.said.splitlines()) == 1


def test_no_node_is_made_by_mistake(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "none"
    for words in (["code", "--address", "https://h"], ["desks"], ["node-backup"]):
        assert main([*words, "--folder", str(folder)]) == 2
        assert "There is no node" in capfd.readouterr().err
    assert not folder.exists()


def test_a_backup_of_a_running_node_is_put_back_and_desks_send_again(
    start: Starter, enrol: Enroller, capfd: pytest.CaptureFixture[str]
) -> None:
    node = start(PLAIN)
    admin, desk = Admin(node, capfd), enrol(node, "desk1", "organizer")
    first = desk.fact(LOG, "event_defined", LOG, EVENT)
    later = desk.fact(LOG, "gate_defined", "g1", b'{"name": "North"}')
    assert desk.upstream.push(LOG, wire.Push([to_wire(first)])).taken == 1
    assert admin.does("node-backup") == 0
    backup = Path(admin.said.strip())
    assert backup.name.endswith("-1.backup")
    assert b"Fair" not in backup.read_bytes()
    assert desk.upstream.push(LOG, wire.Push([to_wire(later)])).taken == 1
    admin.invited()
    assert admin.does("node-backup", "--restore", str(backup)) == 2
    assert "is running" in admin.complaint
    epoch = desk.signed_in.epoch
    node.stop()
    assert admin.does("node-backup", "--restore", str(backup)) == 0
    again = start(PLAIN)
    upstream = HttpUpstream(again.address, lambda: desk.signed_in.token)
    try:
        pulled = upstream.pull(wire.Pull(epoch, {LOG: 2}))
        assert pulled.epoch != epoch
        assert pulled.pages[LOG].yours == 1
        assert upstream.push(LOG, wire.Push([to_wire(later)])).taken == 1
    finally:
        upstream.close()
    assert admin.does("node-backup", "--check") == 0
    assert "2 facts read: every chain holds." in admin.said


def test_old_backups_go_and_strange_files_stay(
    start: Starter, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    admin = Admin(start(PLAIN), capfd)
    folder = admin.node.folder / "backups"
    folder.mkdir()
    for name in ("node-20200101T000000Z-5.backup", "node-20210101T000000Z-5.backup", "mine.backup"):
        (folder / name).write_bytes(b"old")
    assert admin.does("node-backup", "--keep", "2") == 0
    names = {file.name for file in folder.iterdir()}
    assert {"node-20210101T000000Z-5.backup", "mine.backup", Path(admin.said.strip()).name} == names
    assert admin.does("node-backup", "--to", str(tmp_path / "gone" / "x")) == 2
    assert admin.does("node-backup", "--to", str(tmp_path / "x.backup")) == 0
    assert (tmp_path / "x.backup").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign", "absent"])
def test_a_bad_backup_is_not_put_in_place(
    start: Starter, capfd: pytest.CaptureFixture[str], tmp_path: Path, damage: str
) -> None:
    admin = Admin(start(PLAIN), capfd)
    backup = tmp_path / "x.backup"
    assert admin.does("node-backup", "--to", str(backup)) == 0
    admin.node.stop()
    content = bytearray(backup.read_bytes())
    if damage == "flipped":
        content[len(content) // 2] ^= 1
    others = {"cut": bytes(content[: len(content) // 2]), "foreign": bytes(range(256)) * 64}
    broken = others.get(damage, bytes(content))
    backup.unlink() if damage == "absent" else backup.write_bytes(broken)
    before = (admin.node.folder / "node.db").read_bytes()
    assert admin.does("node-backup", "--restore", str(backup)) == 2
    assert str(backup) in admin.complaint
    assert (admin.node.folder / "node.db").read_bytes() == before


def test_a_fact_that_was_changed_on_the_disk_is_named(
    start: Starter, enrol: Enroller, capfd: pytest.CaptureFixture[str]
) -> None:
    from sqlalchemy import update

    from sync.server import schema
    from sync.server.database import Database

    node = start(PLAIN)
    admin, desk = Admin(node, capfd), enrol(node, "desk1", "organizer")
    desk.upstream.push(LOG, wire.Push([to_wire(desk.fact(LOG, "event_defined", LOG, EVENT))]))
    node.stop()
    key = bytes.fromhex((node.folder / "key").read_text().strip())
    database = Database.open(f"sqlite:///{node.folder / 'node.db'}", key)
    changed = update(schema.records).values(payload=b"{}")
    database.write_now(lambda connection: connection.execute(changed).rowcount)
    database.close()
    assert admin.does("node-backup", "--check") == 1
    assert "fact 1 of desk desk1" in admin.said


def test_on_postgresql_a_restore_begins_an_epoch(
    start: Starter, enrol: Enroller, capfd: pytest.CaptureFixture[str], postgres: Postgres
) -> None:
    node = start(PLAIN, database=postgres.new_database())
    admin, desk = Admin(node, capfd), enrol(node, "desk1", "organizer")
    assert admin.does("node-backup") == 2
    assert "pg_dump" in admin.complaint
    invitation = admin.invited("--no-pin")
    assert invitation.fingerprint == b""
    node.stop()
    assert admin.does("node-backup", "--after-restore") == 0
    again = start(PLAIN, database=node.database)
    upstream = HttpUpstream(again.address)
    try:
        assert upstream.hello().epoch != desk.signed_in.epoch
        with pytest.raises(Refused):
            enrolling.enrol(upstream, invitation, "desk9", "", keys.KeyPair.new())
    finally:
        upstream.close()
