"""Reading codes: the pipeline and each single reader on a folder of pictures with a manifest."""

import argparse
import csv
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from eventdesk.devices.codes.gray import to_gray
from eventdesk.devices.codes.pictures import load
from eventdesk.devices.codes.pipeline import still_reader
from eventdesk.devices.codes.readers import available
from eventdesk.devices.codes.values import QR_ONLY, Image, canonical
from eventdesk.errors import BadInput

ReadTexts = Callable[[Image], set[str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder with a manifest.csv")
    parser.add_argument("--pipeline-only", action="store_true", help="leave the single readers out")


@dataclass(slots=True)
class Picture:
    """One picture of the manifest. `group` is its set; `expected` is empty where nothing may be read."""

    file: Path
    group: str
    expected: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tally:
    """What one reader did on one set. `total` counts expected texts, and one for a picture of none."""

    total: int = 0
    right: int = 0
    wrong: int = 0
    ms: list[float] = field(default_factory=list)

    def add(self, expected: set[str], texts: set[str], ms: float) -> None:
        """A text that is not expected is wrong; spaces and line ends do not count."""
        self.total += max(1, len(expected))
        self.right += len(expected & texts) if expected else int(not texts)
        self.wrong += len(texts - expected)
        self.ms.append(ms)

    def figures(self) -> dict[str, Any]:
        cuts = quantiles(self.ms, n=100, method="inclusive") if len(self.ms) > 1 else self.ms * 99
        return {
            "pictures": len(self.ms),
            "rate": round(self.right / self.total, 4),
            "wrong": self.wrong,
            "ms_p50": round(cuts[49], 3),
            "ms_p95": round(cuts[94], 3),
        }


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """`sets`: the pipeline on each set; `all` and `nocode`: on all with a code and without one;
    `readers`: the same for each single reader. Loading a picture is not counted in `ms`."""
    pictures = manifest(args.folder)
    readers: dict[str, ReadTexts] = {"pipeline": _pipeline()}
    if not args.pipeline_only:
        readers |= {engine.name: _single(engine) for engine in available()}
    tallies = _run(pictures, readers)
    singles = {name: _report(pictures, tallies[name]) for name in readers if name != "pipeline"}
    return {**_report(pictures, tallies["pipeline"]), "readers": singles}


def manifest(folder: Path) -> list[Picture]:
    """The pictures of `manifest.csv` (columns `file`, `set`, `expected_text`; a picture with several
    codes has several rows). Raises BadInput where it is not there or lacks a column."""
    file = folder / "manifest.csv"
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        pictures: dict[str, Picture] = {}
        for row in rows:
            picture = pictures.setdefault(row["file"], Picture(folder / row["file"], row["set"]))
            if row["expected_text"]:
                picture.expected.add(canonical(row["expected_text"]))
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} can't be used as a manifest: {error!r}.") from error
    return list(pictures.values())


def _pipeline() -> ReadTexts:
    reader = still_reader()
    return lambda image: set(reader.read(image).texts)


def _single(engine: Any) -> ReadTexts:
    return lambda image: {code.text for code in engine.read(to_gray(image), QR_ONLY).codes}


def _run(pictures: Iterable[Picture], readers: dict[str, ReadTexts]) -> dict[str, dict[Path, Tally]]:
    """One tally a reader and picture. The readers take turns on each picture, so that whatever else
    the machine does falls on all of them alike."""
    tallies: dict[str, dict[Path, Tally]] = defaultdict(dict)
    order = deque(readers.items())
    for picture in pictures:
        image = next(load(picture.file))
        order.rotate()  # the first to look has the picture's memory to fetch
        for name, read in order:
            tally = tallies[name][picture.file] = Tally()
            began = time.perf_counter()
            texts = read(image)
            tally.add(picture.expected, texts, (time.perf_counter() - began) * 1000)
    return tallies


def _report(pictures: list[Picture], tallies: dict[Path, Tally]) -> dict[str, Any]:
    sets: dict[str, list[Tally]] = defaultdict(list)
    both: dict[str, list[Tally]] = defaultdict(list)
    for picture in pictures:
        tally = tallies[picture.file]
        sets[picture.group].append(tally)
        both["all" if picture.expected else "nocode"].append(tally)
    report = {name: _sum(parts).figures() for name, parts in both.items()}
    return {"sets": {name: _sum(parts).figures() for name, parts in sets.items()}, **report}


def _sum(parts: Iterable[Tally]) -> Tally:
    whole = Tally()
    for part in parts:
        whole.total += part.total
        whole.right += part.right
        whole.wrong += part.wrong
        whole.ms += part.ms
    return whole
