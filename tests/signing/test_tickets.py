"""Signed tickets: what was signed has one text, and nothing else is taken."""

import timeit
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import base45
import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.definitions import TicketKey
from eventdesk.domain.signed import SignedTicket, mark
from eventdesk.signing.errors import CHANGED, FORGED, FUTURE, KEY_TIME, UNKNOWN_KEY, NotTrusted
from eventdesk.signing.keyring import Keyring, new_key
from eventdesk.signing.tickets import PREFIX, is_signed, issue, verify
from tests.signing.made import (
    EVENT,
    ISSUED,
    KEY,
    KEY_ID,
    KEYS,
    PAYLOAD,
    PRIVATE,
    PROTECTED,
    PUBLIC,
    TICKET,
    canonical,
    signed,
    tagged,
    text_of,
)

TEXT = issue(TICKET, PRIVATE, KEY_ID)
DATA = base45.b45decode(TEXT[len(PREFIX) :])
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def refused(text: str, keys: Keyring = KEYS, now: datetime = ISSUED) -> NotTrusted:
    with pytest.raises(NotTrusted) as caught:
        verify(text, keys, now)
    return caught.value


def test_what_was_issued_is_read_again() -> None:
    assert is_signed(TEXT)
    assert verify(TEXT, KEYS, ISSUED) == TICKET
    assert tagged(signed()) == TEXT


def test_it_fits_a_qr_code_of_version_7() -> None:
    assert len(TEXT) <= 178  # alphanumeric, level M
    assert set(TEXT) <= set(ALPHABET)
    whole = replace(
        TICKET, variation=mark("v"), session=mark("s"), valid_from=ISSUED, valid_until=ISSUED + timedelta(1)
    )
    assert len(issue(whole, PRIVATE, KEY_ID)) <= 224  # level L


def test_a_check_takes_less_than_half_a_millisecond() -> None:
    best = min(timeit.repeat(lambda: verify(TEXT, KEYS, ISSUED), number=50, repeat=5)) / 50
    assert best < 0.5e-3, f"{best * 1e3:.2f} ms"


def test_every_flipped_bit_is_refused() -> None:
    for bit in range(len(DATA) * 8):
        flipped = bytearray(DATA)
        flipped[bit // 8] ^= 1 << bit % 8
        refused(text_of(bytes(flipped)))


def test_every_changed_letter_is_refused() -> None:
    for place, letter in enumerate(TEXT):
        for other in set(ALPHABET + letter.lower()) - {letter}:
            refused(TEXT[:place] + other + TEXT[place + 1 :])


def test_every_letter_left_out_or_put_in_is_refused() -> None:
    for place in range(len(TEXT) + 1):
        if place < len(TEXT):
            refused(TEXT[:place] + TEXT[place + 1 :])
        for more in (" ", "0", "\n", "\t", "\u200b"):
            refused(TEXT[:place] + more + TEXT[place:])


@pytest.mark.parametrize(
    "text",
    [
        "",
        PREFIX,
        TEXT.lower(),
        TEXT.removeprefix(PREFIX),
        TEXT.replace("ED1:", "ED2:"),
        f" {TEXT}",
        f"{TEXT}\n",
        f"{TEXT}\0",
        TEXT + TEXT,
        TEXT.replace("0", "\uff10"),
        PREFIX + "\ud800",
        PREFIX + "0" * 100_000,
        text_of(b""),
        text_of(DATA + b"\0"),
        text_of(DATA[:-1]),
    ],
)
def test_other_texts_of_the_same_are_refused(text: str) -> None:
    assert refused(text).words == CHANGED


def wide(value: int) -> bytes:
    """A number in eight bytes, where fewer would do."""
    return b"\x1b" + value.to_bytes(8, "big")


def payload_with(**changes: Any) -> bytes:
    members = PAYLOAD | {int(key[1:]): value for key, value in changes.items()}
    return canonical({key: value for key, value in members.items() if value is not None})


INNER = canonical(PAYLOAD)
UNCANONICAL = {
    "members in another order": cbor2.dumps(dict(reversed(PAYLOAD.items()))),
    "a number too wide": INNER[: INNER.index(b"\x03\x1a") + 1] + wide(PAYLOAD[3]),
    "a map without a length": b"\xbf" + INNER[1:] + b"\xff",
    "a member twice": b"\xa4" + INNER[1:] + b"\x02" + canonical(PAYLOAD[2]),
    "more behind it": INNER + b"\xf6",
}


@pytest.mark.parametrize("content", UNCANONICAL.values(), ids=UNCANONICAL)
def test_truly_signed_but_not_deterministic_is_refused(content: bytes) -> None:
    assert refused(tagged(signed(content))).words == CHANGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        canonical([1]),
        canonical({}),
        payload_with(_1=None),
        payload_with(_2=None),
        payload_with(_3=None),
        payload_with(_8=1),
        payload_with(_0=1),
        payload_with(_1=b"short"),
        payload_with(_1=TICKET.ticket),  # a text where 16 bytes say it
        payload_with(_1=""),
        payload_with(_1="x" * 200),
        payload_with(_1=7),
        payload_with(_2=b"12345"),
        payload_with(_2="abcd"),
        payload_with(_4=None, _5=b""),
        payload_with(_3=True),
        payload_with(_3=-1),
        payload_with(_3=1.5),
        payload_with(_3=1 << 34),
        payload_with(_3=1 << 80),
        payload_with(_6="2026-06-10"),
        canonical({**PAYLOAD, "x": 1}),
        canonical({**{key: PAYLOAD[key] for key in (2, 3)}, True: PAYLOAD[1]}),
    ],
)
def test_truly_signed_but_malformed_is_refused(content: bytes) -> None:
    assert refused(tagged(signed(content))).words == CHANGED


