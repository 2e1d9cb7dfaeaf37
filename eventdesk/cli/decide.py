"""`eventdesk decide`: what our decision answers to situations in pretix's words.

Reads a JSON array of scenarios from standard input or a file. The answers are printed when all are
known: with `--json` a JSON array, else a line each, in the words that a desk would show.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from eventdesk.cli.scenarios.answers import answer, full_answer
from eventdesk.cli.scenarios.redeem import Result
from eventdesk.cli.scenarios.run import read_scenario
from eventdesk.cli.scenarios.run import run as run_scenario
from eventdesk.errors import BadInput


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "decide",
        help="answer check-in situations given as JSON",
        description="Answer check-in situations: a JSON array of scenarios, on standard input or in FILE.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: standard input")
    parser.add_argument("--json", action="store_true", help="answer with a JSON array")
    parser.add_argument("--all", action="store_true", help="with --json: all that the words can say")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Returns 1 where a scenario could not be used: it is named, the others are answered all the same.

    Raises BadInput, with nothing printed, for input that is no array of scenarios.
    """
    answers = [_told(scenario, number, args.all) for number, scenario in enumerate(_read(args.file), 1)]
    if args.json:
        print(json.dumps([members for members, _words in answers], indent=1))
    else:
        for _members, words in answers:
            print(words)
    return int(any("error" in members for members, _words in answers))


def _told(raw: object, number: int, all_words: bool) -> tuple[dict[str, Any], str]:
    try:
        return _answered(raw, number, all_words=all_words)
    except BadInput as error:
        print(f"eventdesk decide: {error}", file=sys.stderr)
        id_ = raw.get("id") if isinstance(raw, dict) else None
        return {"id": id_, "status": None, "reason": None, "error": str(error)}, f"{id_}: {error}"


def _read(file: Path | None) -> list[Any]:
    name = str(file) if file else "standard input"
    try:
        text = file.read_bytes() if file else sys.stdin.buffer.read()
        raw = json.loads(text.decode("utf-8-sig"))
    except OSError as error:
        raise BadInput(f"{name} can't be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} is no JSON: {error}.", "Give a JSON array of scenarios.") from error
    if not isinstance(raw, list):
        raise BadInput(f"{name} must hold a JSON array of scenarios.")
    return raw


def _answered(raw: object, number: int, *, all_words: bool) -> tuple[dict[str, Any], str]:
    id_, world, call = read_scenario(raw, number)
    result = run_scenario(world, call)
    members = (full_answer if all_words else answer)(id_, world, result)
    return members, f"{id_}: {_words(result)}"


def _words(result: Result) -> str:
    verdict = result.verdict
    if verdict is None:
        return result.message or result.status or "done"
    sentences = (f"{verdict.headline}.", str(verdict.explanation), str(verdict.remedy))
    return " ".join(sentence for sentence in sentences if sentence)
