"""Every sentence for a person in the source: the first argument of `tr`, `Words` and `Unreadable`, and the
fixed sentences of faults and of devices' states, whose words are translated where they are shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CALLS = {"tr", "Words", "Unreadable"}


# Faults in which other texts than sentences stand (an id, a name) have no two words.
FAULTS = {
    "BadInput",
    "DamagedDatabase",
    "DatabaseLocked",
    "DeviceError",
    "DeviceState",
    "EventDeskError",
    "KeyringUnavailable",
    "NewerSchema",
    "NotAllowed",
    "PrintSystemSilent",
    "StorageError",
    "Trouble",
    "WrongKey",
}
# Told on a terminal, in English.
TERMINAL = ("cli", "bench")


def sentences(folder: str = "eventdesk") -> dict[str, str]:
    """English sentence -> the file where it stands first."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        at_terminal = file.relative_to(ROOT).parts[1] in TERMINAL
        for sentence in [*_in(tree), *(() if at_terminal else _of_faults(tree))]:
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    return found


def _in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if (
            _name(node) in CALLS
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and first.value
        ):
            yield first.value


def _of_faults(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in FAULTS:
            for part in node.args:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                    yield part.value


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
