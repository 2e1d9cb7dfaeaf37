"""Each of some thousand made guests is found: by name, beginning, code, and with a typing error."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventdesk.bench.filling import fill
from eventdesk.bench.guests import MadeGuest, made_guests
from eventdesk.bench.slips import slip
from eventdesk.storage.search import fold
from eventdesk.storage.store import Store
from tests.storage.searching import KEY, find, names

MADE = 4000


@pytest.fixture(scope="module")
def guests() -> list[MadeGuest]:
    return list(made_guests(MADE, seed=11))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, guests: list[MadeGuest]) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("crowd") / "desk.db", KEY, "desk") as store:
        fill(store, guests)
        yield store


@settings(deadline=None)
@given(typed=st.text(max_size=40))
def test_nothing_typed_can_do_harm(crowd: Store, typed: str) -> None:
    assert len(find(crowd, typed, limit=5).hits) <= 5


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
