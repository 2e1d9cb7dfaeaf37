"""What pretix says, in our terms: pure functions, without a server."""

import base64
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.badges import layout as badges
from eventdesk.bridges.pretix import comparing, unmapped
from eventdesk.bridges.pretix.api import Answer
from eventdesk.bridges.pretix.cursor import overlapping
from eventdesk.bridges.pretix.mapping import catalogue, layouts
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.mapping.orders import Ordered, Pass
from eventdesk.bridges.pretix.paging import newer
from eventdesk.domain.definitions import TicketKey, ticket_key_from
from eventdesk.domain.facts import Kind
from eventdesk.domain.tickets import Direction
from eventdesk.signing import pretix_sig1
from eventdesk.storage.store import Store
from tests.storage.made import KEY as STORE_KEY

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = TicketKey("00", PUBLIC, scheme="pretix_sig1")


def field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, bytes):
        return bytes([number << 3 | 2, len(value)]) + value
    rest, found = value, bytearray([number << 3])
    while rest > 0x7F:
        found.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([*found, rest])


def code(payload: bytes, private: Ed25519PrivateKey = PRIVATE) -> str:
    signature = private.sign(payload)
    raw = b"\x01" + len(payload).to_bytes(2, "big") + len(signature).to_bytes(2, "big") + payload + signature
    return base64.b64encode(raw).decode()[::-1]


PAYLOAD = field(1, b"abcdefghi") + field(2, 4711) + field(3, 12) + field(5, 1_800_000_000)


def test_a_signed_code_says_what_it_is_for() -> None:
    found = pretix_sig1.verify(code(PAYLOAD), [KEY])
    assert found is not None
    assert (found.seed, found.item, found.variation, found.subevent) == ("abcdefghi", 4711, 12, None)
    assert found.valid_from == datetime.fromtimestamp(1_800_000_000, UTC)
    assert found.valid_until is None


def test_two_servers_and_two_events_share_a_database(tmp_path: Path) -> None:
    """They count orders, positions and check-ins alike."""
    events = [
        ("https://a.example", "o", "e"),
        ("https://b.example", "o", "e"),
        ("https://a.example", "o", "f"),
    ]
    events += [("https://a.example", "o-e", "f"), ("https://a.example", "o", "e-f")]
    logs = [log_of(*one) for one in events]
    assert len(set(logs)) == 5
    assert log_of("http://A.example:8345/", "o", "e") == logs[0]
    position = {"secret": "s", "product": "px-i1", "answers": {}}
    ordered = Ordered(
        "px-oABC",
        {"code": "ABC", "status": "paid"},
        {"px-p1": {**position, "order": "px-oABC"}},
        (Pass(7, "px-p1", "px-l1", "2026-06-10T10:00:00Z", Direction.ENTRY),),
    )
    with Store.open(tmp_path / "desk.db", STORE_KEY, "desk1") as store, store.transaction() as tx:
        for log in logs:
            tx.append(log, comparing.ordered(tx, log, ordered, frozenset()))
            assert comparing.ordered(tx, log, ordered, frozenset()) == []
        assert [len(tx.facts(log, "px-p1", Kind.ADMITTED)) for log in logs] == [1] * 5


def test_other_keys_schemes_and_spellings_are_refused() -> None:
    good = code(PAYLOAD)
    assert pretix_sig1.verify(good, []) is None
    assert pretix_sig1.verify(good, [TicketKey("00", PUBLIC)]) is None
    assert pretix_sig1.verify(code(PAYLOAD, Ed25519PrivateKey.generate()), [KEY]) is None
    for other in ("", "A", f"{good}=", f"={good}", f"{good}A", good[::-1], good + " ", "ED1:ABC", "x" * 5000):
        assert pretix_sig1.verify(other, [KEY]) is None
    for payload in (
        b"",
        field(1, 5),
        field(2, b"x"),
        b"\x15abcd",
        PAYLOAD[:-1],
        field(1, b"\xff") + field(2, 1),
    ):
        assert pretix_sig1.verify(code(payload), [KEY]) is None


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode()[::-1]))
def test_whatever_is_held_up_is_answered(text: str) -> None:
    assert pretix_sig1.verify(text, [KEY]) is None


