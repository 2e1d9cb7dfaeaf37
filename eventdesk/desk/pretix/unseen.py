"""Tickets that pretix has signed and no desk has heard of yet: their code stands for them."""

from eventdesk.bridges.pretix.comparing import LONG_CODE
from eventdesk.bridges.pretix.mapping.ids import Of, maybe, subject
from eventdesk.domain.facts import Kind
from eventdesk.domain.fold import fold_ticket
from eventdesk.domain.tickets import Order, Presented, Ticket, Via
from eventdesk.signing import pretix_sig1
from eventdesk.signing.pretix_sig1 import Sig1Ticket
from eventdesk.storage.store import Reader, Transaction


def presented(source: Reader | Transaction, log: str, code: str) -> Presented | None:
    """What a code that leads to nothing here is, if the event's pretix has signed it. What was noted of
    it (passes, answers, that it is blocked) counts; a revoked code is never asked about here."""
    if len(code) <= LONG_CODE:
        return None
    keys = source.ticket_keys(log, pretix_sig1.SCHEME)
    signed = pretix_sig1.verify(code, keys) if keys else None
    return None if signed is None else Presented(code, Via.SIGNED, _ticket(source, log, code, signed))


def _ticket(source: Reader | Transaction, log: str, code: str, signed: Sig1Ticket) -> Ticket:
    """Of an order of which nothing is known but that it was signed: taken for paid, as pretix' own
    programs do."""
    id_ = subject(Of.UNSEEN, code)
    state = fold_ticket(
        source.facts(
            log,
            id_,
            Kind.ADMITTED,
            Kind.LEFT,
            Kind.ADMISSION_UNDONE,
            Kind.TICKET_CHANGED,
            Kind.QUESTION_ANSWERED,
        )
    )
    return Ticket(
        id_,
        Order(f"signed:{id_}", ""),
        code,
        subject(Of.ITEM, signed.item),
        maybe(Of.VARIATION, signed.variation),
        maybe(Of.SUBEVENT, signed.subevent),
        blocked=bool(state.members.get("blocked")),
        valid_from=signed.valid_from,
        valid_until=signed.valid_until,
        admissions=state.admissions,
        answers=state.members.get("answers", {}),
    )
