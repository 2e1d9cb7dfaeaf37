"""Letters through a real mail server that refuses some: sent once, tried again, given up, never after an
erasure, and no address in any log."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from eventdesk.desk.mailer.rounds import FIRST_MS, GIVE_UP_MS, Rounds
from eventdesk.desk.mailer.smtp import Answer, Fate, Server, Tls, send
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store
from tests.storage.made import LOG
from tests.storage.till.made import completed, evening, line

ADA = "ada@example.org"
START_MS = 1_780_000_000_000


class Box:
    """What a server took, and what it answers to a recipient (by address) or a letter."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refused: dict[str, list[str]] = {}
        self.data: list[str] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any) -> str:
        if answers := self.refused.get(to):
            return answers.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.data:
            return self.data.pop(0)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"


class Listening(Controller):
    """On whatever port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def listening(box: Box) -> Iterator[int]:
    """The port of a server that hands to the box."""
    controller = Listening(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class Clock:
    def __init__(self) -> None:
        self.ms = START_MS

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Server]:
    with listening(box) as port:
        yield Server("127.0.0.1", "tickets@example.org", port, Tls.NONE, timeout_s=20)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    members = {"name": "Sommerfest", "timezone": "Europe/Berlin", "begins": "2026-06-10T10:00:00Z"}
    ticket = {"order": "o4", "secret": "SECRET4", "product": "entry", "name": "Ada"}
    with Store.open(tmp_path / "desk.db", b"k" * 32, "mailer1", clock) as store:
        with store.transaction() as tx:
            tx.append(
                LOG,
                [
                    Draft(Kind.EVENT_DEFINED, LOG, members),
                    Draft(Kind.PRODUCT_DEFINED, "entry", {"name": "Adult"}),
                    *evening(),
                    Draft(Kind.ORDER_PLACED, "o4", {"code": "O4", "status": "paid"}),
                    Draft(Kind.TICKET_ISSUED, "t4", ticket),
                    completed("s4", 4, [line(tickets=["t4"])], order="o4"),
                ],
            )
        yield store


def ask(store: Store, to: str = ADA, sale: str = "s4", language: str = "en") -> None:
    asked = {"to": to, "what": "tickets", "sale": sale, "language": language}
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.MAIL_ASKED, "o4", asked)])


def parts(letter: Message) -> dict[str, bytes]:
    return {
        part.get_filename() or "": bytes(part.get_payload(decode=True) or b"")
        for part in letter.walk()
        if not part.is_multipart()
    }


def test_a_letter_brings_receipt_and_tickets_once(
    store: Store, server: Server, box: Box, clock: Clock
) -> None:
    ask(store)
    rounds = Rounds(store, server, clock)
    rounds.round()
    rounds.round()
    Rounds(store, server, clock).round()  # after a restart
    (letter,) = box.letters
    assert (letter["To"], letter["Subject"]) == (ADA, "Your tickets: Sommerfest")
    found = parts(letter)
    assert found["receipt.pdf"][:4] == found["tickets.pdf"][:4] == b"%PDF"
    assert (rounds.tally.sent, rounds.tally.waiting) == (1, 0)


def test_it_speaks_the_language_that_was_asked_for(
    store: Store, server: Server, box: Box, clock: Clock
) -> None:
    ask(store, language="de")
    Rounds(store, server, clock).round()
    assert "Ihre" in str(box.letters[0]["Subject"])


@pytest.mark.parametrize("where", ["recipient", "letter"])
def test_not_now_is_tried_again_later(
    store: Store, server: Server, box: Box, clock: Clock, where: str
) -> None:
    if where == "recipient":
        box.refused[ADA] = ["451 Try again later"]
    else:
        box.data = ["451 Try again later"]
    ask(store)
    rounds = Rounds(store, server, clock)
    rounds.round()
    rounds.round()  # too early: nothing is asked of the server
    assert (len(box.letters), rounds.tally.later, rounds.tally.waiting) == (0, 1, 1)
    clock.ms += FIRST_MS
    Rounds(store, server, clock).round()
    assert len(box.letters) == 1


@pytest.mark.parametrize("where", ["recipient", "letter"])
def test_never_is_given_up_without_its_address_in_a_log(
    store: Store, server: Server, box: Box, clock: Clock, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    if where == "recipient":
        box.refused[ADA] = [f"550 <{ADA}> is unknown here"]
    else:
        box.data = [f"554 {ADA} wants no such thing"]
    ask(store)
    ask(store, "bea@example.org")
    rounds = Rounds(store, server, clock)
    with caplog.at_level(logging.INFO, "eventdesk"):
        rounds.round()
        clock.ms += GIVE_UP_MS
        rounds.round()
    assert (rounds.tally.given_up, rounds.tally.sent, rounds.tally.waiting) == (1, 1, 0)
    assert [one["To"] for one in box.letters] == ["bea@example.org"]
    assert "given up" in caplog.text
    assert "example.org" not in caplog.text


def test_a_server_that_is_not_there_ends_no_letter_before_its_days_are_over(
    store: Store, clock: Clock
) -> None:
    ask(store)
    answers: list[Answer] = []
    nowhere = Server("127.0.0.1", "t@example.org", 1, Tls.NONE, timeout_s=5)

    def sender(*given: Any) -> Answer:
        answers.append(send(*given))
        return answers[-1]

    rounds = Rounds(store, nowhere, clock, sender)
    rounds.round()
    assert answers == [Answer(Fate.LATER, 0, "ConnectionRefusedError")]
    clock.ms += GIVE_UP_MS + 1
    rounds.round()
    assert (rounds.tally.given_up, rounds.tally.waiting) == (1, 0)


@pytest.mark.parametrize("code", [421, 530, 535, 554])
def test_what_a_server_says_of_us_ends_no_letter(code: int) -> None:
    """Wrong passwords and refused senders are a person's to mend: nobody's letter is lost by them."""

    class Handler(Box):
        async def handle_MAIL(self, *_given: Any) -> str:
            return f"{code} You may not send"

    message = EmailMessage()
    message["To"] = ADA
    with listening(Handler()) as port:
        answer = send(Server("127.0.0.1", "t@example.org", port, Tls.NONE), message, ADA)
    assert (answer.fate, answer.code) == (Fate.LATER, code)


@pytest.mark.parametrize(
    "wrong", [{"tls": Tls.STARTTLS}, {"tls": Tls.TLS}, {"user": "u", "password": "p", "tls": Tls.NONE}]
)
def test_a_server_without_what_we_want_gets_no_letter_in_clear_and_ends_none(
    server: Server, box: Box, wrong: dict[str, Any]
) -> None:
    message = EmailMessage()
    message["To"] = ADA
    assert send(replace(server, timeout_s=3, **wrong), message, ADA).fate is Fate.LATER
    assert not box.letters


def test_an_address_that_the_server_can_not_write_is_given_up(server: Server, box: Box) -> None:
    message = EmailMessage()
    to = "müller@example.org"
    message["To"] = to
    assert send(server, message, to).fate in (Fate.NEVER, Fate.SENT)


def test_who_was_erased_gets_no_letter(store: Store, server: Server, box: Box, clock: Clock) -> None:
    ask(store)
    with store.transaction() as tx:
        tx.redact_order(LOG, "o4")
    rounds = Rounds(store, server, clock)
    rounds.round()
    assert not box.letters
    assert (rounds.tally.gone, rounds.tally.waiting) == (1, 0)


def test_a_letter_waits_for_its_sale(store: Store, server: Server, box: Box, clock: Clock) -> None:
    ask(store, sale="s9")
    Rounds(store, server, clock).round()
    assert not box.letters
    with store.transaction() as tx:
        tx.append(LOG, [completed("s9", 9)])
    clock.ms += FIRST_MS
    Rounds(store, server, clock).round()
    assert "receipt.pdf" in parts(box.letters[0])


def test_a_mailer_that_begins_anew_sends_no_old_letters(
    store: Store, server: Server, box: Box, clock: Clock
) -> None:
    ask(store)
    clock.ms += GIVE_UP_MS + 60_000
    rounds = Rounds(store, server, clock)
    rounds.round()
    assert not box.letters
    assert (rounds.tally.given_up, rounds.tally.waiting) == (1, 0)


@pytest.mark.parametrize("to", ["ada@example.org\r\nBcc: eve@example.org", "a b@c", "", "@"])
def test_no_address_brings_another_header(
    store: Store, server: Server, box: Box, clock: Clock, to: str
) -> None:
    ask(store, to)
    rounds = Rounds(store, server, clock)
    rounds.round()
    assert all("Bcc" not in letter for letter in box.letters)
    assert "eve@" not in "".join(map(str, box.letters))


def test_a_password_is_in_no_picture_of_the_server() -> None:
    assert "geheim" not in repr(Server("h", "s", user="u", password="geheim"))
