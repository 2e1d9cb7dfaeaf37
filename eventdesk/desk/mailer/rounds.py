"""Round by round: what was asked since, what is due again, sent one by one; what became of it is on the disk.

A letter whose sending was cut off is sent again: twice is better than never. The outcomes lie in this
desk's own settings, by the fact's id, without an address.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from eventdesk.desk.mailer.letters import Gone, letter
from eventdesk.desk.mailer.smtp import Answer, Fate, Server, send
from eventdesk.domain.facts import Fact, Kind
from eventdesk.errors import EventDeskError
from eventdesk.storage.store import Reader, Store

log = logging.getLogger(__name__)

CURSORS: Final = "mail cursors"
WAITING: Final = "mail waiting"
FIRST_MS: Final = 60_000
LONGEST_MS: Final = 3_600_000
GIVE_UP_MS: Final = 3 * 86_400_000
Sender = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is not sent yet: of which subject, asked for when, how often tried, when it is due
    (ms)."""

    log: str
    subject: str
    since_ms: int
    tries: int = 0
    due_ms: int = 0


@dataclass(slots=True)
class Tally:
    """Of this process, for whoever watches it; `waiting` as it stands."""

    sent: int = 0
    later: int = 0
    given_up: int = 0
    gone: int = 0
    waiting: int = 0


class Rounds:
    """One process at a time may have it on a database."""

    def __init__(
        self, store: Store, server: Server, now_ms: Callable[[], int], sender: Sender = send
    ) -> None:
        self._store = store
        self._server = server
        self._now_ms = now_ms
        self._send = sender
        self.tally = Tally()

    def round(self, is_stopping: Callable[[], bool] = lambda: False) -> None:
        """Take up what was asked, send what is due."""
        self._take_up()
        now = self._now_ms()
        for id_, one in self._waiting().items():
            if is_stopping():
                return
            if one.due_ms <= now:
                self._try(id_, one)

    def _take_up(self) -> None:
        """The cursor and what waits are written as one: nothing is lost between them."""
        with self._store.transaction() as tx:
            cursors: dict[str, int] = tx.settings.get(CURSORS, {})
            waiting: dict[str, Any] = tx.settings.get(WAITING, {})
            before = dict(cursors), dict(waiting)
            for log_id in tx.logs():
                for desk, head in tx.heads(log_id).items():
                    key = f"{log_id}/{desk}"
                    for fact in tx.mails_asked(log_id, desk, cursors.get(key, 0)):
                        waiting.setdefault(fact.id, asdict(Waiting(log_id, fact.subject, fact.stamp.wall)))
                    cursors[key] = head.seq
            if (cursors, waiting) != before:
                tx.settings.put(CURSORS, cursors)
                tx.settings.put(WAITING, waiting)
        self.tally.waiting = len(waiting)

    def _waiting(self) -> dict[str, Waiting]:
        with self._store.reader() as reader:
            return {id_: Waiting(**one) for id_, one in reader.settings.get(WAITING, {}).items()}

    def _try(self, id_: str, one: Waiting) -> None:
        """What is logged is on the disk."""
        answer = self._answer(id_, one)
        later = answer.fate is Fate.LATER and self._now_ms() - one.since_ms < GIVE_UP_MS
        wait = min(FIRST_MS * 2 ** min(one.tries, 16), LONGEST_MS)
        again = replace(one, tries=one.tries + 1, due_ms=self._now_ms() + wait) if later else None
        self._keep(id_, again)
        self._count(answer, later)
        level = logging.INFO if later or answer.fate is Fate.SENT else logging.WARNING
        end = "" if later or answer.fate is Fate.SENT else ", given up"
        log.log(level, "mail %s: %s %s %s%s", id_, answer.fate, answer.code, answer.why, end)

    def _count(self, answer: Answer, later: bool) -> None:
        if later:
            self.tally.later += 1
        elif answer.fate is Fate.SENT:
            self.tally.sent += 1
        elif answer.why == "gone":
            self.tally.gone += 1
        else:
            self.tally.given_up += 1

    def _answer(self, id_: str, one: Waiting) -> Answer:
        """Drawn in a read, sent after it: a slow server holds no view of the database."""
        if not one.tries and self._now_ms() - one.since_ms > GIVE_UP_MS:
            # A mailer that begins anew must not send a year's letters again.
            return Answer(Fate.NEVER, 0, "too old")
        try:
            with self._store.reader() as reader:
                asked = _asked(reader, one, id_)
                message, to = letter(reader, asked, self._server.sender)
        except Gone:
            return Answer(Fate.NEVER, 0, "gone")
        except LookupError:
            return Answer(Fate.LATER, 0, "the sale has not arrived")
        except EventDeskError as error:
            return Answer(Fate.LATER, 0, type(error).__name__)
        except ValueError:  # what can't stand in a header
            return Answer(Fate.NEVER, 0, "address")
        return self._send(self._server, message, to)

    def _keep(self, id_: str, one: Waiting | None) -> None:
        with self._store.transaction() as tx:
            waiting = tx.settings.get(WAITING, {})
            waiting.pop(id_, None)
            if one is not None:
                waiting[id_] = asdict(one)
            tx.settings.put(WAITING, waiting)
        self.tally.waiting = len(waiting)


def _asked(reader: Reader, one: Waiting, id_: str) -> Fact:
    """Raises Gone where it is not there any more."""
    found = reader.facts(one.log, one.subject, Kind.MAIL_ASKED)
    fact = next((fact for fact in found if fact.id == id_), None)
    if fact is None:
        raise Gone
    return fact
