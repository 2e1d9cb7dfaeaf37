"""`eventdesk verify`: is the database what its log says?

The log is replayed into fresh tables, every table is compared, every chain is checked. What differs
is told in words.
"""

import argparse
import sys

from eventdesk.cli.database import add_database, opened
from eventdesk.storage.verification import Findings, examine


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "verify",
        help="replay the log into fresh tables and compare",
        description="Replay the log into fresh tables, compare every table and check every chain.",
    )
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where all is well, 1 where something differs. Raises StorageError where it can't be opened."""
    with opened(args) as store:
        findings = examine(store, _progress)
    for sentence in findings.differences:
        print(sentence)
    print(_summary(findings))
    return 1 if findings.differences else 0


def _summary(findings: Findings) -> str:
    facts = f"{findings.facts} facts"
    if findings.redacted:
        facts += f" ({findings.redacted} redacted)"
    if findings.differences:
        return f"{facts} read: the database is not what its log says."
    return f"{facts} read: every table is what the log says, every chain holds."


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total} facts", end="" if done < total else "\n", file=sys.stderr, flush=True)
