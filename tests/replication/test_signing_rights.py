"""A node with tickets' own meaning: keys and lists of revoked tickets from desks that may not sign wait."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.domain.facts import Kind
from eventdesk.domain.signed import revocations
from eventdesk.signing.keyring import new_key
from eventdesk.signing.revoked import sign_list
from eventdesk.storage.meaning import TicketMeaning
from sync.server.database import Database
from sync.server.store.logs import SqlLogs
from tests.replication.store.given import LOG, NOW, Desk, Node, sqlite_url

KEY = new_key()
PUBLIC = b64encode(KEY.public).decode()
LIST = sign_list(revocations(LOG, 1, ["t"]), KEY.private, KEY.id)


class TicketNode(Node):
    def open(self) -> None:
        self.database = Database.open(self.url)
        self.logs = SqlLogs(self.database, TicketMeaning(), self.keys, now_ms=lambda: NOW)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[TicketNode]:
    node = TicketNode(sqlite_url(tmp_path))
    yield node
    node.close()


def withheld(node: TicketNode, desk: Desk) -> list[str]:
    node.push(desk)
    return [one.fact.kind for one in node.do(node.logs.quarantine(LOG, 0, 10))]


def test_a_door_s_key_and_list_land_in_quarantine(node: TicketNode) -> None:
    door = Desk("door", ["door"])
    door.write(Kind.TICKET_KEY_DEFINED, KEY.id, public_key=PUBLIC)
    door.write(Kind.REVOCATIONS_SIGNED, LOG, number=1, list=LIST)
    assert withheld(node, door) == [Kind.TICKET_KEY_DEFINED, Kind.REVOCATIONS_SIGNED]


def test_a_box_office_defines_its_key_and_lists_but_removes_none(node: TicketNode) -> None:
    office = Desk("office", ["box_office"])
    office.write(Kind.TICKET_KEY_DEFINED, KEY.id, public_key=PUBLIC)
    office.write(Kind.REVOCATIONS_SIGNED, LOG, number=1, list=LIST)
    assert withheld(node, office) == []
    office.write(Kind.TICKET_KEY_DEFINED, KEY.id, removed=True)
    office.write(Kind.TICKET_KEY_DEFINED, KEY.id, public_key=PUBLIC, removed=False)
    assert withheld(node, office) == [Kind.TICKET_KEY_DEFINED] * 2


def test_an_organizer_removes_any(node: TicketNode) -> None:
    organizer = Desk("organizer", ["organizer"])
    organizer.write(Kind.TICKET_KEY_DEFINED, KEY.id, removed=True)
    assert withheld(node, organizer) == []
