"""Who may import whom: the arrows of docs/architecture.md, as rules that fail when one breaks."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMON = {"errors", "paths", "config", "i18n"}
EVERY_ROOM = {
    "domain",
    "storage",
    "signing",
    "devices",
    "badges",
    "receipts",
    "bridges",
    "desk",
    "node",
    "screens",
    "cli",
    "bench",
}

# room -> the rooms of eventdesk that it may import
ARROWS = {
    "domain": set(),
    "storage": {"domain"} | COMMON,
    "signing": {"domain"},
    "devices": {"domain"} | COMMON,
    "badges": {"domain"} | COMMON,
    "receipts": {"domain", "badges"} | COMMON,
    "bridges": {"domain", "storage"} | COMMON,
    "desk": {"domain", "storage", "signing", "devices", "badges", "receipts", "bridges"} | COMMON,
    "node": {"domain", "storage"} | COMMON,
    "screens": {"domain", "desk"} | COMMON,
    "cli": EVERY_ROOM | COMMON,
    "bench": EVERY_ROOM | COMMON,
}
# The designer's canvas shows what the renderer draws, and what it refuses: there is no second drawing code.
ALSO = {"screens/designer": {"badges"}}
MAY_IMPORT_SYNC = {"storage", "desk", "node", "cli", "bench"}
# Badges and receipts are drawn by Qt, which alone shapes every script (docs/decisions).
MAY_IMPORT_QT = {"screens", "badges", "receipts", "bench", "cli"}
ONLY_STORAGE = {"sqlalchemy", "sqlcipher3"}


def modules(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


@cache
def imported(file: Path) -> frozenset[str]:
    """Every module that the file imports, absolute names, wherever the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            module = node.module or ""
            names.add(module)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def rooms_of(names: frozenset[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("eventdesk.")}


def packages_of(names: frozenset[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("room", sorted(ARROWS))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for file in modules(f"eventdesk/{room}"):
        where = file.relative_to(ROOT / "eventdesk").as_posix()
        also = {one for folder, some in ALSO.items() if where.startswith(f"{folder}/") for one in some}
        allowed = ARROWS[room] | {room} | also
        strangers = (rooms_of(imported(file)) & (EVERY_ROOM | COMMON | {"app"})) - allowed
        assert not strangers, f"{file.relative_to(ROOT)} imports {sorted(strangers)}"


def test_the_domain_needs_the_standard_library_alone() -> None:
    import sys

    for file in modules("eventdesk/domain"):
        strangers = packages_of(imported(file)) - set(sys.stdlib_module_names) - {"eventdesk"}
        assert not strangers, f"{file.relative_to(ROOT)} imports {sorted(strangers)}"


def test_sync_knows_neither_tickets_nor_qt() -> None:
    for file in modules("sync"):
        strangers = packages_of(imported(file)) & {"eventdesk", "PySide6"}
        assert not strangers, f"{file.relative_to(ROOT)} imports {sorted(strangers)}"


def test_only_some_rooms_know_sync_qt_or_the_database() -> None:
    for room in EVERY_ROOM:
        for file in modules(f"eventdesk/{room}"):
            packages = packages_of(imported(file))
            where = file.relative_to(ROOT)
            assert room in MAY_IMPORT_SYNC or "sync" not in packages, where
            assert room in MAY_IMPORT_QT or "PySide6" not in packages, where
            assert room in {"storage", "bench"} or not packages & ONLY_STORAGE, where


def test_only_main_imports_the_composition_root() -> None:
    for file in modules("eventdesk"):
        if file.name != "__main__.py" and file.parent.name != "app":
            assert "app" not in rooms_of(imported(file)), file.relative_to(ROOT)


def test_the_top_level_is_the_agreed_one() -> None:
    for name in ("eventdesk", "resources", "sync", "tests", "pyproject.toml", "README.md"):
        assert (ROOT / name).exists(), name
