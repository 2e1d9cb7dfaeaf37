"""docs/tickets.md for third parties: its example is what the program makes and reads."""

import re
from pathlib import Path

from eventdesk.domain.signed import revocations
from eventdesk.signing.revoked import read_list, sign_list
from eventdesk.signing.tickets import issue, verify
from tests.signing.made import (
    EVENT,
    ISSUED,
    KEY_ID,
    KEYS,
    PAYLOAD,
    PRIVATE,
    PROTECTED,
    PUBLIC,
    TICKET,
    canonical,
)

PAGE = (Path(__file__).parents[2] / "docs" / "tickets.md").read_text(encoding="utf-8")


def test_the_example_is_true() -> None:
    told = dict(re.findall(r"^    (\w[\w ]*?)  +(\S.*)$", PAGE, re.MULTILINE))
    listed = revocations(EVENT, 1, [TICKET.ticket])
    assert told == {
        "public key": PUBLIC.hex(),
        "key id": KEY_ID,
        "protected": canonical(PROTECTED).hex(),
        "content": canonical(PAYLOAD).hex(),
        "code": issue(TICKET, PRIVATE, KEY_ID),
        "list": sign_list(listed, PRIVATE, KEY_ID),
    }
    assert verify(told["code"], KEYS, ISSUED) == TICKET
    assert read_list(told["list"], KEYS) == listed


def test_the_page_names_the_example() -> None:
    for word in (EVENT, TICKET.ticket, "2026-06-10T10:00:00Z", "`adult`"):
        assert word in PAGE
