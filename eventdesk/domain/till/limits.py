"""What is left of what is limited: quotas, discounts with a limit, gift cards. Each is a counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Left:
    """`size` None: no limit. `used` by all desks together, and by each. A counter of a budget or of a gift
    card counts minor units, others pieces."""

    counter: str
    size: int | None = None
    used: int = 0
    by_desk: Mapping[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int | None:
        """What is left, as far as is known here; None: as much as anyone likes."""
        return None if self.size is None else max(0, self.size - self.used)


def quotas_of(
    quotas: Mapping[tuple[str, str | None], Sequence[str]], product: str, session: str | None
) -> list[str]:
    """The ids of the quotas that a sale of the product for the session uses. `quotas`: by product and
    session, None of which are for all sessions."""
    own = quotas.get((product, session), ()) if session is not None else ()
    return [*quotas.get((product, None), ()), *own]


@dataclass(frozen=True, slots=True)
class GiftCard:
    """`amount` is what it was sold with; `left.number` what is still on it. `sale`: that of its sale."""

    id: str
    code: str
    amount: int
    currency: str
    sale: str
    left: Left
