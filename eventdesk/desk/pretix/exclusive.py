"""One bridge at a time: the claim on the event, held as long as this desk is the bridge."""

from dataclasses import dataclass
from typing import Final

from eventdesk.desk.upstream.claims import Asked, Claims, Wish
from eventdesk.desk.upstream.enrolling import refusal
from eventdesk.errors import EventDeskError
from sync.errors import SyncError

KEY: Final = "bridge/pretix"


@dataclass(frozen=True, slots=True)
class Hold:
    """`granted` None: the node did not answer. `holder`: who is the bridge instead."""

    granted: bool | None
    holder: str = ""


class Exclusive:
    """A desk that was never paired asks nobody. Any thread."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._meant = ""
        self._asked: tuple[Wish, Asked] | None = None
        # The node gives a claim without a fact back at a restart, unless somebody still means it.
        claims.meant.append(lambda _log, fact: bool(fact) and fact == self._meant)

    def mean(self, fact: str) -> None:
        """This claim was granted before: it stays ours over a restart."""
        self._meant = fact

    def take(self, log: str, fact: str, note: str, *, ours: bool = False) -> Hold:
        """`fact`: by which the claim is told apart; `note` is what others are told (its name). `ours`:
        it was granted before, and silence of the node does not end that."""
        if not self._claims.is_paired:
            return Hold(True)
        wish, asked = Wish(log, KEY, log, fact, note), Asked()
        self._meant = fact
        self._claims.hold(wish, asked)
        answer = asked.answer
        if answer.granted or (ours and answer.granted is None):
            self._asked = (wish, asked)
            asked.written = True  # not to be given back with the end of a scan
            return Hold(True)
        self._meant = ""
        self._asked = None
        self._claims.let_go(wish, asked)
        holder = answer.holder
        return Hold(answer.granted, (holder.note or holder.desk) if holder else "")

    def take_back(self, log: str) -> None:
        """From whoever holds it. Raises EventDeskError where the node does not answer, or refuses."""
        link = self._claims.link
        if link is None:
            raise EventDeskError("The hub or centre does not answer just now.", "Try again when it does.")
        try:
            link.upstream.release(log, KEY, reason="the bridge was taken over")
        except SyncError as error:
            raise refusal(error) from error

    def is_held(self, log: str) -> bool:
        """Whether the node keeps it for this desk; silence is yes."""
        if not self._claims.is_paired:
            return False
        link = self._claims.link
        try:
            return link is None or any(one.key == KEY for one in link.upstream.held(log))
        except SyncError:
            return True

    def let_go(self) -> None:
        self._meant = ""
        if self._asked is not None:
            wish, asked = self._asked
            asked.written = False
            self._claims.let_go(wish, asked)
            self._asked = None
