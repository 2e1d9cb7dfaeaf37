"""PINs and staff cards: what is kept of them, and how they are checked.

Kept is Argon2id (RFC 9106) over HMAC-SHA256 of the PIN under the event's pepper. The pepper lies in the
keyring of each desk, never in the log: whoever has the disk alone can try all ten thousand PINs and
none fits. The salt is the event's own, derived from the pepper, so that one log-on costs one Argon2id,
however many people the event has; PINs are told apart by their owner, so that no two are the same.
"""

import hmac
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from argon2 import Parameters, extract_parameters
from argon2.exceptions import InvalidHash
from argon2.low_level import Type, hash_secret

from eventdesk.errors import BadInput

PEPPER_BYTES = 32
_SALT_BYTES, _HASH_BYTES = 16, 32
_COLUMNS = ("2580", "0852")  # of the keypad


class Cost(NamedTuple):
    """RFC 9106's second choice: 64 MiB (in KiB), three passes, four lanes. 0.1 s on a small computer."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 4


# Whoever can write facts must not be able to make a log-on take minutes or all memory.
_MOST = Cost(1 << 18, 8, 16)


def check_new(pin: str) -> None:
    """Raises BadInput for a PIN that is malformed or among the first that anyone would try."""
    if not re.fullmatch(r"[0-9]{4,12}", pin):
        raise BadInput("A PIN has 4 to 12 digits.", "Choose another PIN.")
    if _is_repeated(pin) or _is_row(pin) or pin in _COLUMNS:
        raise BadInput(
            "This PIN is too easy to guess.", "Choose one without rows such as 1234 and repeats such as 1212."
        )


def verifier(secret: str, pepper: bytes, cost: Cost | None = None) -> str:
    """What `staff_defined` keeps of a PIN or a card's number. Raises ValueError for a short pepper."""
    if len(pepper) != PEPPER_BYTES:
        raise ValueError(f"a pepper has {PEPPER_BYTES} bytes, not {len(pepper)}")
    cost = cost or Cost()
    salt = hmac.digest(pepper, b"eventdesk pin salt 1", sha256)[:_SALT_BYTES]
    keyed = hmac.digest(pepper, b"eventdesk pin 1\n" + secret.encode("utf-8", "surrogatepass"), sha256)
    made = hash_secret(keyed, salt, cost.passes, cost.memory, cost.lanes, _HASH_BYTES, Type.ID)
    return made.decode("ascii")


def check(secret: str, kept: str, pepper: bytes) -> bool:
    """Whether this is the PIN (or card) of which `kept` was made. A malformed `kept` fits none."""
    return owner(secret, {"": kept}, pepper) is not None


def owner(secret: str, kept: Mapping[str, str], pepper: bytes) -> str | None:
    """Whose PIN it is, of the verifiers by person. One Argon2id for all that were made at one cost."""
    made: dict[Cost, str] = {}
    found = None
    for person, one in kept.items():
        cost = _cost(one)
        if cost is None:
            continue
        if cost not in made:
            made[cost] = verifier(secret, pepper, cost)
        if hmac.compare_digest(made[cost].encode(), one.encode("utf-8", "replace")):
            found = person
    return found


@lru_cache(maxsize=256)
def _cost(kept: str) -> Cost | None:
    try:
        read = extract_parameters(kept)
    except InvalidHash:
        return None
    return _bounded(read) if read.type is Type.ID else None


def _bounded(read: Parameters) -> Cost | None:
    cost = Cost(read.memory_cost, read.time_cost, read.parallelism)
    lanes_fit = 1 <= cost.lanes <= _MOST.lanes and cost.memory >= 8 * cost.lanes
    fits = lanes_fit and cost.memory <= _MOST.memory and 1 <= cost.passes <= _MOST.passes
    return cost if fits else None


def _is_repeated(pin: str) -> bool:
    """One part again and again: 0000, 1212, 123123."""
    return pin in (pin + pin)[1:-1]


_STEPS = frozenset({1, 2, 8, 9})  # modulo ten, so that 8 and 9 go down


def _is_row(pin: str) -> bool:
    """Digits up or down by one, or by two: 1234, 9876, 2468, 8901."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= _STEPS
