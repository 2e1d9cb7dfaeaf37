"""Claims of fifty doors, each on the disk before it is answered."""

import argparse
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, sleep
from typing import Any

import msgspec

from eventdesk.bench.filling import LIST, LOG
from eventdesk.bench.sync.asking import Answers, Lines, percentile_ms, request
from eventdesk.bench.sync.nodes import Asker, Node, askers, let_in
from eventdesk.domain.facts import new_id
from sync.wire import ClaimAnswer, ClaimAsked

DESKS = 50
CLAIMS = f"/v1/logs/{LOG}/claims"
# Of a desk in the saturated part: more than can be served.
MOST_A_SECOND = 1000
CENTRE = "centre"
PATIENCE_S = 60.0


def measure(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`claim_ms_...`: from the question to the answer, desks asking once a second each at moments of their
    own; `..._saturated`: each asks again as soon as it is answered. The node has a SQLite of its own.
    `claim_hub_ms_...`: of a hub that asks this node about each; `claim_hub_confirmed`: the share of claims
    that it answered for within the hub's budget."""
    node, desks = Node.prepare(folder / "node"), askers(DESKS)
    let_in(node, desks)
    return _direct(node, desks, args.seconds) | _by_hub(node, folder / "hub", args.seconds)


def _direct(node: Node, desks: list[Asker], calm_s: float) -> dict[str, Any]:
    with node.served() as served, closing(Lines(served.at, DESKS)) as lines:
        lines.in_turn([_claims(desk, 5) for desk in desks])  # connections and caches are warm
        calm = _granted(lines.at_moments(_moments(desks, calm_s)))
        seconds = max(calm_s / 5, 0.1)
        queues = [_claims(desk, round(MOST_A_SECOND * seconds)) for desk in desks]
        rush = _granted(lines.in_turn(queues, perf_counter() + seconds))
    return {
        "claim_ms_p50": percentile_ms(calm.took, 0.5),
        "claim_ms_p99": percentile_ms(calm.took, 0.99),
        "claims_per_s_saturated": round(len(rush.took) / rush.seconds),
        "claim_ms_p50_saturated": percentile_ms(rush.took, 0.5),
        "claim_ms_p99_saturated": percentile_ms(rush.took, 0.99),
    }


def _by_hub(centre: Node, folder: Path, seconds: float) -> dict[str, Any]:
    hub, desks = Node.prepare(folder), askers(DESKS)
    let_in(hub, desks)
    with ExitStack() as stack:
        beyond = stack.enter_context(centre.served())
        invitation = centre.invitation(beyond.address, ("hub",))
        served = stack.enter_context(hub.served(upstream=invitation))
        lines = stack.enter_context(closing(Lines(served.at, DESKS)))
        _wait_for_centre(lines, desks)
        calm = _granted(lines.at_moments(_moments(desks, seconds)))
    levels = [_answer(body).level for body in calm.bodies]
    return {
        "claim_hub_ms_p50": percentile_ms(calm.took, 0.5),
        "claim_hub_ms_p99": percentile_ms(calm.took, 0.99),
        "claim_hub_confirmed": round(levels.count(CENTRE) / len(levels), 3),
    }


def _wait_for_centre(lines: Lines, desks: list[Asker]) -> None:
    """Raises RuntimeError where the hub does not reach it in time."""
    until = monotonic() + PATIENCE_S
    while monotonic() < until:
        answers = lines.in_turn([_claims(desk, 1) for desk in desks])
        if all(_answer(body).level == CENTRE for body in answers.bodies):
            return
        sleep(0.1)
    raise RuntimeError("the hub does not reach its upstream")


def _moments(desks: list[Asker], seconds: float) -> list[tuple[float, int, bytes]]:
    random = Random(1)
    offsets = [random.random() for _ in desks]
    return [
        (second + offsets[place], place, _claim(desk))
        for second in range(max(round(seconds), 1))
        for place, desk in enumerate(desks)
    ]


def _claims(desk: Asker, number: int) -> list[bytes]:
    return [_claim(desk) for _ in range(number)]


def _claim(desk: Asker) -> bytes:
    """Of a ticket that nobody has presented yet."""
    ticket = new_id()
    return request(desk, CLAIMS, ClaimAsked(f"once/{LIST}/{ticket}", ticket, new_id(), "north"))


def _granted(answers: Answers) -> Answers:
    if not all(_answer(body).granted for body in answers.bodies):
        raise RuntimeError("a claim that nobody else asked for was not granted")
    return answers


def _answer(body: bytes) -> ClaimAnswer:
    return msgspec.msgpack.decode(body, type=ClaimAnswer)
