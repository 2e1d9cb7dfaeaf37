"""Guests found as one types, on a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bench.filling import LIST, LOG
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import Hit, Matches
from eventdesk.storage.store import Store
from tests.storage.searching import PEOPLE, find, names, order, store_of_people, ticket


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_of_people(tmp_path) as store:
        yield store


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("anna muller", "Anna Müller"),
        ("MÜLLER ANNA", "Anna Müller"),
        ("anna mueller", "Anna Müller"),
        ("Müller Karl", "Karl Mueller"),
        ("Mueller Emma", "Emma Muller"),
        ("o'brien", "Sean O'Brien"),
        ("O’Brien", "Sean O'Brien"),
        ("obrien", "Sean O'Brien"),
        ("brien sean", "Sean O'Brien"),
        ("anne-marie s", "Anne-Marie Strauß"),
        ("anne marie strauss", "Anne-Marie Strauß"),
        ("annemarie straus", "Anne-Marie Strauß"),
        ("anne-marie koch", "Annemarie Koch"),
        ("walesa", "Łukasz Wałęsa"),
        ("isil yildiz", "Işıl Yıldız"),
        ("soerensen", "Mikkel Sørensen"),
        ("Sörensen", "Mikkel Sørensen"),
        ("соловьев федор", "Фёдор Соловьёв"),
        ("احمد", "أحمد الخطيب"),
        ("王小明", "王小明"),
        ("小明", "王小明"),
        ("王 小明", "王小明"),
        ("李娜", "李娜"),
        ("娜", "李娜"),
        ("민수", "김민수"),
        ("佐藤健太", "佐藤 健太"),
        ("garcia maria", "Maria José García Núñez"),
        ("nunez jose", "Maria José García Núñez"),
        ("unez", "Maria José García Núñez"),
        ("thomasbecker", "Thomas Becker"),
        ("tbecker77@gmx", "Thomas Becker"),
        ("anna.mueller@example.org", "Anna Müller"),
        ("nordl", "Anna Müller"),
        ("kestrel sean", "Sean O'Brien"),
        ("code12", "王小明"),
        ("CODE12", "王小明"),
        ("secret-13-X", "李娜"),
        ("Secret-13", "李娜"),
        ("13-x", "李娜"),
        ("secret13x", "李娜"),
        ("wlesa", "Łukasz Wałęsa"),
        ("Mikkel Soresnen", "Mikkel Sørensen"),
        ("sraen obrian", "Sean O'Brien"),
        ("Anna Xyzzy Müller", "Anna Müller"),
    ],
)
def test_the_person_meant_comes_first(store: Store, typed: str, first: str) -> None:
    assert names(store, typed)[:1] == [first]


def test_whole_words_come_before_begun_ones_and_those_before_corrected_ones(store: Store) -> None:
    assert names(store, "anna muller")[:2] == ["Anna Müller", "Anna Müllerstein"]
    assert names(store, "thomas beker") == ["Thomas Beker", "Thomas Becker"]


def test_the_whole_name_comes_before_names_with_more_words(store: Store) -> None:
    with store.transaction() as tx:
        for number, name in enumerate(("Li Mei Tan", "Tan Li", "Li Tan"), start=80):
            tx.append(LOG, [order(number), ticket(number, name)])
    assert names(store, "li tan")[:3] == ["Tan Li", "Li Tan", "Li Mei Tan"]


def test_the_same_text_gives_the_same_order(store: Store) -> None:
    assert names(store, "a") == names(store, "a")


def test_what_was_probably_meant_is_told_only_where_nobody_has_what_was_typed(store: Store) -> None:
    assert find(store, "Mikkel Soresnen").corrected == "mikkel sorensen"
    assert find(store, "Thomas Beker").corrected == ""
    assert find(store, "qqqqqqq") == Matches()


def test_a_hit_says_who_and_what(store: Store) -> None:
    with store.transaction() as tx:
        passed = {"list": LIST, "at": "2026-06-10T09:00:00Z"}
        tx.append(LOG, [Draft(Kind.ADMITTED, "t0", passed)])
    assert find(store, "anna muller", limit=1).hits == (
        Hit("t0", "Secret-0-x", *PEOPLE[0], "o0", "CODE0", "VIP", used=True, inside=True),
    )


@pytest.mark.parametrize("typed", ["", " ", "-", "\0", "'", "\u200b", '"', "*"])
def test_nothing_typed_finds_nobody(store: Store, typed: str) -> None:
    assert find(store, typed) == Matches()


def test_one_letter_finds_those_who_begin_so(store: Store) -> None:
    assert {"Karl Mueller", "Annemarie Koch", "Sean O'Brien"} <= set(names(store, "k"))
    assert len(find(store, "a", limit=2).hits) == 2


@pytest.mark.parametrize(
    "typed",
    ['anna"', "anna*", "anna NEAR", "NEAR(anna, 2)", "-anna", "words:anna", "anna AND", "(anna", "anna\0"],
)
def test_what_is_syntax_elsewhere_is_text_here(store: Store, typed: str) -> None:
    assert "Anna Müller" in names(store, typed)


def test_a_very_long_text_is_harmless(store: Store) -> None:
    assert find(store, "anna " * 50_000).hits[0].name == "Anna Müller"
    find(store, "x" * 1_000_000)


def test_only_guests_of_the_event_are_found(store: Store) -> None:
    with store.transaction() as tx:
        tx.append("other", [order(1), ticket(1, "Zoltan Müller")])
    assert [hit.name for hit in find(store, "müller", log="other").hits] == ["Zoltan Müller"]
    assert [hit.name for hit in find(store, "zoltna", log="other").hits] == ["Zoltan Müller"]
    assert "Zoltan Müller" not in names(store, "müller")
    assert names(store, "zoltan") == []
    assert find(store, "müller", log="no such event") == Matches()
