"""Every sentence for a person in the source: the first argument of `tr`, `Words` and `Unreadable`, and the
fixed sentences of faults and of devices' states, whose words are translated where they are shown."""

import ast
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

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
    "GateBusy",
    "Finding",
    "KeyringUnavailable",
    "NewerSchema",
    "NotAllowed",
    "NotEventDesk",
    "NotOpened",
    "NotPrinted",
    "PrintSystemSilent",
    "PretixBusy",
    "PretixCannot",
    "PretixRevoked",
    "PretixSilent",
    "PretixWaits",
    "Printed",
    "QueueRefused",
    "StorageError",
    "Trouble",
    "Untold",
    "WrongKey",
    "WrongNode",
    "locked",
}
# Of the line to other nodes, which `sync` tells and the desk shows.
LINE_FAULTS = {
    "BadAddress",
    "NotEventDesk",
    "Refused",
    "Revoked",
    "ServerFault",
    "TooMany",
    "Unreachable",
    "WrongNode",
}
LINE = "sync/client"
# What printers tell, by their keywords, and why a badge did not come out, by name.
PRINTING = (
    "eventdesk/devices/printers/words.py",
    "eventdesk/desk/printing/press.py",
    "eventdesk/storage/restoring.py",
)
# Why pretix was not told of something, by name, and what it is.
PRETIX = ("eventdesk/bridges/pretix", "eventdesk/desk/pretix")
# Layouts that ship are chosen by their names.
LAYOUTS = "resources/layouts"
# Told on a terminal, in English.
TERMINAL = ("cli", "bench")


@cache
def sentences(folder: str = "eventdesk") -> Mapping[str, str]:
    """English sentence -> the file where it stands first; the source is read once a run."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        calls = _calls(ast.parse(file.read_text(encoding="utf-8")))
        at_terminal = file.relative_to(ROOT).parts[1] in TERMINAL
        for sentence in [*_in(calls), *(() if at_terminal else _of_faults(calls))]:
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    for place in PRINTING:
        for sentence in _of_words(ast.parse((ROOT / place).read_text(encoding="utf-8"))):
            found.setdefault(sentence, place)
    for file in (one for place in PRETIX for one in sorted((ROOT / place).rglob("*.py"))):
        for sentence in _constants(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    for file in sorted((ROOT / LAYOUTS).glob("*.json")):
        found.setdefault(json.loads(file.read_text(encoding="utf-8"))["name"], LAYOUTS)
    for file in sorted((ROOT / LINE).rglob("*.py")):
        for sentence in _of_line(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    return MappingProxyType(found)


def _calls(tree: ast.AST) -> list[ast.Call]:
    """Those with arguments."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]


def _in(calls: list[ast.Call]) -> Iterator[str]:
    for call in calls:
        first = call.args[0]
        if (
            _name(call) in CALLS
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and first.value
        ):
            yield first.value


def _of_faults(calls: list[ast.Call], names: set[str] = FAULTS) -> Iterator[str]:
    for call in calls:
        if _name(call) in names:
            yield from filter(None, map(_sentence, call.args))


def _of_line(tree: ast.Module) -> Iterator[str]:
    """Its faults' sentences, and the remedies that several of them share."""
    yield from _of_faults(_calls(tree), LINE_FAULTS)
    yield from _constants(tree)


def _constants(tree: ast.Module) -> Iterator[str]:
    """Whole sentences that have a name."""
    for node in tree.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is not None and _sentence(value).endswith("."):
            yield _sentence(value)


def _of_words(tree: ast.Module) -> Iterator[str]:
    """Its constants, and the values of its tables."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            yield from filter(None, map(_sentence, values))


def _sentence(node: ast.expr) -> str:
    text = node.value if isinstance(node, ast.Constant) else ""
    return text if isinstance(text, str) and " " in text else ""


def _name(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
