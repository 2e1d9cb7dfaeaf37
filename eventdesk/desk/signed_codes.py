"""Signed codes at the door: a ticket that this desk has never heard of is good where its signature is.

What is known of a ticket counts before what its code says: its facts, and the organizer's newest list of
revoked ones.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from eventdesk.desk.hooks import Door
from eventdesk.desk.pretix import unseen
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import standing
from eventdesk.domain.signed import RevocationList, presented_bad, presented_signed
from eventdesk.domain.tickets import Presented, Via
from eventdesk.signing.errors import NotTrusted
from eventdesk.signing.keyring import Keyring
from eventdesk.signing.revoked import list_of, newest
from eventdesk.signing.tickets import is_signed, verify
from eventdesk.storage.store import Reader, Transaction

logger = logging.getLogger(__name__)

PASSES: Final = (Kind.ADMITTED, Kind.LEFT, Kind.ADMISSION_UNDONE)


class SignedCodes:
    """Lives on the engine's lane: it remembers the list of revoked tickets that it read last."""

    def __init__(self) -> None:
        self._read: tuple[tuple[object, ...], RevocationList | None] = ((), None)

    def presented(self, source: Reader | Transaction, door: Door, code: str, now: datetime) -> Presented:
        """What the desk knows of a code that a guest holds up, signed or not."""
        log = door.catalogue.event.id
        presented = source.presented(log, code)
        if presented.via is Via.NOTHING and (of_pretix := unseen.presented(source, log, code)):
            return of_pretix
        if not is_signed(code) or presented.via not in (Via.SECRET, Via.NOTHING):
            return presented
        keys = Keyring({log: source.ticket_keys(log)})
        revoked = self._revoked(source, log, keys)
        if presented.ticket is not None:
            withdrawn = revoked is not None and revoked.holds(presented.ticket.id)
            return replace(presented, via=Via.REVOKED, withdrawn=True) if withdrawn else presented
        try:
            signed = verify(code, keys, now)
        except NotTrusted as error:
            return presented_bad(code, error.words)
        known = source.ticket(log, signed.ticket)
        passes = () if known else standing(source.facts(log, signed.ticket, *PASSES))
        return presented_signed(code, signed, known, door.catalogue, passes, revoked)

    def _revoked(self, source: Reader | Transaction, log: str, keys: Keyring) -> RevocationList | None:
        """A list is read when it is new: they grow with all that is revoked, and a guest waits."""
        of = (log, keys.ids(), *source.revocation_lists(log))
        if self._read[0] != of:
            facts = source.facts(log, log, Kind.REVOCATIONS_SIGNED)
            found = newest(facts, keys, log)
            if self._read[0][:1] == (log,):
                known = set(self._read[0])
                _log_refused([one for one in facts if one.id not in known], keys, found)
            self._read = of, found
        return self._read[1]


def _log_refused(facts: Sequence[Fact], keys: Keyring, found: RevocationList | None) -> None:
    """What came since the last look and does not count."""
    for fact in facts:
        try:
            one = list_of(fact, keys, fact.log)
        except NotTrusted as error:
            logger.warning("a list of revoked tickets of desk %s is refused: %s", fact.desk, error)
            continue
        if found is not None and one.number < found.number:
            words = "list %d of revoked tickets of desk %s is refused: list %d is here"
            logger.warning(words, one.number, fact.desk, found.number)
