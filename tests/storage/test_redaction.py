"""Redaction: the data is gone from every table, the chain holds, and guesses prove nothing."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.fold import undo
from eventdesk.storage.log import encode
from eventdesk.storage.store import Store
from eventdesk.storage.verification import examine
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, entry, guests, order, ticket

SECRETS = ["Wilhelmina", "Zauberhaft", "w@private.example", "Peanut allergy", "Geheimrat"]


@pytest.fixture
def redacted(event: Store) -> Store:
    person = {"name": "Wilhelmina Zauberhaft", "email": "w@private.example"}
    now = datetime(2026, 6, 10, tzinfo=UTC)
    badge = BadgeContents("t99", "Wilhelmina Zauberhaft")
    job = BadgeJob("j1", LOG, "t99", "l", badge, "p", JobState.PRINTED, now, now)
    with event.transaction() as tx:
        tx.append(
            LOG, [*guests(2), order("o99", **person), ticket("t99", "o99", notes="Peanut allergy", **person)]
        )
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "t99", {"name": "Geheimrat", "seat": "A1"}), entry("t99")])
        tx.append(
            LOG, [Draft(Kind.QUESTION_ANSWERED, "t99", {"question": "diet", "answer": "Peanut allergy"})]
        )
        tx.jobs.add(job)
        assert tx.redact_order(LOG, "o99") == 4
    return event


def test_the_chain_and_the_tables_hold_and_the_number_is_told(redacted: Store) -> None:
    findings = examine(redacted)
    assert findings.differences == []
    assert findings.redacted == 4


def test_nothing_personal_is_left_in_any_table(redacted: Store) -> None:
    with redacted.reader() as reader:
        tables = reader._execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall()
        content = "".join(repr(reader._execute(f"SELECT * FROM {name}").fetchall()) for (name,) in tables)
        words = repr(reader._execute("SELECT term FROM search_vocabulary").fetchall())
    assert [secret for secret in SECRETS if secret in content] == []
    assert [secret for secret in SECRETS if secret.lower() in words] == []


def test_what_the_door_needs_stays(redacted: Store) -> None:
    with redacted.reader() as reader:
        found = reader.presented(LOG, "secret-t99").ticket
        others = reader.ticket(LOG, "t1")
        assert reader.search(LOG, "wilhelmina").hits == ()
    assert found is not None
    assert (found.name, found.seat, len(found.admissions), found.answers) == ("", "A1", 1, {})
    assert others is not None
    assert others.name == "Guest Number1"


def test_a_guess_can_not_be_tested_against_the_digest(redacted: Store) -> None:
    guess = encode({"name": "Geheimrat", "seat": "A1"})
    with redacted.reader() as reader:
        query = "SELECT salt, payload_digest FROM facts WHERE kind = 'ticket_changed'"
        salt, digest = reader._execute(query).fetchone()
    assert salt == b""
    assert sha256(salt + guess).digest() != digest


def test_redacting_again_finds_nothing(redacted: Store) -> None:
    with redacted.transaction() as tx:
        assert tx.redact_order(LOG, "o99") == 0


def test_words_about_a_guest_go_too_and_what_they_settled_stays_settled(
    event: Store, open_store: OpenStore
) -> None:
    about = "Wilhelmina Zauberhaft came with her twin"
    other = open_store("other.db", "desk2")
    with event.transaction() as tx:
        tx.append(LOG, [order("o99"), ticket("t99", "o99")])
    with event.reader() as reader, other.transaction() as tx:
        tx.receive(reader.unsent(LOG, "desk1", 0, 1000))
        tx.append(LOG, [entry("t99")])
    with event.transaction() as tx:
        gone = tx.append(LOG, [entry("t99"), entry("t99", forced=True, reason=about)])[1]
        tx.append(LOG, [undo("t99", gone.id, about)])
    with other.reader() as reader, event.transaction() as tx:
        tx.receive(reader.unsent(LOG, "desk2", 0, 1000))
    with event.reader() as reader:
        (conflict,) = reader.conflicts(LOG)
    with event.transaction() as tx:
        tx.append(LOG, [Draft(Kind.CONFLICT_SETTLED, "t99", {"conflict": conflict.id, "word": about})])
        tx.append(LOG, [Draft(Kind.GUEST_ERASED, "o99", {"tickets": ["t99"]})])
    test_nothing_personal_is_left_in_any_table(event)
    with event.reader() as reader:
        assert reader.conflicts(LOG) == []
        assert [one.word for one in reader.conflicts(LOG, settled=True)] == ["-"]
        found = reader.ticket(LOG, "t99")
    assert found is not None
    assert {(one.desk, one.forced) for one in found.admissions} == {("desk1", False), ("desk2", False)}
    assert examine(event).differences == []
