"""Signed codes at the door: a ticket that this desk has never heard of is good where its signature is.

What is known of a ticket counts before what its code says: its facts, and the organizer's newest list of
revoked ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from eventdesk.desk.hooks import Door
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import standing
from eventdesk.domain.signed import RevocationList, presented_bad, presented_signed
from eventdesk.domain.tickets import Presented, Via
from eventdesk.signing.errors import NotTrusted
from eventdesk.signing.keyring import Keyring
from eventdesk.signing.revoked import newest
from eventdesk.signing.tickets import is_signed, verify
from eventdesk.storage.store import Reader, Transaction

PASSES: Final = (Kind.ADMITTED, Kind.LEFT, Kind.ADMISSION_UNDONE)


class SignedCodes:
    """Lives on the engine's lane: it remembers the list of revoked tickets that it read last."""

    def __init__(self) -> None:
        self._read: tuple[Sequence[object], RevocationList | None] = ((), None)

    def presented(self, source: Reader | Transaction, door: Door, code: str, now: datetime) -> Presented:
        """What the desk knows of a code that a guest holds up, signed or not."""
        log = door.catalogue.event.id
        presented = source.presented(log, code)
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
        facts: list[Fact] = source.facts(log, log, Kind.REVOCATIONS_SIGNED)
        of = (log, keys.ids(), *(fact.id for fact in facts))
        if self._read[0] != of:
            texts = (text for fact in facts if isinstance(text := fact.payload.get("list"), str))
            self._read = of, newest(texts, keys, log)
        return self._read[1]
