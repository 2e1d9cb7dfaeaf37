"""A whole desk as it is composed: shut out it forgets everything; on the command line it pairs and tells."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk import config
from eventdesk.__main__ import parser_for
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.desk.commands import ChooseDoor, ScanCode
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.membership import Node, Pairing
from eventdesk.desk.upstream.values import LineState
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.rack import Rack
from eventdesk.storage import keys
from eventdesk.storage.store import Store
from sync.pairing import Invitation
from tests.desk.conftest import Heard
from tests.desk.upstream.conftest import ALL, NOW, until
from tests.rigs.nodes import Desk as Other
from tests.rigs.nodes import NodeProcess, fingerprint

ADA = "hl-ada-7QX4M2"
PHRASE = "correct horse battery staple"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node").wait_ready()
    yield node
    node.stop()


def composed(folder: Path, key: bytes) -> Desk:
    settings = config.load(folder)
    return compose(settings, key, printers=Rack(None, FolderPrinters(folder / "badges"), ("", "")))


def invitation(node: NodeProcess) -> str:
    return Invitation(node.make_code(ALL), node.address, fingerprint(node)).text()


@pytest.mark.usefixtures("qtbot")
def test_a_desk_that_is_shut_out_forgets_everything(tmp_path: Path, served: NodeProcess) -> None:
    folder = tmp_path / "desk"
    desk = composed(folder, keys.new_from_passphrase(PHRASE))
    heard = Heard(desk.hooks)
    with desk.store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    desk.start()
    try:
        shut_out(desk, heard, served)
    finally:
        desk.stop()  # once more, as the window does
    assert not config.load(folder).database.exists()
    assert config.load(folder).desk != desk.config.desk


@pytest.mark.usefixtures("qtbot")
def test_what_was_not_forgotten_yet_is_forgotten_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    desk = composed(folder, keys.new_from_passphrase(PHRASE))
    node = Node("node-1", "Centre", "centre", "https://localhost:1")
    desk.line.membership.put(Pairing(node, revoked=True))
    assert desk.spool.signed == desk.line.present.signed
    desk.start()
    until(lambda: config.load(folder).desk != desk.config.desk)
    assert not config.load(folder).database.exists()
    desk.stop()


def shut_out(desk: Desk, heard: Heard, served: NodeProcess) -> None:
    desk.engine.post(PairDesk(invitation(served), name="Door 1"))
    assert heard.next(desk.hooks.paired).node
    until(lambda: desk.line.at_door.may_ask and desk.line.board.state().waiting == 0)
    desk.engine.post(ChooseDoor(LOG, LIST))
    heard.next(desk.hooks.door_chosen)
    desk.engine.post(ScanCode(ADA))
    assert heard.next(desk.hooks.verdict_given).confirmed
    until(lambda: desk.line.board.state().waiting == 0)
    supervisor = Other(served, "boss", ALL)
    states: list[LineState] = []
    desk.hooks.line_changed.connect(states.append)
    supervisor.upstream.revoke(desk.store.desk, "Left in a taxi")
    while "its data was deleted" not in heard.next(desk.hooks.trouble_told, 30).message:
        pass
    assert states[-1].revoked, "screens show guests no more"
    supervisor.upstream.close()


@pytest.mark.usefixtures("qtbot")
def test_on_the_command_line(
    tmp_path: Path, served: NodeProcess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    settings = config.load(folder)
    key = keys.new_from_passphrase(PHRASE)
    with Store.open(settings.database, key, settings.desk) as store, store.transaction() as tx:
        tx.append(LOG, demo_drafts(NOW))
    monkeypatch.setattr(keys, "unlock", lambda *_: key)

    def run(*words: str) -> tuple[int, str]:
        args = parser_for(words).parse_args([*words, "--data", str(folder)])
        code = int(args.run(args))
        return code, capsys.readouterr().out

    assert "not paired" in run("outbox")[1]
    assert "Paired with" in run("pair", invitation(served), "--name", "Door 1")[1]
    code, out = run("outbox", "--json", "--export", str(tmp_path / "out.jsonl"))
    assert code == 0
    told = json.loads(out[out.index("{") :])
    assert told["total"] == len((tmp_path / "out.jsonl").read_text().splitlines()) > 0
    assert run("conflicts") == (0, "0 conflicts.\n")
    assert "is forgotten here" in run("erase", "HL001", "--reason", "asked")[1]
    assert "demo-HL001: not confirmed by none" in run("erase", "--report")[1]
    with Store.open(settings.database, key, settings.desk) as store, store.reader() as reader:
        ticket = reader.ticket(LOG, f"demo-{ADA}")
    assert ticket is not None
    assert ticket.name == ""
