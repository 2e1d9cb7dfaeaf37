"""Two desks admitted one ticket while they could not talk: what shows at the merge, and how it ends.

A function of standing passes and of words that people gave: every desk that holds the same facts
sees the same conflicts, whatever order they came in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, pairwise

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.tickets import Admission, Direction, in_stamp_order


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


def conflicts_of(
    passes: Iterable[Admission], check_in_list: CheckInList | None, settled: Iterable[Fact] = ()
) -> tuple[Conflict, ...]:
    """The conflicts among one ticket's standing passes on one list, settled ones too, in stamp order.

    A list that has not arrived yet (None) is taken for one that admits once, and again after an exit.
    `settled` are the ticket's `conflict_settled` facts; others among them are left aside.
    """
    if check_in_list is not None and check_in_list.allow_multiple_entries:
        return ()
    exits_free = check_in_list is None or check_in_list.allow_entry_after_exit
    pairs = [pair for run in _runs(passes, exits_free=exits_free) for pair in pairwise(run)]
    found = [_conflict(first, second) for first, second in pairs if first.desk != second.desk]
    words = settled_words(settled) if found else {}
    return tuple(_settled(one, words.get(one.id)) for one in found)


def conflicts_of_ticket(
    passes: Iterable[Admission], lists: Mapping[str, CheckInList], settled: Iterable[Fact] = ()
) -> tuple[Conflict, ...]:
    """The conflicts of one ticket on every list, list by list."""
    by_list = sorted(passes, key=lambda one: one.list)
    settled = list(settled)
    return tuple(
        conflict
        for list_id, group in groupby(by_list, key=lambda one: one.list)
        for conflict in conflicts_of(group, lists.get(list_id), settled)
    )


def conflict_id(list_id: str, one: str, other: str) -> str:
    """What the conflict of two passes (ids of their facts) is called at every desk."""
    lines = "".join(f"{part}\n" for part in (list_id, *sorted((one, other))))
    return sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _runs(passes: Iterable[Admission], *, exits_free: bool) -> list[list[Admission]]:
    """Entries between which no exit stands. A forced one was a person's will: it conflicts with nothing."""
    runs: list[list[Admission]] = [[]]
    for one in in_stamp_order(passes):
        if one.direction is Direction.EXIT:
            if exits_free:
                runs.append([])
        elif not one.forced:
            runs[-1].append(one)
    return runs


def _conflict(first: Admission, second: Admission) -> Conflict:
    id_ = conflict_id(first.list, first.id, second.id)
    return Conflict(id_, first.ticket, first.list, first, second)


def settled_words(settled: Iterable[Fact]) -> dict[str, tuple[str, str]]:
    """By conflict: the latest word, and whose it is."""
    facts = [fact for fact in settled if fact.kind == Kind.CONFLICT_SETTLED]
    facts.sort(key=lambda fact: (fact.stamp, fact.id))
    return {
        str(fact.payload.get("conflict")): (
            str(fact.payload.get("word", "")),
            str(fact.payload.get("by", "")),
        )
        for fact in facts
    }


def _settled(conflict: Conflict, said: tuple[str, str] | None) -> Conflict:
    if said is None:
        return conflict
    word, by = said
    return Conflict(conflict.id, conflict.ticket, conflict.list, conflict.first, conflict.second, word, by)
