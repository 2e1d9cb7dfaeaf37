"""What the driver binds by another type is stored as if it had been bound by its own."""

from contextlib import closing

import pytest

from sync.driver import dbapi2
from sync.wire import State


@pytest.mark.parametrize(
    ("value", "kind", "stored"),
    [
        (b"\0\xff", "blob", b"\0\xff"),
        (b"", "blob", b""),
        (None, "null", None),
        (True, "integer", 1),
        (State.WITHHELD, "integer", 2),
        ("text", "text", "text"),
    ],
)
def test_it_is_stored_as_what_it_is(value: object, kind: str, stored: object) -> None:
    with closing(dbapi2.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (v)")
        connection.execute("INSERT INTO t VALUES (?)", (value,))
        found = connection.execute("SELECT typeof(v), v FROM t WHERE v IS ?", (value,)).fetchone()
    assert found == (kind, stored)
    assert type(found[1]) is type(stored)
