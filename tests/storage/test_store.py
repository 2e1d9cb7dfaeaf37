"""What is written is read again; what fails leaves nothing."""

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.stamps import Stamp
from eventdesk.errors import StorageError
from eventdesk.storage.store import Store
from tests.storage.conftest import OpenStore
from tests.storage.made import LIST, LOG, entry, guests, order, setup, ticket


def test_facts_are_numbered_and_stamped_in_order(event: Store) -> None:
    with event.transaction() as tx:
        facts = tx.append(LOG, [order("o1"), ticket("t1")])
    assert [fact.seq for fact in facts] == [len(setup()) + 1, len(setup()) + 2]
    assert facts[0].stamp < facts[1].stamp
    assert facts[1].desk == "desk1"


def test_each_log_has_numbers_of_its_own(store: Store) -> None:
    with store.transaction() as tx:
        tx.append("a", setup("a"))
        assert tx.append("b", setup("b"))[0].seq == 1


def test_an_admission_is_there_after_reopening(open_store: OpenStore) -> None:
    first = open_store()
    with first.transaction() as tx:
        tx.append(LOG, [*setup(), order("o1"), ticket("t1")])
        [fact] = tx.append(LOG, [entry("t1")])
    first.close()
    again = open_store()
    with again.reader() as reader:
        found = reader.presented(LOG, "secret-t1").ticket
    assert found is not None
    assert [one.id for one in found.admissions] == [fact.id]


def test_the_clock_never_goes_back_behind_the_log(open_store: OpenStore) -> None:
    first = open_store()
    with first.transaction() as tx:
        last = tx.append(LOG, setup())[-1].stamp
    path, key = first.path, first.key
    first.close()
    with Store.open(path, key, "desk1", lambda: 5) as late, late.transaction() as tx:
        [fact] = tx.append(LOG, [order("o1")])
    assert fact.stamp > last


def test_an_exception_undoes_all_of_the_transaction(event: Store) -> None:
    def failing() -> None:
        with event.transaction() as tx:
            tx.append(LOG, [order("o1"), ticket("t1"), entry("t1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with event.transaction() as tx:
        assert tx.ticket(LOG, "t1") is None
        assert tx.figures(LOG, LIST).expected == 0
        assert tx.append(LOG, [order("o1")])[0].seq == len(setup()) + 1


def test_a_malformed_payload_is_refused_and_names_the_member(event: Store) -> None:
    with pytest.raises(BadPayload, match="`secret`"), event.transaction() as tx:
        tx.append(LOG, [order("o1"), Draft(Kind.TICKET_ISSUED, "t1", {"order": "o1", "product": "entry"})])
    with event.reader() as reader:
        assert reader.facts(LOG, "o1") == []


def test_a_line_break_in_an_id_is_refused(event: Store) -> None:
    with pytest.raises(ValueError, match="line break"), event.transaction() as tx:
        tx.append(LOG, [order("o\n1")])


def test_a_transaction_within_a_transaction_is_a_bug_and_says_so(event: Store) -> None:
    with event.transaction() as tx:
        with pytest.raises(RuntimeError), event.transaction():
            pass
        tx.append(LOG, [order("o1")])
    with event.reader() as reader:
        assert len(reader.facts(LOG, "o1")) == 1


def test_a_reader_keeps_its_view_and_never_blocks_the_writer(event: Store) -> None:
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 0
        with event.transaction() as tx:
            tx.append(LOG, list(guests(3)))
        assert reader.guest_count(LOG) == 0
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 3


def test_a_reader_can_not_write(event: Store) -> None:
    with pytest.raises(StorageError, match="only be read"), event.reader() as reader:
        reader.settings.put("theme", "dark")


def test_two_stores_on_one_file_continue_one_chain(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    with one.transaction() as tx:
        tx.append(LOG, setup())
    with other.transaction() as tx:
        [fact] = tx.append(LOG, [order("o1")])
    with one.transaction() as tx:
        [after] = tx.append(LOG, [ticket("t1")])
    assert (fact.seq, after.seq) == (len(setup()) + 1, len(setup()) + 2)
    assert isinstance(after.stamp, Stamp)
    assert after.stamp > fact.stamp


def test_settings_keep_what_json_can_say(store: Store) -> None:
    with store.transaction() as tx:
        tx.settings.put("camera", {"source": 1, "mirrored": True})
        tx.settings.put("camera", {"source": 2})
        tx.settings.put("name", "Ünï")
        assert tx.settings.get("missing", 5) == 5
    with store.reader() as reader:
        assert reader.settings.everything() == {"camera": {"source": 2}, "name": "Ünï"}
