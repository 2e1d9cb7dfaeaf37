"""What a node's HTTP side may be told: limits and times. All rates are a process's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`a_second` requests on average, `burst` at once."""

    a_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Settings:
    """`desk`: each desk's requests. `hub`: those of one that hands on what its desks do. `address`: all
    from one address, behind which a whole venue may stand. `entry`: enrolments and sign-ins of an address,
    and each token that nobody knows. `shut_out`: what a desk that was shut out still hands in.

    `note`: of one desk (or hub) that leaves notes.

    `fingerprint`: SHA-256 of the certificate (DER) that this node presents itself; empty behind a proxy.
    `body_s`: within which a request's body must have come. `token_s`: how long another process's
    revocation may stay unseen here.
    """

    version: str = ""
    fingerprint: bytes = b""
    desk: Rate = Rate(50, 150)
    hub: Rate = Rate(1000, 2000)
    address: Rate = Rate(2000, 4000)
    entry: Rate = Rate(2, 60)
    shut_out: Rate = Rate(2, 20)
    note: Rate = Rate(2, 20)
    most_waiting: int = 20_000
    body_s: float = 30.0
    token_s: float = 1.0
