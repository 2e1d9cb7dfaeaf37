"""How much of each quota desks have used, and how much of that pretix has counted by now."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from eventdesk.bridges.pretix.mapping.ids import PREFIX, Of
from eventdesk.bridges.pretix.mapping.values import Wanted
from eventdesk.bridges.pretix.outgoing.handing_on import CURSORS
from eventdesk.domain.facts import Kind
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Reader, Store

# So many of what is left of a quota stay with pretix' own shop while it sells; of a few, half of them.
SHOP: Final = 20
_OPEN: Final = tuple(one for one in CallState if one is not CallState.DONE)
_MOST: Final = 100_000


def told(store: Store, log: str) -> dict[str, int] | None:
    """By quota. None: facts have arrived that are no calls yet, so that nobody can say."""
    with store.reader() as reader:
        if not _is_taken_up(reader, log):
            return None
        open_ = _of_open_sales(reader, log)
        found = {}
        for state in reader.quotas(log):
            waiting = sum(
                number
                for (product, session), number in open_.items()
                if product in state.quota.products and state.quota.session in (None, session)
            )
            found[state.quota.id] = max(0, state.used - waiting)
        return found


def as_they_stand(definitions: Iterable[tuple[Kind, str, Mapping[str, Any]]]) -> Iterator[Wanted]:
    """Nothing of them changes."""
    for kind, id_, members in definitions:
        if kind is Kind.QUOTA_DEFINED and id_.startswith(f"{PREFIX}{Of.QUOTA}"):
            yield Wanted(kind, id_, members)


def _is_taken_up(reader: Reader, log: str) -> bool:
    cursors: Mapping[str, int] = reader.settings.get(CURSORS, {})
    return all(cursors.get(f"{log}/{desk}", 0) >= head.seq for desk, head in reader.heads(log).items())


def _of_open_sales(reader: Reader, log: str) -> Counter[tuple[str, str | None]]:
    """Pieces by product and session of sales that pretix has not heard of, whatever the reason."""
    found: Counter[tuple[str, str | None]] = Counter()
    for call in reader.bridge_calls.listed(log, _OPEN, _MOST):
        if call.kind == Kind.SALE_COMPLETED:
            facts = reader.facts(log, str(call.call.get("about") or call.subject), Kind.SALE_COMPLETED)
            for line in (line for fact in facts for line in fact.payload["lines"]):
                session = None
                for id_ in line.get("tickets") or ():
                    ticket = reader.ticket(log, id_)
                    session = ticket.session if ticket else session
                if line.get("product"):
                    found[line["product"], session] += int(line["quantity"])
    return found
