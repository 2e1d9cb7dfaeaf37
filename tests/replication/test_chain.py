"""The chain over digests, as `sync/README.md` states it."""

from hashlib import sha256

import pytest

from sync.chain import GENESIS, Break, Head, Record, breaks, head_of, new_salt, seal


def sealed(head: Head = Head(), payload: bytes = b"{}", subject: str = "t1") -> Record:  # noqa: B008 - immutable
    return seal(head, "id1", "log", "admitted", subject, "0190b6c3f000-0000-a", "a", payload, b"s" * 16)


def test_the_digests_are_those_of_the_readme() -> None:
    record = sealed(payload=b'{"at":1}')
    payload = sha256(b"s" * 16 + b'{"at":1}').digest()
    envelope = b"id1\nlog\nadmitted\nt1\n0190b6c3f000-0000-a\na\n1\n"
    digest = sha256(envelope + payload).digest()
    assert (record.payload_digest, record.digest) == (payload, digest)
    assert record.chain == sha256(bytes(32) + digest).digest()
    assert bytes(32) == GENESIS


def test_a_chain_of_facts_holds() -> None:
    head = Head()
    for number in range(1, 5):
        record = sealed(head, b"%d" % number)
        assert record.seq == number
        assert breaks(head, record) == []
        head = head_of(record)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"payload": b"[]"}, [Break.PAYLOAD]),
        ({"salt": b"t" * 16}, [Break.PAYLOAD]),
        ({"subject": "t2"}, [Break.ENVELOPE]),
        ({"kind": "left"}, [Break.ENVELOPE]),
        ({"stamp": "0190b6c3f001-0000-a"}, [Break.ENVELOPE]),
        ({"desk": "b"}, [Break.ENVELOPE]),
        ({"id": "id2"}, [Break.ENVELOPE]),
        ({"log": "gol"}, [Break.ENVELOPE]),
        ({"subject": "t\n1"}, [Break.ENVELOPE]),
        ({"payload_digest": bytes(32)}, [Break.PAYLOAD, Break.ENVELOPE]),
        ({"digest": bytes(32)}, [Break.ENVELOPE, Break.CHAIN]),
        ({"chain": bytes(32)}, [Break.CHAIN]),
        ({"seq": 2}, [Break.GAP, Break.ENVELOPE]),
    ],
)
def test_every_change_breaks_it(changed: dict[str, object], found: list[Break]) -> None:
    assert breaks(Head(), sealed()._replace(**changed)) == found  # type: ignore[arg-type]


def test_a_redacted_fact_holds_without_its_payload() -> None:
    record = sealed(payload=b'{"name":"Ann"}')._replace(payload=b"{}", salt=b"", redacted=1)
    assert breaks(Head(), record) == []
    assert breaks(head_of(record), sealed(head_of(record))) == []


def test_members_of_the_envelope_can_not_run_into_each_other() -> None:
    with pytest.raises(ValueError, match="line break"):
        sealed(subject="t1\nx")


def test_salts_differ() -> None:
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(new_salt()) == 16
