"""What tells a guest from others: a name or an order code, and the second fact that only they know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eventdesk.domain.kiosk.setup import Second


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that a name or an order code may mean, with what can confirm it; no add-on."""

    ticket: str
    order: str
    name: str
    emails: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    order_code: str = ""
    code: str = ""

    def told(self, second: Second) -> tuple[str, ...]:
        """What the guest may say for this second fact; none where nothing is known."""
        known = {
            Second.EMAIL: self.emails,
            Second.COMPANY: self.companies,
            Second.ORDER: (self.order_code,),
            Second.TICKET: (self.code,),
        }[second]
        return tuple(one for one in known if one.strip())


def second_of(candidate: Candidate, seconds: Sequence[Second]) -> Second | None:
    """The fact that this guest is asked for: the first that anything is known for. None: none is, so that
    staff must look."""
    return next((one for one in seconds if candidate.told(one)), None)


def others_than(seconds: Sequence[Second], used: Collection[Second]) -> tuple[Second, ...]:
    """An order code does not confirm itself."""
    return tuple(one for one in seconds if one not in used)
