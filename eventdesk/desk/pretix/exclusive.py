"""One bridge at a time: the claim on the event, held as long as this desk is the bridge."""

from dataclasses import dataclass
from typing import Final

from eventdesk.desk.upstream.claims import Asked, Claims, Wish

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

    def take(self, log: str, fact: str, note: str) -> Hold:
        """`fact`: by which the claim is told apart; `note` is what others are told (this desk's name)."""
        if not self._claims.is_paired:
            return Hold(True)
        wish, asked = Wish(log, KEY, log, fact, note), Asked()
        self._meant = fact
        self._claims.hold(wish, asked)
        answer = asked.answer
        if answer.granted:
            self._asked = (wish, asked)
            asked.written = True  # not to be given back with the end of a scan
            return Hold(True)
        self._meant = ""
        self._claims.let_go(wish, asked)
        holder = answer.holder
        return Hold(answer.granted, (holder.note or holder.desk) if holder else "")

    def let_go(self) -> None:
        self._meant = ""
        if self._asked is not None:
            wish, asked = self._asked
            asked.written = False
            self._claims.let_go(wish, asked)
            self._asked = None