@given(st.integers(0, 10_000))
def test_a_changed_letter_is_no_longer_signed(at: int) -> None:
    good = code(PAYLOAD)
    at %= len(good)
    changed = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
    assert pretix_sig1.verify(changed, [KEY]) is None


def test_the_keys_of_an_event() -> None:
    pem = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    event = {"valid_keys": {"pretix_sig1": [base64.b64encode(pem).decode()]}}
    [public] = catalogue.signing_keys(event)
    assert public == PUBLIC
    wanted = catalogue.key(public)
    key = ticket_key_from(wanted.subject, wanted.members)
    assert (key.public_key, key.scheme) == (PUBLIC, "pretix_sig1")
    assert catalogue.signing_keys({"valid_keys": {}}) == catalogue.signing_keys({}) == []


LAYOUT: dict[str, Any] = {
    "id": 3,
    "name": "Badge",
    "default": True,
    "background": "",
    "layout": [
        {
            "type": "textarea",
            "left": "13.09",
            "bottom": "49.73",
            "fontsize": "23.6",
            "color": [200, 0, 0, 1],
            "fontfamily": "Open Sans",
            "bold": True,
            "italic": False,
            "width": "121.83",
            "content": "attendee_name",
            "text": "Max",
            "align": "center",
        },
        {
            "type": "textcontainer",
            "left": "10",
            "bottom": "20",
            "fontsize": "12",
            "color": [0, 0, 0, 1],
            "width": "60",
            "height": "10",
            "content": "other_i18n",
            "text_i18n": {"en": "{order} at {event_location} {1}", "de": "Platz {seat}"},
            "align": "left",
            "verticalalign": "bottom",
            "rotation": 90,
        },
        {"type": "barcodearea", "left": "100", "bottom": "5", "size": "30", "content": "secret"},
        {"type": "poweredby", "left": "1", "bottom": "1", "size": "20", "content": "dark"},
        {
            "type": "textarea",
            "left": "1",
            "bottom": "1",
            "fontsize": "8",
            "width": "9",
            "content": "meta:hall",
        },
    ],
}


def test_a_badge_layout_is_one_of_ours() -> None:
    wanted, told = layouts.layout(LAYOUT, layouts.Backgrounds(), "en")
    assert wanted is not None
    made = badges.parse(wanted.members)
    assert (made.page.width, made.page.height) == layouts.PAGE_MM
    name, text, qr = wanted.members["elements"]
    assert (name["content"], name["color"], name["align"], name["bold"]) == (
        "{name}",
        "#C80000",
        "center",
        True,
    )
    assert text["content"] == "{order} at  "
    assert qr["content"] == "{code}"
    assert [sentence.partition("“")[2].rpartition("“")[2].partition("”")[0] for sentence in told] == [
        "event_location",
        "1",
        "meta:hall",
    ]


def test_a_layout_without_anything_known_is_none() -> None:
    row = {**LAYOUT, "layout": LAYOUT["layout"][-1:]}
    assert layouts.layout(row, layouts.Backgrounds(), "en")[0] is None


def test_the_size_of_a_page() -> None:
    box = b"<< /Type /Page /MediaBox [0 0 419.53 297.64] >>"
    packed = b"1 0 obj <<>> stream\n" + zlib.compress(box) + b"\nendstream"
    for pdf in (box, packed):
        size = layouts.page_size(pdf)
        assert size is not None
        assert size == pytest.approx((148, 105), abs=0.1)
    assert layouts.page_size(b"stream\nno\nendstream /MediaBox [0 0 0 0]") is None


def test_items_take_their_own_layout_else_the_default_one() -> None:
    of = layouts.Assigned({1: "px-b1", 2: "", 3: "px-b9"}, "px-b1", {"px-b1"})
    assert [of[item] for item in (1, 2, 3, 4)] == ["px-b1", "", "", "px-b1"]


