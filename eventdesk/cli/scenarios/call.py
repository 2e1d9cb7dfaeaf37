"""`when`: the call that is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.cli.scenarios.fields import Fields

_WORDS = """
    action api at type lists force ignore_unpaid simulate canceled_supported use_order_locale
    untrusted_input questions_supported nonce answers source_type error_reason error_explanation device
    raw_code query ignore_status"""
WORDS = frozenset(_WORDS.split())
ACTIONS = ("redeem", "annul", "failed_upload", "search", "exit_all")
DEVICES = ("dev1", "dev2", "dev_north", "dev_south")
LISTS = ("main", "other", "other_event")
# How an answer names options, or a file of that type that was uploaded before.
ANSWERS = ("option_id", "option_identifier", "option_ids", "option_identifiers", "upload")


@dataclass(frozen=True, slots=True)
class Call:
    """`rpc` is the newer of pretix's two ways to redeem; the older one takes one list and less words."""

    action: str
    rpc: bool
    at: datetime | None
    type: str
    lists: tuple[str, ...]
    force: bool
    ignore_unpaid: bool
    simulate: bool
    canceled_supported: bool
    untrusted_input: bool
    questions_supported: bool
    nonce: str | None
    answers: Mapping[str, Any]
    source_type: str
    error_reason: str | None
    device: str | None
    raw_code: str | None
    query: str
    ignore_status: bool


def read_call(when: Fields) -> Call:
    when.flag("use_order_locale")
    when.text("error_explanation")
    lists = when.texts("lists", ("main",))
    for name in lists:
        if name not in LISTS:
            raise when.wrong("lists", "made of " + ", ".join(LISTS))
    for answer in when.table("answers").values():
        if isinstance(answer, Mapping) and (len(answer) != 1 or not set(answer) <= set(ANSWERS)):
            raise when.wrong("answers", "texts, or objects of one of " + ", ".join(ANSWERS))
    return Call(
        action=when.text("action", "redeem", among=ACTIONS),
        rpc=when.text("api", "rpc", among=("rpc", "list")) == "rpc",
        at=when.moment("at"),
        type=when.text("type", "entry"),
        lists=lists,
        force=when.flag("force"),
        ignore_unpaid=when.flag("ignore_unpaid"),
        simulate=when.flag("simulate"),
        canceled_supported=when.flag("canceled_supported"),
        untrusted_input=when.flag("untrusted_input"),
        questions_supported=when.flag("questions_supported", True),
        nonce=when.optional("nonce"),
        answers=when.table("answers"),
        source_type=when.text("source_type", "barcode"),
        error_reason=when.optional("error_reason"),
        device=when.optional("device", among=DEVICES),
        raw_code=when.optional("raw_code"),
        query=when.text("query"),
        ignore_status=when.flag("ignore_status"),
    )
