"""Every payload is looked at before anything is made of it: by docs/facts.md, and so that no fold breaks."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain import definitions, payloads
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import defined, fold_order, fold_ticket
from eventdesk.domain.members import BadPayload
from eventdesk.domain.personal import PERSONAL, without_personal
from eventdesk.domain.readable import FORMS, check
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till import definitions as till
from tests.domain.builders import ORDER
from tests.domain.till.payloads import TILL

PAGE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8")
AT = "2026-06-10T10:00:00Z"
KEY = "A" * 43 + "="

GOOD: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.EVENT_DEFINED, {"name": "Fair", "timezone": "Europe/Berlin", "begins": AT, "purge_after_days": 30}),
    (Kind.SESSION_DEFINED, {"name": "Day 1", "begins": AT, "ends": None}),
    (Kind.PRODUCT_DEFINED, {"name": "Adult", "variations": [{"id": "r", "name": "Red"}], "price": 1200}),
    (Kind.LIST_DEFINED, {"name": "Door", "products": ["a"], "rules": {"and": []}, "exit_all_at": AT}),
    (Kind.LIST_DEFINED, {"exit_all_at": AT}),
    (Kind.QUESTION_DEFINED, {"text": "Size?", "type": "choice", "options": [{"id": "s", "text": "S"}]}),
    (Kind.GATE_DEFINED, {"name": "North", "area": "Hall"}),
    (Kind.LAYOUT_DEFINED, {"name": "card", "page": {"width": 86, "height": 54}, "elements": []}),
    (Kind.ORDER_PLACED, {"code": "ABC", "status": "paid", "email": "ada@example.org"}),
    (Kind.ORDER_CHANGED, {"status": "canceled"}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "a", "answers": {"q": "x"}}),
    (Kind.TICKET_CHANGED, {"valid_until": AT, "name": None}),
    (Kind.SECRET_REVOKED, {"secret": "s"}),
    (Kind.MEDIUM_LINKED, {"type": "nfc_uid", "identifier": "04", "tickets": ["t"], "active": True}),
    (Kind.QUESTION_ANSWERED, {"question": "q", "answer": ""}),
    (Kind.ADMITTED, {"list": "l", "at": AT, "gate": "n", "nonce": "x", "confirmed": False, "by": "eve"}),
    (Kind.ADMITTED, {"list": "l", "at": AT, "confirmed_by": "hub"}),
    (Kind.LEFT, {"list": "l", "at": AT, "forced": True, "reason": "exit_all"}),
    (Kind.ADMISSION_REFUSED, {"list": "l", "at": AT, "direction": "entry", "reason": "unknown"}),
    (Kind.ADMISSION_UNDONE, {"admission": "f", "reason": "wrong guest"}),
    (Kind.CONFLICT_SETTLED, {"conflict": "c", "word": "twins"}),
    (Kind.BADGE_PRINTED, {"job": "j", "printer": "p", "copy": 0}),
    (Kind.GUESTS_IMPORTED, {"file": "f", "sha256": "00", "rows": 1, "created": 1, "changed": 0}),
    (
        Kind.STAFF_DEFINED,
        {"name": "Eve", "roles": ["door", "astronaut"], "pin": "$argon2id$", "card": "$argon2id$"},
    ),
    (Kind.QUOTA_DEFINED, {"name": "Seats", "size": None}),
    (Kind.QUOTA_USED, {"number": 2, "ticket": "t"}),
    (Kind.QUOTA_FREED, {"number": 1}),
    (Kind.TICKET_KEY_DEFINED, {"public_key": KEY, "from": AT}),
    (Kind.REVOCATIONS_SIGNED, {"number": 1, "list": "ED1L:..."}),
    (Kind.GUEST_ERASED, {"tickets": ["t"], "reason": "asked for it"}),
    (Kind.GUESTS_PURGED, {}),
    (Kind.ERASURE_CONFIRMED, {}),
    (
        Kind.KIOSK_DEFINED,
        {"finds": ["code", "name"], "second": ["email"], "idle": 30, "next": {"a": {"en": "B"}}},
    ),
    (Kind.DOCUMENT_DEFINED, {"name": "Waiver", "text": {"en": "At my risk"}, "drawn": False}),
    (Kind.DOCUMENT_SIGNED, {"document": "w", "text": "At my risk", "at": AT, "name": "Ada"}),
    (Kind.HELP_ASKED, {"desk": "Kiosk 1", "reason": "paper_out", "at": AT, "ticket": "t"}),
    (Kind.HELP_GIVEN, {"at": AT, "word": "new roll"}),
    (
        Kind.BRIDGE_DEFINED,
        {"system": "pretix", "address": "https://a", "organizer": "o", "event": "e", "device": 3},
    ),
    (Kind.BRIDGE_TOLD, {"desks": {"desk1": 17}}),
    (Kind.DESK_ORDERED, {"order": "lock", "at": AT, "until": AT}),
    *TILL,
]


def test_every_kind_is_looked_at() -> None:
    assert set(FORMS) == set(Kind) == {kind for kind, _ in GOOD}


@pytest.mark.parametrize(("kind", "payload"), GOOD)
def test_what_the_kinds_say_is_readable_with_members_of_a_newer_version_too(
    kind: Kind, payload: dict[str, Any]
) -> None:
    check(kind, "ab", payload)
    check(kind, "ab", {**payload, "colour": ["not", "known", "here"], "by": "eve"})


@pytest.mark.parametrize(
    ("kind", "payload", "told"),
    [
        (Kind.ADMITTED, {"at": AT}, "`list` must be there"),
        (Kind.ADMITTED, {"list": "l", "at": "soon"}, "`at` must be a moment"),
        (Kind.ADMITTED, {"list": "l", "at": "2026-06-10T10:00:00"}, "`at` must be a moment"),
        (Kind.ADMITTED, {"list": "l", "at": AT, "forced": "yes"}, "`forced` must be true or false"),
        (Kind.ADMITTED, {"list": "l", "at": AT, "by": 7}, "`by` must be a text"),
        (Kind.TICKET_CHANGED, {"secret": None}, "`secret` must be there, or not named at all"),
        (Kind.TICKET_ISSUED, {"order": "o", "secret": "s"}, "`product` must be there"),
        (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "answers": {"q": 1}}, "`answers`"),
        (Kind.TICKET_CHANGED, {"name": ["Ada"]}, "`name` must be a text"),
        (Kind.ORDER_CHANGED, {"status": "lost"}, "`status` must be one of"),
        (Kind.PRODUCT_DEFINED, {"name": "A", "price": 1 << 70}, "`price` must be a whole number"),
        (Kind.PRODUCT_DEFINED, {"name": "A", "variations": [{"id": 1}]}, "`id` must be a text"),
        (Kind.EVENT_DEFINED, {"timezone": "Mars"}, "`timezone` must be a time zone"),
        (Kind.QUOTA_USED, {"number": 0}, "`number` must be"),
        (Kind.QUOTA_DEFINED, {"name": "Q", "size": -1}, "`size` must be"),
        (Kind.STAFF_DEFINED, {"name": "Eve"}, "`roles` must be there"),
        (Kind.CONFLICT_SETTLED, {"conflict": "c", "word": " "}, "`word` must be said in words"),
        (Kind.TICKET_KEY_DEFINED, {"public_key": "AAAA"}, "`public_key` must be 32 bytes"),
        (Kind.REVOCATIONS_SIGNED, {"number": 0, "list": ""}, "`number` must be at least 1"),
        (Kind.GUEST_ERASED, {"tickets": "t"}, "`tickets` must be a list of ids"),
        (Kind.GUESTS_PURGED, [], "the payload must be an object"),
    ],
)
def test_the_member_is_named(kind: Kind, payload: Any, told: str) -> None:
    with pytest.raises(BadPayload, match=re.escape(told)) as caught:
        check(kind, "ab", payload)
    assert "Ada" not in caught.value.told


def test_a_key_is_known_by_a_hexadecimal_id() -> None:
    for subject in ("", "xyz", "abc", "AB", "ab" * 33):
        with pytest.raises(BadPayload, match="hexadecimal"):
            check(Kind.TICKET_KEY_DEFINED, subject, {"public_key": KEY})


def documented() -> dict[str, set[str]]:
    """The members of each kind as docs/facts.md has them; none for a layout, which is told elsewhere."""
    found = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 3:
            outside = re.sub(r"\[\{.*?\}\]|\{.*?\}|\([^)]*\)", "", cells[2])
            for kind in re.findall(r"`(\w+)`", cells[0]):
                found[kind] = set(re.findall(r"`(\w+)\??`", outside))
    found["order_changed"] = found["order_placed"]
    found["ticket_changed"] = found["ticket_issued"]
    found["left"] = found["admitted"]
    found["guests_purged"] = {"reason"}
    return found


_ANY = {"by", "approved", "removed"}  # of every kind


def test_the_members_are_those_of_the_page() -> None:
    told = documented()
    for kind, form in FORMS.items():
        if kind != Kind.LAYOUT_DEFINED:
            assert set(form.readers) - _ANY == told[kind] - _ANY, kind


def test_personal_members_are_those_of_the_page() -> None:
    for line in (line for line in PAGE.splitlines() if line.startswith("| `")):
        for member in re.findall(r"`(\w+)\??`[^`|]*\*\*P\*\*", line):
            kinds = re.findall(r"`(\w+)`", line.split("|")[1])
            assert all(member in PERSONAL[Kind(kind)] for kind in kinds), (line, member)
    for kind, members in PERSONAL.items():
        (line,) = (one for one in PAGE.splitlines() if re.match(rf"\|[^|]*`{kind}`[^|]*\|", one))
        if not re.search(r"any members of|as `admitted`", line):
            marked = re.findall(r"`(\w+)\??`[^`|]*\*\*P\*\*", line)
            # Of a sale's lines only what a person wrote about them.
            assert set(marked) == members - {"lines"}, kind


@pytest.mark.parametrize(("kind", "payload"), GOOD)
def test_what_is_redacted_stays_readable_and_holds_nothing_more_to_redact(
    kind: Kind, payload: dict[str, Any]
) -> None:
    everything = {**payload, **dict.fromkeys(PERSONAL.get(kind, ()), "Ada")}
    left = without_personal(kind, everything)
    if kind not in PERSONAL:
        assert left is None
    else:
        assert left is not None
        assert "Ada" not in left.values()
        check(kind, "ab", left)
        assert without_personal(kind, left) is None


_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(["", "x", AT, "paid", "Europe/Berlin", "text", "entry", KEY, "2026-06-10", "door"]),
    st.lists(st.sampled_from(["a", 1, None, {"id": "a", "name": "b", "text": "c"}]), max_size=2),
    st.dictionaries(st.sampled_from(["q", "id"]), st.sampled_from(["x", 1, None]), max_size=2),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """Facts of one subject that can't be read, and those that can."""
    unreadable, good = [], []
    for number in range(draw(st.integers(1, 4))):
        kind, plain = draw(st.sampled_from(GOOD))
        changes = draw(st.dictionaries(st.sampled_from(sorted(FORMS[kind].readers)), _values, max_size=2))
        gone = draw(st.sampled_from([None, *plain]))
        payload = {name: value for name, value in plain.items() if name != gone} | changes
        fact = Fact(str(number), "event", kind, "ab", Stamp(number + 1, 0, "d"), number, payload)
        try:
            check(kind, "ab", payload)
            good.append(fact)
        except BadPayload:
            unreadable.append(fact)
    return unreadable, good


