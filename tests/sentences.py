"""Every sentence for a person in the source: the first argument of `tr`, `Words` and `Unreadable`."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CALLS = {"tr", "Words", "Unreadable"}


def sentences(folder: str = "eventdesk") -> dict[str, str]:
    """English sentence -> the file where it stands first."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for sentence in _in(tree):
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    return found


def _in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
            yield first.value
