"""Tables whose rows change where they stand."""

from PySide6.QtCore import QPersistentModelIndex
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from eventdesk.screens.venue.rows import KeyedTable

Row = tuple[str, int]


def table(rows: list[Row]) -> KeyedTable[Row]:
    made: KeyedTable[Row] = KeyedTable(
        ("Name", "Figure"), lambda one: (one[0], str(one[1])), lambda one: one[0]
    )
    made.show_items(rows)
    return made


def told(model: KeyedTable[Row]) -> list[Row]:
    return [(model.index(row, 0).data(), int(model.index(row, 1).data())) for row in range(model.rowCount())]


def test_rows_come_go_change_and_move_without_a_new_table(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = table([("a", 1), ("b", 2), ("c", 3)])
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    kept = QPersistentModelIndex(model.index(2, 0))
    model.show_items([("c", 3), ("d", 4), ("a", 9)])
    assert told(model) == [("c", 3), ("d", 4), ("a", 9)]
    assert (kept.row(), kept.data()) == (0, "c")
    assert model.row_of("d") == 1
    assert model.row_of("b") == -1
    assert not resets
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_items([])
    assert model.rowCount() == 0


def test_only_rows_whose_words_are_others_are_drawn_again(qtbot: QtBot) -> None:
    model = table([(str(number), number) for number in range(50)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    model.show_items([(str(number), 7 if number == 31 else number) for number in range(50)])
    assert changed == [31]


def test_a_random_walk_ends_where_it_was_told(qtbot: QtBot) -> None:
    from random import Random

    random = Random(5)
    model = table([])
    for _ in range(200):
        rows = [(letter, random.randrange(9)) for letter in random.sample("abcdefghij", random.randrange(10))]
        model.show_items(rows)
        assert told(model) == rows
