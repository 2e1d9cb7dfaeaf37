"""Lists of revoked tickets: nobody makes one up, and no older one comes back."""

from typing import Any

import base45
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.signed import RevocationList, newer, revocations, revoked_mark
from eventdesk.domain.stamps import Stamp
from eventdesk.signing import cose
from eventdesk.signing.errors import CHANGED, FORGED, UNKNOWN_KEY, NotTrusted
from eventdesk.signing.keyring import Keyring, new_key
from eventdesk.signing.revoked import PREFIX, newest, read_list, sign_list
from tests.signing.made import EVENT, KEY, KEY_ID, KEYS, PRIVATE, signed, tagged

LIST = revocations(EVENT, 7, ["t1", "t2", "t3"])
TEXT = sign_list(LIST, PRIVATE, KEY_ID)
CONTEXT = b"eventdesk revocations 1\n" + EVENT.encode()


def fact(number: int, text: str | None) -> Fact:
    members = {"number": number, "list": text}
    return Fact(f"f{number}", EVENT, Kind.REVOCATIONS_SIGNED, EVENT, Stamp(1, 0, "d1"), 1, members)


def refused(text: str, keys: Keyring = KEYS) -> NotTrusted:
    with pytest.raises(NotTrusted) as caught:
        read_list(text, keys)
    return caught.value


def test_a_list_is_read_as_it_was_signed() -> None:
    assert read_list(TEXT, KEYS) == LIST
    assert [LIST.holds(ticket) for ticket in ("t1", "t3", "t4")] == [True, True, False]
    empty = revocations(EVENT, 1, [])
    assert read_list(sign_list(empty, PRIVATE, KEY_ID), KEYS) == empty


def test_every_flipped_bit_is_refused() -> None:
    data = base45.b45decode(TEXT[len(PREFIX) :])
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        refused(cose.to_text(PREFIX, bytes(flipped)))


def test_unsigned_and_foreign_lists_are_refused() -> None:
    other = new_key()
    assert refused(sign_list(LIST, other.private, KEY_ID)).words == FORGED
    assert refused(sign_list(LIST, other.private, other.id)).words == UNKNOWN_KEY
    assert refused(sign_list(RevocationList("other", 7), PRIVATE, KEY_ID)).words == FORGED
    assert refused(tagged(signed())).words == CHANGED  # a ticket
    ticket_as_list = cose.to_text(PREFIX, base45.b45decode(tagged(signed()).removeprefix("ED1:")))
    assert refused(ticket_as_list).words == FORGED


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {1: 7},
        {1: 0, 2: b""},
        {1: True, 2: b""},
        {1: "7", 2: b""},
        {1: 1 << 53, 2: b""},
        {1: 7, 2: b"seven b"},
        {1: 7, 2: "12345678"},
        {1: 7, 2: b"B" * 8 + b"A" * 8},
        {1: 7, 2: b"A" * 16},
        {1: 7, 2: b"", 3: 0},
    ],
)
def test_truly_signed_but_malformed_is_refused(payload: dict[int, Any]) -> None:
    text = cose.to_text(PREFIX, cose.sign(payload, KEY_ID, PRIVATE, CONTEXT))
    assert refused(text).words == CHANGED


def test_a_list_is_numbered_from_one() -> None:
    with pytest.raises(ValueError, match="numbered from 1"):
        sign_list(RevocationList(EVENT, 0), PRIVATE, KEY_ID)


def test_a_lower_number_never_replaces_a_higher_one() -> None:
    older = revocations(EVENT, 6, ["t1", "t2", "t3", "t4"])
    assert newer(LIST, older) == newer(older, LIST) == newer(None, LIST) == LIST
    with pytest.raises(ValueError, match="two events"):
        newer(LIST, RevocationList("other", 8))


def test_a_ticket_may_come_back_by_a_later_list() -> None:
    assert not newer(LIST, revocations(EVENT, 8, ["t2"])).holds("t1")


lists = st.builds(
    RevocationList,
    st.just(EVENT),
    st.integers(1, 4),
    st.frozensets(st.sampled_from([revoked_mark(ticket) for ticket in "abc"])),
)


@given(st.lists(lists, max_size=5), st.randoms(use_true_random=False))
def test_all_desks_choose_the_same_list_in_whatever_order_they_came(
    signed_lists: list[RevocationList], random: Any
) -> None:
    facts = [fact(one.number, sign_list(one, PRIVATE, KEY_ID)) for one in signed_lists]
    foreign = sign_list(RevocationList("other", 99), PRIVATE, KEY_ID)
    rubbish = [fact(99, TEXT[:-1]), fact(99, ""), fact(99, foreign), fact(99, TEXT), fact(98, None)]
    chosen = newest([*facts, *rubbish], KEYS, EVENT)
    random.shuffle(facts)
    assert newest(facts, KEYS, EVENT) == chosen
    assert (chosen.number if chosen else 0) == max((one.number for one in signed_lists), default=0)


def test_lists_of_another_event_at_the_same_desk_are_left_aside() -> None:
    keys = Keyring({EVENT: [KEY], "other": [KEY]})
    theirs = sign_list(revocations("other", 99, ["t9"]), PRIVATE, KEY_ID)
    assert newest([fact(99, theirs), fact(7, TEXT)], keys, EVENT) == LIST