def test_null_is_no_absent_member() -> None:
    assert refused(tagged(signed(canonical({**PAYLOAD, 4: None})))).words == CHANGED


@pytest.mark.parametrize(
    "protected",
    [
        {},
        {1: -8},
        {4: PROTECTED[4]},
        {1: -7, 4: PROTECTED[4]},
        {1: -8.0, 4: PROTECTED[4]},
        {1: -8, 4: KEY_ID},
        {1: -8, 4: b""},
        {1: -8, 4: b"x" * 33},
        {1: -8, 4: PROTECTED[4], 3: 0},
        {1: -8, 4: PROTECTED[4], 2: [42]},
        {True: -8, 4: PROTECTED[4]},
        [1, -8],
        7,
    ],
)
def test_other_headers_are_refused(protected: Any) -> None:
    assert refused(tagged(signed(protected=canonical(protected)))).words == CHANGED


def test_other_envelopes_are_refused() -> None:
    protected, _, content, signature = signed()
    others = [
        text_of(canonical([protected, {}, content, signature])),
        tagged(signed(), tag=98),
        tagged([protected, {4: PROTECTED[4]}, content, signature]),
        tagged([protected, {}, content, signature, b""]),
        tagged([protected, {}, content]),
        tagged([protected, {}, None, signature]),
        tagged([protected, {}, content, signature[:-1]]),
        tagged([protected, {}, content, signature + b"\0"]),
        tagged([b"", PROTECTED, content, signature]),
        tagged({1: 2}),
        tagged(cbor2.CBORTag(18, signed())),
        text_of(b"\x9f" + canonical(cbor2.CBORTag(18, signed()))[2:] + b"\xff"),
    ]
    for text in others:
        assert refused(text).words == CHANGED


def test_another_s_signature_and_another_event_s_are_refused() -> None:
    other = new_key()
    assert refused(tagged(signed(private=other.private))).words == FORGED
    assert refused(issue(TICKET, other.private, other.id)).words == UNKNOWN_KEY
    elsewhere = issue(replace(TICKET, event="other"), PRIVATE, KEY_ID)
    assert refused(elsewhere).words == FORGED
    assert verify(elsewhere, Keyring({EVENT: [KEY], "other": [KEY]}), ISSUED).event == "other"