def test_what_is_left_is_shared_with_the_shop() -> None:
    assert [catalogue.left_here(left, 20) for left in (0, 1, 2, 3, 40, 100)] == [0, 1, 1, 2, 20, 80]
    row = {"id": 1, "name": "Seats", "size": 100, "items": [1], "subevent": 7, "available_number": 30}
    assert catalogue.quota(row, 5).members["size"] == 35
    assert catalogue.quota(row, 5).members["session"] == "px-s7"
    assert catalogue.quota({**row, "size": None, "available_number": None}, 5).members["size"] is None
    assert catalogue.quota({**row, "available_number": 0}, 5).members["size"] == 5


def test_what_is_not_represented_is_named() -> None:
    item: dict[str, Any] = {
        "internal_name": None,
        "name": {"en": "Season"},
        "variations": [],
        "require_membership": True,
        "bundles": [{}],
        "require_voucher": True,
        "max_per_order": 2,
        "min_per_order": None,
    }
    told = [*unmapped.of_item(item, "en")]
    assert len(told) == 4
    assert all("Season" in one for one in told)
    rules = {"name": "Hall", "rules": {"teleport": [1, 2]}}
    assert all("Hall" in one for one in unmapped.of_list(rules))
    assert [*unmapped.of_list(rules)]
    assert not [*unmapped.of_list({"name": "Hall", "rules": {">": [{"var": "entries_number"}, 3]}})]
    asked = {"question": {"en": "Passport"}, "type": "F", "ask_during_checkin": True}
    assert "Passport" in next(unmapped.of_question(asked, "en"))
    assert not [*unmapped.of_question({**asked, "type": "S"}, "en")]
    assert "Passport" in next(unmapped.of_question({**asked, "type": "QQ"}, "en"))


class Moving:
    """Rows by when they were touched, of which one is touched between any two pages."""

    def __init__(self, rows: int) -> None:
        self.rows = {number: f"2026-01-01T00:{number:04d}" for number in range(rows)}
        self.clock = rows
        self.begun = dict(self.rows)

    def get(self, _path: str, params: dict[str, Any]) -> Answer:
        found = sorted((at, number) for number, at in self.rows.items() if at >= params.get("since", ""))
        first = (params["page"] - 1) * 50
        page = [{"id": number, "at": at} for at, number in found[first : first + 50]]
        if self.clock < 400:
            self.clock += 1
            self.rows[min(self.rows, key=lambda one: self.rows[one])] = f"2026-01-01T00:{self.clock:04d}"
        following = "more" if len(found) > first + 50 else None
        return Answer(200, {"count": len(found), "next": following, "results": page}, {})


def test_a_row_that_moves_while_pages_are_read_hides_no_other() -> None:
    api: Any = Moving(180)
    seen = {row["id"] for page in newer(api, "", {}, "", "since", "at") for row in page.rows}
    assert seen == set(api.begun)


def test_rows_of_one_moment_are_all_seen() -> None:
    api: Any = Moving(130)
    api.rows = dict.fromkeys(api.rows, "2026-01-01T00:0000")
    api.clock = 1_000
    seen = [row["id"] for page in newer(api, "", {}, "", "since", "at") for row in page.rows]
    assert sorted(set(seen)) == list(range(130))


def test_a_fresh_change_is_no_reason_for_not_modified() -> None:
    old, now = "Sat, 21 Nov 2026 06:39:10 GMT", "Sat, 21 Nov 2026 06:41:00 GMT"
    assert Answer(200, None, {"last-modified": old, "date": now}).modified == old
    assert Answer(200, None, {"last-modified": old, "date": old}).modified == ""
    assert Answer(200, None, {"date": now}).modified == ""
    assert Answer(200, None, {"date": now}).served == "2026-11-21T06:41:00+00:00"


def test_the_next_question_reaches_back() -> None:
    assert overlapping("2026-11-21T07:39:28+01:00") == "2026-11-21T07:38:28+01:00"
    assert overlapping("") == ""
