"""`eventdesk mailer` as a process: it joins a real centre, hears what a desk asks, sends it, and goes on
after kill -9 without sending it twice."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventdesk.desk.demo import LOG, demo_drafts
from eventdesk.desk.upstream.commands import PairDesk
from eventdesk.desk.upstream.dialing import dial
from eventdesk.domain.facts import Draft, Kind
from tests.desk.mailer.test_mailer import ADA, Box, listening
from tests.desk.upstream.conftest import ALL, NOW, LinedDesk, make_desk, until
from tests.rigs.nodes import NodeProcess
from tests.storage.till.made import completed, line, opened, taken

__all__ = ["make_desk"]
PATIENCE_S = 90


@pytest.fixture
def served(tmp_path: Path) -> Iterator[NodeProcess]:
    node = NodeProcess(tmp_path / "node", "--behind-proxy").wait_ready()
    yield node
    node.stop()


class Mailer:
    """The process, with a passphrase in place of a keyring."""

    def __init__(self, folder: Path, port: int, *more: str) -> None:
        words = ["mailer", "--data", str(folder), "--host", "127.0.0.1", "--port", str(port), "--tls", "none"]
        self.log = folder.with_suffix(".log")
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "eventdesk", *words, "--sender", "tickets@example.org", *more],
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=stream,
                env={
                    **os.environ,
                    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
                    "QT_QPA_PLATFORM": "offscreen",
                },
            )
        assert self.process.stdin is not None
        self.process.stdin.write(b"a passphrase of some length\n")
        self.process.stdin.close()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def stop(self, *, kill: bool = False) -> int:
        (self.process.kill if kill else self.process.terminate)()
        return self.process.wait(timeout=PATIENCE_S)


def ask(desk: LinedDesk, number: int) -> None:
    order, sale = f"o{number}", f"s{number}"
    ticket = {"order": order, "secret": f"SECRET{number}", "product": "workshop", "name": "Ada"}
    asked = {"to": ADA, "what": "tickets", "sale": sale, "language": "en"}
    with desk.store.transaction() as tx:
        tx.append(
            LOG,
            [
                Draft(Kind.ORDER_PLACED, order, {"code": order.upper(), "status": "paid"}),
                Draft(Kind.TICKET_ISSUED, f"t{number}", ticket),
                taken(f"p-{sale}", sale, 11_90),
                completed(sale, number, [line(tickets=[f"t{number}"])], order=order),
                Draft(Kind.MAIL_ASKED, order, asked),
            ],
        )


def test_a_mailer_joins_a_centre_and_sends_what_desks_ask(
    tmp_path: Path, make_desk: Callable[..., LinedDesk], served: NodeProcess
) -> None:
    desk, box, folder = make_desk("d001"), Box(), tmp_path / "mailer"
    with desk.store.transaction() as tx:
        tx.append(LOG, [*demo_drafts(NOW), opened()])
    desk.line.reach._dial = dial
    desk.ask(PairDesk(served.make_code(ALL), served.address, desk.id), lambda hooks: hooks.paired)
    ask(desk, 1)
    with listening(box) as port:
        code = served.make_code(("box_office",))
        mailer = Mailer(folder, port, "--pair", code, "--address", served.address)
        try:
            until(lambda: mailer.said().count(": sent") == 1 or _ended(mailer), PATIENCE_S)
        finally:
            mailer.stop(kill=True)
        ask(desk, 2)
        mailer = Mailer(folder, port)
        try:
            until(lambda: mailer.said().count(": sent") == 2 or _ended(mailer), PATIENCE_S)
            assert Mailer(folder, port).process.wait(timeout=PATIENCE_S) != 0
        finally:
            assert mailer.stop() == 0
    said = mailer.said()
    assert "Another mailer runs in this folder." in said
    assert ADA not in said
    assert [letter["To"] for letter in box.letters] == [ADA, ADA]
    assert len({letter["Message-ID"] for letter in box.letters}) == 2


def _ended(mailer: Mailer) -> bool:
    assert mailer.process.poll() is None, mailer.said()
    return False
