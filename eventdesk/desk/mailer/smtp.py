"""One letter handed to a mail server, and what the server said of it, without the address."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum

TIMEOUT_S = 30.0


class Tls(StrEnum):
    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"
    NONE = "none"  # a server on this computer


class Fate(StrEnum):
    SENT = "sent"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Server:
    """`password` is never shown nor written."""

    host: str
    sender: str
    port: int = 587
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = ""
    timeout_s: float = TIMEOUT_S

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the server's (0: it said none); `why` a word for logs, never the server's own words, which
    quote addresses."""

    fate: Fate
    code: int = 0
    why: str = ""


def send(server: Server, message: EmailMessage, to: str) -> Answer:
    """Blocks for at most some time-outs. Only what the server says of the recipient or the letter ends it;
    what it says of us, or nothing at all, is tried again."""
    try:
        with _connected(server) as smtp:
            return _handed(smtp, server, message, to)
    except smtplib.SMTPResponseException as error:
        return Answer(Fate.LATER, error.smtp_code, type(error).__name__)
    except (smtplib.SMTPException, OSError) as error:
        return Answer(Fate.LATER, 0, type(error).__name__)


def _handed(smtp: smtplib.SMTP, server: Server, message: EmailMessage, to: str) -> Answer:
    """Raises SMTPException, OSError for what is neither the recipient's nor the letter's fault."""
    try:
        smtp.send_message(message, from_addr=server.sender, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        return _by_code(max(code for code, _words in error.recipients.values()), "recipient")
    except smtplib.SMTPDataError as error:
        return _by_code(error.smtp_code, "letter")
    except smtplib.SMTPNotSupportedError:
        return Answer(Fate.NEVER, 0, "address not supported")
    return Answer(Fate.SENT, 250)


def _by_code(code: int, why: str) -> Answer:
    return Answer(Fate.NEVER if 500 <= code < 600 else Fate.LATER, code, why)


def _connected(server: Server) -> smtplib.SMTP:
    """Raises SMTPException, OSError."""
    if server.tls is Tls.TLS:
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_s, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
    try:
        if server.tls is Tls.STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp
