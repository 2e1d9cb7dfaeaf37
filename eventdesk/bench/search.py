"""Search as one types, from the text to the list of hits, on encrypted stores of made guests."""

import argparse
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from eventdesk.bench.filling import LIST, LOG, fill
from eventdesk.bench.guests import MadeGuest, made_guests
from eventdesk.bench.slips import slip
from eventdesk.storage import connecting
from eventdesk.storage.search.fold import unspaced
from eventdesk.storage.store import Store

SIZES = (50_000, 500_000)
BASELINE_SIZE = 50_000
BASELINE_QUERIES = 60
SAMPLE = 20_000
FIRST = 20

# What a program without an index does with a name: any part of any column, letters as they are.
LIKE = """
    SELECT id, secret, name, email, company FROM tickets
    WHERE log = ?1 AND (name LIKE ?2 OR email LIKE ?2 OR company LIKE ?2 OR secret LIKE ?2) LIMIT 50
"""

Ask = Callable[[str], list[str]]
# Seconds on the wall's clock and seconds of computing: on a busy machine they part.
Time = tuple[float, float]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--guests", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--queries", type=int, default=2000, help="of each kind, at each size")
    parser.add_argument("--seed", type=int, default=None, help="of the queries; a new one each time")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds by number of guests; `cpu` leaves out what the machine did for others.

    `typo_found`: the share of guests who are among the first 20 hits when their full name is typed
    with one error (a namesake, whom no search could tell apart by name, counts). Names without
    spaces between words (CJK) are left out there.
    """
    seed = args.seed if args.seed is not None else int.from_bytes(os.urandom(4))
    results: dict[str, Any] = {str(size): _measure_size(size, args.queries, seed) for size in args.guests}
    return results | {"seed": seed}


def _measure_size(size: int, queries: int, seed: int) -> dict[str, float]:
    random = Random(seed)
    wanted = random.sample(range(size), min(SAMPLE, size))
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "bench.db", secrets.token_bytes(connecting.KEY_BYTES)
        with Store.open(path, key, "bench") as store:
            began = perf_counter()
            sample: list[MadeGuest] = []
            fill(store, _sampled(made_guests(size), set(wanted), sample))
            results = {"filled_s": round(perf_counter() - began, 1)} | _first_search(store)
            results |= _all_kinds(random, sample, queries, lambda text: _hits(store, text))
        if size == BASELINE_SIZE:
            results |= _baseline(random, sample, path, key, results["name_ms_p50"])
        return results


def _sampled(guests: Iterator[MadeGuest], wanted: set[int], sample: list[MadeGuest]) -> Iterator[MadeGuest]:
    for number, guest in enumerate(guests):
        if number in wanted:
            sample.append(guest)
        yield guest


def _hits(store: Store, text: str) -> list[str]:
    with store.reader() as reader:
        return [hit.name for hit in reader.search(LOG, text, LIST).hits]


def _first_search(store: Store) -> dict[str, float]:
    """What a desk does once, in the background, when its event is chosen."""
    began = perf_counter()
    with store.reader() as reader:
        reader.prepare_search(LOG)
    return {"prepare_ms": _ms(perf_counter() - began)}


def _all_kinds(random: Random, sample: list[MadeGuest], queries: int, ask: Ask) -> dict[str, float]:
    spaced = [guest for guest in sample if not unspaced(guest.name)]
    prefixes = [_prefix(random, random.choice(sample)) for _ in range(queries)]
    names = [random.choice(sample).name for _ in range(queries)]
    meant = [random.choice(spaced).name for _ in range(queries)]
    surnames = [random.choice(spaced).name.split()[-1] for _ in range(queries // 2)]
    prefix_times, _ = _timed(ask, prefixes)
    name_times, found_names = _timed(ask, names)
    typo_times, found = _timed(ask, [slip(random, name) for name in meant])
    surname_times, _ = _timed(ask, [slip(random, name) for name in surnames])
    return (
        _percentiles("prefix", prefix_times)
        | _percentiles("name", name_times)
        | _percentiles("typo", typo_times + surname_times)
        | {"name_found": _share(names, found_names), "typo_found": _share(meant, found)}
    )


def _prefix(random: Random, guest: MadeGuest) -> str:
    return random.choice(f"{guest.name} {guest.company}".split())[:3]


def _timed(ask: Ask, texts: list[str]) -> tuple[list[Time], list[list[str]]]:
    times, answers = [], []
    for text in texts:
        began, computed = perf_counter(), process_time()
        answers.append(ask(text))
        times.append((perf_counter() - began, process_time() - computed))
    return times, answers


def _baseline(
    random: Random, sample: list[MadeGuest], path: Path, key: bytes, ours_ms: float
) -> dict[str, float]:
    connection = connecting.connect(path, key, mode="ro")
    texts = [random.choice(sample).name for _ in range(BASELINE_QUERIES)]
    times, _ = _timed(lambda text: connection.execute(LIKE, (LOG, f"%{text}%")).fetchall(), texts)
    connection.close()
    like = _percentiles("like", times)
    return like | {"like_vs_name": round(like["like_ms_p50"] / ours_ms, 1)}


def _percentiles(name: str, times: list[Time]) -> dict[str, float]:
    wall, computing = sorted(wall for wall, _ in times), sorted(computing for _, computing in times)
    last = int(len(times) * 0.99)
    return {
        f"{name}_ms_p50": _ms(wall[len(wall) // 2]),
        f"{name}_ms_p99": _ms(wall[last]),
        f"{name}_cpu_ms_p99": _ms(computing[last]),
    }


def _share(wanted: list[str], found: list[list[str]]) -> float:
    hits = sum(name in names[:FIRST] for name, names in zip(wanted, found, strict=True))
    return round(hits / len(wanted), 4)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
