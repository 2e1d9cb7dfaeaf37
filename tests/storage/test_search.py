"""Guests found as one types, on a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventdesk.bench.filling import LIST, LOG, event_drafts, fill
from eventdesk.bench.guests import MadeGuest, made_guests
from eventdesk.bench.slips import slip
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import Hit, Matches
from eventdesk.storage.search import fold, index
from eventdesk.storage.store import Store

KEY = bytes(range(32))
MADE = 4000

PEOPLE = (
    ("Anna Müller", "anna.mueller@example.org", "Nordlicht GmbH"),
    ("Anna Müllerstein", "", ""),
    ("Emma Muller", "", ""),
    ("Karl Mueller", "", ""),
    ("Sean O'Brien", "", "Kestrel Ltd"),
    ("Anne-Marie Strauß", "", ""),
    ("Annemarie Koch", "", ""),
    ("Łukasz Wałęsa", "", ""),
    ("Işıl Yıldız", "", ""),
    ("Mikkel Sørensen", "", ""),
    ("Фёдор Соловьёв", "", ""),
    ("أحمد الخطيب", "", ""),
    ("王小明", "", ""),
    ("李娜", "", ""),
    ("김민수", "", ""),
    ("佐藤 健太", "", ""),
    ("Thomas Becker", "tbecker77@gmx.de", ""),
    ("Thomas Beker", "", ""),
    ("Maria José García Núñez", "", ""),
)


def order(number: int, **members: str) -> Draft:
    return Draft(Kind.ORDER_PLACED, f"o{number}", {"code": f"CODE{number}", "status": "paid", **members})


def ticket(number: int, name: str, email: str = "", company: str = "", **members: str) -> Draft:
    payload = {"order": f"o{number}", "product": "VIP", "name": name, "email": email, "company": company}
    return Draft(Kind.TICKET_ISSUED, f"t{number}", {"secret": f"Secret-{number}-x", **payload, **members})


def find(store: Store, text: str, log: str = LOG, limit: int = 50) -> Matches:
    with store.reader() as reader:
        return reader.search(log, text, LIST, limit)


def names(store: Store, text: str) -> list[str]:
    return [hit.name for hit in find(store, text).hits]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A few people whom one may know by name."""
    with Store.open(tmp_path / "desk.db", KEY, "desk") as store:
        with store.transaction() as tx:
            tx.append(LOG, event_drafts())
            for number, person in enumerate(PEOPLE):
                tx.append(LOG, [order(number), ticket(number, *person)])
        yield store


@pytest.fixture(scope="module")
def guests() -> list[MadeGuest]:
    return list(made_guests(MADE, seed=11))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, guests: list[MadeGuest]) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("crowd") / "desk.db", KEY, "desk") as store:
        fill(store, guests)
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


@settings(deadline=None)
@given(typed=st.text(max_size=40))
def test_nothing_typed_can_do_harm(crowd: Store, typed: str) -> None:
    assert len(find(crowd, typed, limit=5).hits) <= 5


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


def test_a_walk_in_is_found_at_once_with_a_typing_error_too(store: Store) -> None:
    assert names(store, "xylander") == []
    with store.transaction() as tx:
        tx.append(LOG, [order(90), ticket(90, "Quirin Xylander")])
    assert names(store, "xylander") == ["Quirin Xylander"]
    assert names(store, "xylandre") == ["Quirin Xylander"]
    assert names(store, "lander") == ["Quirin Xylander"]


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "t16", {"name": "Thomas Quitzow"})])
    assert names(store, "quitzow") == ["Thomas Quitzow"]
    assert "Thomas Quitzow" not in names(store, "thomas becker")


def test_a_ticket_without_a_name_is_found_by_its_order(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [order(91, name="Berta Vischer", email="b@vischer.example"), ticket(91, "")])
    assert names(store, "vischer berta") == ["Berta Vischer"]
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.ORDER_CHANGED, "o91", {"name": "Berta Wyss"})])
    assert names(store, "wyss") == ["Berta Wyss"]


def test_an_import_is_found_by_a_reader_that_has_searched_before(tmp_path: Path) -> None:
    with Store.open(tmp_path / "desk.db", KEY, "desk") as store:
        fill(store, made_guests(500, seed=1))
        assert names(store, "wolkenstein") == []
        with store.transaction() as tx:
            many = [draft for n in range(3000) for draft in (order(n), ticket(n, f"Oskar Wolken{n:04}stein"))]
            tx.append_bulk(LOG, many, lambda done: None)
        assert names(store, "wolken0077stein")[0] == "Oskar Wolken0077stein"
        assert names(store, "oskar wolkne0077stein")[0] == "Oskar Wolken0077stein"


def add_and_give_up(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [order(92), ticket(92, "Ottokar Nimmerda")])
        raise InterruptedError


def test_what_was_undone_is_not_found(store: Store) -> None:
    with pytest.raises(InterruptedError):
        add_and_give_up(store)
    assert names(store, "nimmerda") == []


def test_the_index_can_be_made_anew(store: Store) -> None:
    before = names(store, "mu")
    with store.transaction() as tx:
        index.rebuild(tx._connection)
    assert names(store, "mu") == before
    assert names(store, "settled") == []
    assert names(store, "Mikkel Soresnen") == ["Mikkel Sørensen"]


def test_a_removed_guest_is_not_found(store: Store) -> None:
    with store.transaction() as tx:
        index.remove(tx._connection.cursor(), [1])
    assert "Anna Müller" not in names(store, "anna muller")


def test_the_words_of_a_removed_guest_leave_the_file(store: Store) -> None:
    with store.transaction() as tx:
        cursor = tx._connection.cursor()
        index.put(cursor, [index.GuestText(5000, LOG, "Quirin Xylander")])
        index.remove(cursor, [5000])
        index.settle(cursor)
        for table, column in (("search_vocabulary", "term"), ("search_fresh", "word")):
            held = f"SELECT count(*) FROM {table} WHERE {column} LIKE '%xylander'"
            assert cursor.execute(held).fetchone() == (0,), table
    assert "Anna Müller" in names(store, "anna müller")


def test_every_guest_is_found_by_name_and_by_codes(crowd: Store, guests: list[MadeGuest]) -> None:
    for guest in guests[::20]:
        assert guest.name in names(crowd, guest.name)
        assert [hit.secret for hit in find(crowd, guest.secret).hits] == [guest.secret]
        assert find(crowd, guest.secret[:12]).hits[0].secret == guest.secret
        assert guest.name in names(crowd, guest.order_code)


def test_every_word_is_found_by_any_beginning(crowd: Store, guests: list[MadeGuest]) -> None:
    random = Random(5)
    for guest in random.sample(guests, 60):
        for word in guest.name.split():
            for size in range(2, len(word) + 1):
                begun = fold.parts(word[:size])
                hits = find(crowd, word[:size], limit=MADE).hits
                assert not begun or any(hit.secret == guest.secret for hit in hits), word[:size]


def test_one_typing_error_hides_hardly_anybody(crowd: Store, guests: list[MadeGuest]) -> None:
    random = Random(6)
    wanted = [guest for guest in random.sample(guests, 600) if not fold.unspaced(guest.name)]
    missed = [
        (typed, guest.name)
        for guest in wanted
        if guest.name not in names(crowd, typed := slip(random, guest.name))[:20]
    ]
    assert len(missed) <= 0.02 * len(wanted), missed
