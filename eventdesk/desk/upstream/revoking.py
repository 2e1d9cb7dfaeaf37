"""The list of revoked tickets that has to be signed next, if any.

Each desk answers for what it took back itself: so not all of them sign at once, and what one desk did while
it was cut off, and another's list of the same number left out, it lists again when they meet.
"""

import logging
from dataclasses import dataclass, field
from typing import Final

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.signed import RevocationList, revoked_mark
from eventdesk.signing.keyring import Keyring
from eventdesk.signing.revoked import newest
from eventdesk.storage.store import Reader

# Numbers beyond are no count of anything: whoever signs one must not leave the others without a higher.
HIGHEST_TOLD: Final = 1 << 48
LAST_NUMBER: Final = (1 << 53) - 1

logger = logging.getLogger(__name__)

States = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Due:
    """`one` is to be signed, while the `lists` (facts) are those that were looked at."""

    one: RevocationList
    lists: tuple[str, ...]


@dataclass(slots=True)
class Changes:
    """What this desk changed in one event, read piece by piece. `own`: tickets that it took back at some
    time; of one that is good again, another's list of the same number may say otherwise."""

    looked: int = 0
    own: set[str] = field(default_factory=set)

    def read(self, reader: Reader, log: str) -> States:
        """Tickets changed since the last look, and all that are its `own`: whether each is taken back now."""
        head = reader.heads(log).get(reader.desk)
        states = reader.ticket_states(log, self.own) | reader.changed_tickets(log, self.looked)
        self.own |= {id_ for id_, is_so in states.items() if is_so}
        self.looked = head.seq if head else 0
        return states


def due(reader: Reader, log: str, states: States) -> Due | None:
    """The newest list with these changes; None where it says all of them."""
    facts = reader.facts(log, log, Kind.REVOCATIONS_SIGNED)
    now = newest(facts, Keyring({log: reader.ticket_keys(log)}), log)
    had = now.revoked if now else frozenset()
    back = {revoked_mark(id_) for id_, is_so in states.items() if is_so}
    good = {revoked_mark(id_) for id_, is_so in states.items() if not is_so}
    wanted = (had | back) - good
    if wanted == had:
        return None
    ever = newest(_sane(facts), Keyring({log: [one.key for one in reader.ticket_keys_ever(log)]}), log)
    # Who keeps the highest number seen takes the next list also where the last one's key was removed.
    number = 1 + max(one.number if one else 0 for one in (now, ever))
    if number > LAST_NUMBER:
        logger.warning("no list of revoked tickets of %s can follow: remove the key of the last one", log)
        return None
    return Due(RevocationList(log, number, frozenset(wanted)), reader.revocation_lists(log))


def _sane(facts: list[Fact]) -> list[Fact]:
    return [one for one in facts if one.payload.get("number", 0) < HIGHEST_TOLD]
