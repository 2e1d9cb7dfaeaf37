"""What the facts come to, kept ready. Every projection of a subject is the fold of its facts.

A fact that arrives late changes nothing about that: its subject is folded anew from the log, so the
tables are the same whatever route and order the facts came in.
"""

from collections.abc import Callable, Mapping

from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage.projections import admissions, definitions, media, orders, tickets
from eventdesk.storage.projections.target import Target

__all__ = ["Target", "project"]

APPLY: Mapping[Kind, Callable[[Target, Fact], None]] = {
    Kind.ADMITTED: admissions.apply_pass,
    Kind.LEFT: admissions.apply_pass,
    Kind.ADMISSION_UNDONE: admissions.apply_undo,
    Kind.MEDIUM_LINKED: media.apply,
    **dict.fromkeys(definitions.READERS, definitions.apply),
    **dict.fromkeys(orders.KINDS, orders.apply),
    **dict.fromkeys(tickets.KINDS, tickets.apply),
}


def project(target: Target, fact: Fact) -> None:
    """Change the tables by a fact that stands in the log already. The caller flushes the target."""
    apply = APPLY.get(fact.kind)
    if apply is not None:
        apply(target, fact)
