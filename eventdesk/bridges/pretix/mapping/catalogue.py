"""Event, dates, products, lists, questions and quotas."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from eventdesk.bridges.pretix.mapping.ids import Of, maybe, subject
from eventdesk.bridges.pretix.mapping.rules import rules_of
from eventdesk.bridges.pretix.mapping.values import Row, Wanted, minor, moment, rate, said
from eventdesk.domain.catalogue import QuestionType
from eventdesk.domain.facts import Kind

QUESTIONS: Final[Mapping[str, QuestionType]] = {
    "N": QuestionType.NUMBER,
    "S": QuestionType.TEXT,
    "T": QuestionType.MULTILINE,
    "B": QuestionType.BOOLEAN,
    "C": QuestionType.CHOICE,
    "M": QuestionType.MULTIPLE_CHOICE,
    "F": QuestionType.FILE,
    "D": QuestionType.DATE,
    "H": QuestionType.TIME,
    "W": QuestionType.DATETIME,
    "CC": QuestionType.COUNTRY,
    "TEL": QuestionType.PHONE,
}
KEY_BYTES: Final = 32
SIG1: Final = "pretix_sig1"


def event(log: str, row: Row, language: str) -> Wanted:
    members = {
        "name": said(row["name"], language),
        "timezone": row["timezone"],
        "begins": moment(row["date_from"]),
        "ends": moment(row["date_to"]),
        "admission": moment(row["date_admission"]),
        "currency": row["currency"],
        "testmode": row["testmode"],
    }
    return Wanted(Kind.EVENT_DEFINED, log, members)


def session(row: Row, language: str) -> Wanted:
    """One that is not active is not on sale: its tickets are good, and rules ask for its times."""
    members = {
        "name": said(row["name"], language),
        "begins": moment(row["date_from"]),
        "ends": moment(row["date_to"]),
        "admission": moment(row["date_admission"]),
        "removed": False,
    }
    return Wanted(Kind.SESSION_DEFINED, subject(Of.SUBEVENT, row["id"]), members)


def category(row: Row, language: str) -> Wanted:
    name = said(row["internal_name"], language) or said(row["name"], language)
    members = {"name": name, "position": row["position"]}
    return Wanted(Kind.CATEGORY_DEFINED, subject(Of.CATEGORY, row["id"]), members)


def tax(row: Row, language: str) -> Wanted:
    members = {"name": said(row["name"], language), "rate": rate(row["rate"])}
    return Wanted(Kind.TAX_DEFINED, subject(Of.TAX, row["id"]), members)


def product(
    row: Row, language: str, by_category: Mapping[int, Iterable[int]], digits: int, layout: str = ""
) -> Wanted:
    """`by_category`: the items of each category, of which add-ons are chosen. Add-on or not, a position
    of it is a ticket of its own. `digits` of the currency's minor unit; `layout` is its badge's."""
    members = {
        "name": said(row["internal_name"], language) or said(row["name"], language),
        "price": minor(row["default_price"], digits),
        "admits": row["admission"],
        "checkin_text": row["checkin_text"] or "",
        "attention": row["checkin_attention"],
        "variations": [_variation(one, language, digits) for one in row["variations"]],
        "category": maybe(Of.CATEGORY, row["category"]) or "",
        "position": row["position"],
        "tax": maybe(Of.TAX, row["tax_rule"]) or "",
        "free_price": row["free_price"],
        "asks_name": row["personalized"],
        "layout": layout,
        "at_till": row["active"] and not row["require_voucher"],
        "addons": [
            {"product": subject(Of.ITEM, item), "most": one["max_count"]}
            for one in row["addons"]
            for item in by_category.get(one["addon_category"], ())
        ],
    }
    return Wanted(Kind.PRODUCT_DEFINED, subject(Of.ITEM, row["id"]), members)


def _variation(row: Row, language: str, digits: int) -> dict[str, Any]:
    return {
        "id": subject(Of.VARIATION, row["id"]),
        "name": said(row["value"], language),
        "price": minor(row["price"], digits),
        "checkin_text": row["checkin_text"] or "",
        "attention": row["checkin_attention"],
    }


def list_(row: Row) -> Wanted:
    members = {
        "name": row["name"],
        "all_products": row["all_products"],
        "products": sorted(subject(Of.ITEM, one) for one in row["limit_products"]),
        "session": maybe(Of.SUBEVENT, row["subevent"]),
        "include_pending": row["include_pending"],
        "allow_multiple_entries": row["allow_multiple_entries"],
        "allow_entry_after_exit": row["allow_entry_after_exit"],
        "addon_match": row["addon_match"],
        "rules": rules_of(row["rules"]) or None,
        "exit_all_at": moment(row["exit_all_at"]),
    }
    return Wanted(Kind.LIST_DEFINED, subject(Of.LIST, row["id"]), members)


def questions(rows: Iterable[Row], language: str) -> Iterator[Wanted]:
    """In the order in which pretix asks them; without those of a type that only a newer pretix knows."""
    for place, row in enumerate(sorted(rows, key=lambda one: (one["position"], one["id"]))):
        if (found := question(row, language, place)) is not None:
            yield found


def question(row: Row, language: str, place: int = 0) -> Wanted | None:
    """None for a type that only a newer pretix knows."""
    kind = QUESTIONS.get(row["type"])
    if kind is None:
        return None
    members = {
        "text": said(row["question"], language),
        "type": kind.value,
        "required": row["required"],
        "ask_during_checkin": row["ask_during_checkin"],
        "options": [{"id": str(one["id"]), "text": said(one["answer"], language)} for one in row["options"]],
        "products": sorted(subject(Of.ITEM, one) for one in row["items"]),
        "help": said(row["help_text"], language),
        "position": place,
    }
    return Wanted(Kind.QUESTION_DEFINED, subject(Of.QUESTION, row["id"]), members)


def gate(id_: int, name: str) -> Wanted:
    return Wanted(Kind.GATE_DEFINED, subject(Of.GATE, id_), {"name": name})


def quota(row: Row, told: int, kept: int = 0) -> Wanted:
    """`told`: how many of it desks have used and pretix knows of, so that what is left here is what
    `available_number` says is left there, less what desks have used since. `kept`: what of it is left to
    pretix' own shop, at most half."""
    left = row.get("available_number")
    members: dict[str, Any] = {
        "name": row["name"],
        "size": None if row["size"] is None else told + left_here(left or 0, kept),
        "products": sorted(subject(Of.ITEM, one) for one in row["items"]),
        "session": maybe(Of.SUBEVENT, row["subevent"]),
    }
    return Wanted(Kind.QUOTA_DEFINED, subject(Of.QUOTA, row["id"]), members)


def left_here(left: int, kept: int) -> int:
    return left - min(kept, left // 2)


def key(public: bytes) -> Wanted:
    """`public`: 32 bytes, of an Ed25519 key that signs codes. Its id is longer than that of a key of ours."""
    members = {"public_key": b64encode(public).decode(), "scheme": SIG1}
    return Wanted(Kind.TICKET_KEY_DEFINED, sha256(public).hexdigest()[:32], members)


def signing_keys(event: Row) -> list[bytes]:
    """What the event's codes are signed with: each a PEM text of a public key, in base64."""
    found = []
    for text in (event.get("valid_keys") or {}).get(SIG1) or ():
        inner = "".join(
            line for line in b64decode(text).decode("ascii").splitlines() if not line.startswith("-----")
        )
        # SubjectPublicKeyInfo (RFC 8410): of Ed25519 the last 32 bytes are the key.
        found.append(b64decode(inner)[-KEY_BYTES:])
    return found