def test_a_list_of_revoked_tickets_is_no_ticket_even_where_it_says_the_same() -> None:
    assert refused(tagged(signed(context=b"eventdesk revocations 1\nfair2026"))).words == FORGED


def test_a_signature_has_no_second_form() -> None:
    """Adding the group's order to the signature's number makes another that lax checks take."""
    order = (1 << 252) + 27742317777372353535851937790883648493
    protected, _, content, signature = signed()
    number = int.from_bytes(signature[32:], "little") + order
    second = signature[:32] + number.to_bytes(32, "little")
    assert refused(tagged([protected, {}, content, second])).words == FORGED


def test_keys_change_in_mid_event() -> None:
    new, noon = new_key(), ISSUED + timedelta(hours=2)
    both = Keyring({EVENT: [replace(KEY, ends=noon), TicketKey(new.id, new.public, begins=noon)]})
    later = replace(TICKET, issued=noon + timedelta(hours=1))
    now = later.issued
    assert verify(TEXT, both, now) == TICKET  # sold before, good after
    assert verify(issue(later, new.private, new.id), both, now) == later
    assert refused(issue(later, PRIVATE, KEY_ID), both, now).words == KEY_TIME
    assert refused(issue(TICKET, new.private, new.id), both, now).words == KEY_TIME
    assert refused(TEXT, Keyring({EVENT: [TicketKey(new.id, new.public)]}), now).words == UNKNOWN_KEY


def test_a_ticket_of_the_future_is_refused_but_clocks_may_differ_by_some_hours() -> None:
    assert verify(TEXT, KEYS, ISSUED - timedelta(hours=23)) == TICKET
    assert refused(TEXT, KEYS, ISSUED - timedelta(hours=25)).words == FUTURE


def test_malformed_keys_sign_nothing() -> None:
    ring = Keyring({EVENT: [TicketKey("no hex", PUBLIC), TicketKey(KEY_ID, b"short"), KEY]})
    assert verify(TEXT, ring, ISSUED) == TICKET


def test_a_ticket_that_would_not_be_read_again_is_not_issued() -> None:
    for bad in (
        replace(TICKET, ticket=""),
        replace(TICKET, product=b"long mark"),
        replace(TICKET, issued=ISSUED.replace(microsecond=5)),
        replace(TICKET, issued=datetime(1960, 1, 1, tzinfo=UTC)),
    ):
        with pytest.raises(ValueError, match=r"can't be signed|damaged"):
            issue(bad, PRIVATE, KEY_ID)


_seconds = st.integers(0, (1 << 34) - 1).map(lambda second: datetime.fromtimestamp(second, UTC))
_marks = st.binary(min_size=4, max_size=4)
tickets = st.builds(
    SignedTicket,
    st.one_of(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
        st.uuids().map(lambda one: one.hex),
        st.uuids().map(lambda one: one.hex.upper()),
    ),
    st.just(EVENT),
    _marks,
    _seconds,
    st.none() | _marks,
    st.none() | _marks,
    st.none() | _seconds,
    st.none() | _seconds,
)


@given(tickets)
def test_any_ticket_is_read_as_it_was_issued(ticket: SignedTicket) -> None:
    text = issue(ticket, PRIVATE, KEY_ID)
    assert verify(text, KEYS, ticket.issued) == ticket
    refused(text.lower())
    refused(f"{text} ")


@given(st.binary(max_size=150))
def test_rubbish_is_refused_in_words(data: bytes) -> None:
    assert str(refused(text_of(data)).words)
    assert str(refused(tagged(signed(content=data))).words)
    assert str(refused(tagged(signed(protected=data))).words)


@given(st.data())
def test_mixed_up_tickets_are_refused(data: st.DataObject) -> None:
    changed = bytearray(DATA)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        piece = data.draw(st.binary(max_size=3))
        changed[place : place + data.draw(st.integers(0, 3))] = piece
    if bytes(changed) != DATA:
        refused(text_of(bytes(changed)))


@given(st.text(max_size=60))
def test_any_text_behind_the_prefix_is_refused(text: str) -> None:
    refused(PREFIX + text)
    refused(text)
