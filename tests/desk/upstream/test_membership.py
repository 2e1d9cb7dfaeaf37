"""What a desk is paired with: a scan asks for it, and never waits for a keyring."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.desk.upstream.membership import Membership, Token
from eventdesk.storage.store import Store
from tests.desk.upstream.conftest import PATIENCE_S


class SlowKeyring:
    """Writing waits until it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, value: bytes) -> None:
        self.asked.set()
        assert self.let_go.wait(PATIENCE_S)
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", bytes(48), "d001") as opened:
        yield opened


def test_a_token_that_is_known_is_told_while_another_is_being_kept(store: Store) -> None:
    keyring = SlowKeyring()
    membership = Membership(store, keyring)
    assert not membership.token("node-1").text
    keeping = threading.Thread(target=membership.keep_token, args=("node-2", Token("new")))
    keeping.start()
    told = list[Token]()
    asking = threading.Thread(target=lambda: told.append(membership.token("node-1")))
    try:
        assert keyring.asked.wait(PATIENCE_S)
        asking.start()
        asking.join(PATIENCE_S / 2)
        assert told == [Token("")]
    finally:
        keyring.let_go.set()
        keeping.join()
        asking.join()


def test_a_token_speaks_for_the_desk_that_it_was_given_to(tmp_path: Path, store: Store) -> None:
    """A desk that was restored from a backup finds it under another id."""
    keyring = SlowKeyring()
    keyring.let_go.set()
    Membership(store, keyring).keep_token("node-1", Token("secret", 5))
    assert Membership(store, keyring).token("node-1").text == "secret"
    with Store.open(tmp_path / "restored.db", bytes(48), "d002") as restored:
        assert not Membership(restored, keyring).token("node-1").text
