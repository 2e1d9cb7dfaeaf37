"""Random bytes of a closed file are changed: each change is noticed at opening, none is read as truth."""

import random
from pathlib import Path

import pytest

from eventdesk.errors import StorageError
from eventdesk.storage.store import Store
from tests.storage.made import KEY, LOG, guests


def corrupted(content: bytes, chance: random.Random) -> bytes:
    """One bit, some bytes, a hole or a swap of two pages."""
    changed = bytearray(content)
    at = chance.randrange(len(content))
    how = chance.randrange(4)
    if how == 0:
        changed[at] ^= 1 << chance.randrange(8)
    elif how == 1:
        changed[at : at + 16] = chance.randbytes(len(changed[at : at + 16]))
    elif how == 2:
        changed[at : at + 600] = bytes(len(changed[at : at + 600]))
    else:
        one, other = chance.sample(range(len(content) // 4096), 2)
        for here, there in ((one, other), (other, one)):
            changed[here * 4096 : here * 4096 + 4096] = content[there * 4096 : there * 4096 + 4096]
    return bytes(changed)


def check(store: Store, seeds: range) -> None:
    with store.transaction() as tx:
        tx.append_bulk(LOG, guests(300), lambda _done: None)
    store.close()
    path: Path = store.path
    content = path.read_bytes()
    for seed in seeds:
        path.write_bytes(corrupted(content, random.Random(seed)))
        with pytest.raises(StorageError):
            Store.open(path, KEY, "desk1")
    path.write_bytes(content)
    Store.open(path, KEY, "desk1").close()


def test_random_corruption_is_noticed(event: Store) -> None:
    check(event, range(40))


@pytest.mark.long
def test_much_random_corruption_is_noticed(event: Store) -> None:
    check(event, range(1000, 3000))