BUILDERS: dict[Kind, Any] = {
    Kind.EVENT_DEFINED: payloads.event_from,
    Kind.SESSION_DEFINED: payloads.session_from,
    Kind.PRODUCT_DEFINED: payloads.product_from,
    Kind.LIST_DEFINED: payloads.list_from,
    Kind.QUESTION_DEFINED: payloads.question_from,
    Kind.GATE_DEFINED: payloads.gate_from,
    Kind.STAFF_DEFINED: definitions.staff_from,
    Kind.QUOTA_DEFINED: definitions.quota_from,
    Kind.TICKET_KEY_DEFINED: definitions.ticket_key_from,
    Kind.TILL_DEFINED: till.till_from,
    Kind.CATEGORY_DEFINED: till.category_from,
    Kind.TAX_DEFINED: till.tax_from,
    Kind.SEATING_DEFINED: till.seating_from,
    Kind.DISCOUNT_DEFINED: till.discount_from,
}
ISSUED = Fact("i", "event", Kind.TICKET_ISSUED, "ab", Stamp(0, 0, "d"), 0, dict(GOOD[10][1]))
PLACED = Fact("p", "event", Kind.ORDER_PLACED, "ab", Stamp(0, 0, "d"), 0, dict(GOOD[8][1]))


@given(histories())
def test_what_is_readable_breaks_no_fold(history: tuple[list[Fact], list[Fact]]) -> None:
    _, facts = history
    fold_ticket([ISSUED, *facts]).ticket("ab", ORDER)
    fold_order("ab", [PLACED, *facts])
    for kind, build in BUILDERS.items():
        whole = next(payload for known, payload in GOOD if known == kind)
        first = Fact("w", "event", kind, "ab", Stamp(0, 0, "d"), 0, whole)
        build("ab", defined([first, *(fact for fact in facts if fact.kind == kind)]))
