"""Us, by the whole way: pretix' JSON over HTTP, facts, the encrypted database, the decision."""

from typing import Any

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.mapping.ids import Of, log_of, subject
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.domain.decision import decide
from eventdesk.domain.exits import exits
from eventdesk.domain.jsonlogic import RULE_FAULTS
from eventdesk.domain.rules import DoorKnowledge, passes_on
from eventdesk.domain.tickets import Direction
from eventdesk.domain.verdicts import Outcome, Reason, Scan, Verdict
from eventdesk.storage.store import Store
from tests.bridges.pretix.differential.outcome import Seen
from tests.bridges.pretix.differential.pretix_side import ORGANIZER, TOKENS, Ids, Pretix, answers
from tests.bridges.pretix.differential.times import moment

Row = dict[str, Any]
DESK = "desk1"
MANY = 1000
GATES = {"dev_north": "north", "dev_south": "south"}


class Desk:
    """A desk that is the bridge of one event after another, and the door of each."""

    def __init__(self, store: Store, pretix: Pretix) -> None:
        self._store = store
        self._api = Api(pretix.url, TOKENS["dev1"], Pacing(most=10**9))

    def open(self, slug: str, ids: Ids) -> None:
        self.log, self._ids = log_of(self._api.address, ORGANIZER, slug), ids
        ours = frozenset(ids.devices)
        self._incoming = Incoming(self._api, self._store, ORGANIZER, slug, lambda: ours)
        self._incoming.catalogue()
        for _ in self._incoming.first():
            pass

    def changes(self) -> None:
        for _ in self._incoming.changes():
            pass

    def close(self) -> None:
        self._api.close()

    def scan(self, world: Row, row: Row) -> tuple[Seen, Verdict]:
        """Decide and, but for a simulation, write down."""
        scan = Scan(
            at=moment(row["at"]),
            direction=Direction(row["type"]),
            desk=DESK,
            gate=subject(Of.GATE, self._ids.gates[GATES[row["device"]]]) if row["device"] in GATES else None,
            nonce=row["nonce"],
            force=row["force"],
            ignore_unpaid=row["ignore_unpaid"],
            can_ask=row["questions_supported"],
            answers={
                subject(Of.QUESTION, number): value
                for number, value in answers(world, row, self._ids).items()
            },
        )
        with self._store.transaction() as tx:
            catalogue = tx.catalogue(self.log)
            door = catalogue.lists[subject(Of.LIST, self._ids.lists[row["list"]])]
            verdict = decide(tx.presented(self.log, row["code"]), door, scan, catalogue)
            if not row["simulate"]:
                tx.append(self.log, verdict.facts)
        return self._seen(verdict), verdict

    def rules_fault(self, row: Row, verdict: Verdict, explain: Any) -> bool:
        """Would `explain` (of rules and what is known) say that pretix can't explain these rules?"""
        assert verdict.ticket is not None
        with self._store.reader() as reader:
            catalogue = reader.catalogue(self.log)
        door = catalogue.lists[subject(Of.LIST, self._ids.lists[row["list"]])]
        gate = self._ids.gates[GATES[row["device"]]] if row["device"] in GATES else None
        scan = Scan(moment(row["at"]), gate=None if gate is None else subject(Of.GATE, gate))
        known = DoorKnowledge(verdict.ticket, door, scan, catalogue)
        try:
            return bool(explain(door.rules or {}, known))
        except RULE_FAULTS:
            return True

    def leaving(self, world: Row, at: str) -> list[str]:
        """Whom lists would check out whose hour has come: keys as of `stands`."""
        found = []
        with self._store.reader() as reader:
            lists = reader.catalogue(self.log).lists
            for place, row in enumerate(world["lists"]):
                due = row["exit_all_at"]
                if due is None or moment(due) > moment(at):
                    continue
                door = lists[subject(Of.LIST, self._ids.lists[place])]
                inside = reader.inside(self.log, door.id, moment(due), MANY)
                tickets = [ticket for one in inside if (ticket := reader.ticket(self.log, one))]
                found += [
                    f"{self._ids.lists[place]} {one.subject.removeprefix('px-p')}"
                    for one in exits(tickets, door, moment(due))
                ]
        return sorted(found)

    def stands(self) -> dict[str, Row]:
        """As `Pretix.stands`."""
        found: dict[str, Row] = {}
        with self._store.reader() as reader:
            for position in self._ids.positions:
                ticket = reader.ticket(self.log, subject(Of.POSITION, position))
                assert ticket is not None
                for list_ in self._ids.lists:
                    passes = passes_on(ticket, subject(Of.LIST, list_))
                    if passes:
                        kinds = [one.direction.value for one in passes]
                        found[f"{list_} {position}"] = {
                            "entry": kinds.count("entry"),
                            "exit": kinds.count("exit"),
                            "last": kinds[-1],
                        }
        return found

    def _seen(self, verdict: Verdict) -> Seen:
        position = None
        if verdict.ticket is not None and _word(verdict) != "invalid":
            position = self._ids.positions.index(int(verdict.ticket.id.removeprefix("px-p")))
        questions = tuple(
            self._ids.questions.index(int(one.removeprefix("px-q"))) for one in verdict.questions
        )
        return Seen(
            verdict.outcome.value,
            _word(verdict),
            position,
            questions if verdict.outcome is Outcome.INCOMPLETE else (),
            verdict.attention,
            verdict.checkin_texts,
        )


def _word(verdict: Verdict) -> str | None:
    """pretix' word: it does not tell canceled tickets and other dates from unknown codes."""
    if verdict.reason in (None, Reason.INCOMPLETE):
        return None
    is_unrecognised = verdict.reason in (Reason.CANCELED, Reason.PRODUCT) and not verdict.may_force
    if verdict.reason is Reason.UNKNOWN or is_unrecognised:
        return "invalid"
    return verdict.reason.value
