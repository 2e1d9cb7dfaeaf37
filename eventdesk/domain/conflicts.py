"""Two desks admitted one ticket while they could not talk: what shows at the merge, and how it ends."""

from dataclasses import dataclass

from eventdesk.domain.tickets import Admission


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries on one list of which at most one should have been.

    `id` follows from the two passes, so that it is the same at every desk. `first` and `second` stand
    in stamp order. `word` is what a person found, empty while nobody has; `settled_by` is their id.
    """

    id: str
    ticket: str
    list: str
    first: Admission
    second: Admission
    word: str = ""
    settled_by: str = ""
