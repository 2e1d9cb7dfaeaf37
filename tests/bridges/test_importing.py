"""What an import makes of a list: all or nothing, again without doubling, bad rows by name."""

from pathlib import Path

import pytest

from eventdesk.bridges.files import importing, mending
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Field, ImportChoices
from eventdesk.domain.tickets import OrderStatus
from eventdesk.errors import BadInput, OperationCanceled
from eventdesk.storage.verification import examine
from tests.bridges.conftest import LOG, NO_CHOICES, EventOnDisk, never, quiet

LIST = """Code,Name,E-Mail,Product,Order code,Order status
AAA1,Li Wei,li@example.org,Day,O1,paid
AAA2,Bo Derek,bo@example.org,Day,O1,paid
AAA3,Jo Wood,jo@example.org,VIP,O2,pending
"""
ONLY_GOOD = ImportChoices(only_good_rows=True)


def test_a_list_comes_in_and_the_store_is_what_its_log_says(event: EventOnDisk) -> None:
    done = event.import_file(event.write("list.csv", LIST))
    assert (done.written, done.counts.created, done.facts) == (True, 3, 8)
    tickets = event.tickets()
    assert tickets["Jo Wood"].order.status is OrderStatus.PENDING
    assert tickets["Li Wei"].order == tickets["Bo Derek"].order
    assert not examine(event.store).differences
    with event.store.reader() as reader:
        assert [hit.name for hit in reader.search(LOG, "derek").hits] == ["Bo Derek"]
        assert reader.presented(LOG, "AAA3").ticket == tickets["Jo Wood"]
        (imported,) = reader.facts(LOG, LOG, Kind.GUESTS_IMPORTED)
    assert imported.payload["file"] == "list.csv"


def test_the_same_list_again_writes_nothing(event: EventOnDisk) -> None:
    path = event.write("list.csv", LIST)
    event.import_file(path)
    before = event.fact_count()
    again = event.import_file(path)
    assert (again.counts.unchanged, again.facts) == (3, 0)
    assert event.fact_count() == before


def test_a_changed_list_changes_what_it_says_and_keeps_the_rest(event: EventOnDisk) -> None:
    event.import_file(event.write("list.csv", LIST))
    jo = event.tickets()["Jo Wood"]
    with event.store.transaction() as tx:
        members = {"list": "l1", "at": "2026-06-10T10:00:00Z"}
        notes = Draft(Kind.TICKET_CHANGED, jo.id, {"notes": "brings a dog"})
        tx.append(LOG, [Draft(Kind.ADMITTED, jo.id, members), notes])
    changed = LIST.replace("Jo Wood", "Joanna Wood").replace("pending", "paid").replace("AAA2,Bo", "AAA4,Bo")
    done = event.import_file(event.write("list.csv", changed.replace("jo@example.org", "")))
    assert (done.counts.changed, done.counts.created, done.counts.unchanged) == (1, 1, 1)
    after = event.tickets()["Joanna Wood"]
    assert (after.id, after.email, after.notes) == (jo.id, "jo@example.org", "brings a dog")
    assert len(after.admissions) == 1
    assert after.order.status is OrderStatus.PAID


def test_guests_who_left_the_list_stay(event: EventOnDisk) -> None:
    event.import_file(event.write("list.csv", LIST))
    event.import_file(event.write("list.csv", "\n".join(LIST.splitlines()[:2])))
    assert len(event.tickets()) == 3


def test_codes_are_made_once(event: EventOnDisk) -> None:
    path = event.write("list.csv", "Name,E-Mail\nLi,l@example.org\nBo,b@example.org\n")
    done = event.import_file(path)
    assert done.counts.codes_made == 2
    codes = {ticket.secret for ticket in event.tickets().values()}
    assert all(len(code) == 20 and set(code) <= set("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for code in codes)
    assert len(codes) == 2
    again = event.import_file(path)
    assert (again.counts.unchanged, again.counts.codes_made) == (2, 0)
    assert {ticket.secret for ticket in event.tickets().values()} == codes


def test_guests_are_known_again_by_reference_though_all_else_changes(event: EventOnDisk) -> None:
    event.import_file(event.write("list.csv", "Ticket ID,Code,Name\n17,OLD-1,Li\n"))
    done = event.import_file(event.write("list.csv", "Ticket ID,Code,Name\n17,NEW-1,Li Wei\n"))
    assert done.counts.changed == 1
    with event.store.reader() as reader:
        assert reader.presented(LOG, "OLD-1").ticket is None
        ticket = reader.presented(LOG, "NEW-1").ticket
    assert ticket is not None
    assert ticket.name == "Li Wei"


def test_a_code_that_was_revoked_here_does_not_come_back(event: EventOnDisk) -> None:
    path = event.write("list.csv", "Ticket ID,Code,Name\n17,OLD-1,Li\n")
    event.import_file(path)
    ticket = event.tickets()["Li"]
    with event.store.transaction() as tx:
        revoked = Draft(Kind.SECRET_REVOKED, ticket.id, {"secret": "OLD-1"})
        tx.append(LOG, [revoked, Draft(Kind.TICKET_CHANGED, ticket.id, {"secret": "NEW-1"})])
    assert event.import_file(path).counts.unchanged == 1
    assert event.tickets()["Li"].secret == "NEW-1"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("AAA1,Kim,k@example.org,Day,O9,paid", "Code", "Row 2 is about the same ticket"),
        ("AAA9,Kim,no address,Day,O9,paid", "E-Mail", "is no e-mail address"),
        ("AAA9,Kim,,Day,O9,perhaps", "Order status", "is no state"),
        ("AAA9,Kim,,,O9,paid", "Product", "names no product"),
        ("1.23E+17,Kim,,Day,O9,paid", "Code", "rounded this code"),
        (f"AAA9,{'K' * 501},,Day,O9,paid", "Name", "longer than 500"),
        ("AAA9,Kim,,Day,O9,paid,more", "", "has 7 cells"),
        (",,,Day,,", "", "names nobody"),
        ('AAA9,"Kim"s,,Day,O9,paid', "", "quotation mark"),
    ],
)
def test_a_bad_row_is_named_and_stops_everything(
    event: EventOnDisk, row: str, column: str, words: str
) -> None:
    done = event.import_file(event.write("list.csv", LIST + row + "\nAAA5,Flo,,Day,O5,paid\n"))
    assert (done.written, done.counts.bad, done.facts) == (False, 1, 0)
    (bad,) = done.bad
    assert (bad.number, bad.column) == (5, column)
    assert words in str(bad.reason)
    assert event.tickets() == {}


def test_only_good_rows_is_a_choice(event: EventOnDisk) -> None:
    path = event.write("list.csv", LIST + "AAA9,Kim,no address,Day,O9,paid\nAAA5,Flo,,Day,O5,paid\n")
    done = event.import_file(path, ONLY_GOOD)
    assert (done.written, done.counts.created, done.counts.bad) == (True, 4, 1)
    assert "Kim" not in event.tickets()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_bad_rows_are_saved_mended_and_imported(event: EventOnDisk, ending: str) -> None:
    source = event.write("list.csv", LIST + "AAA9,=Kim,no address,Day,O9,paid\nAAA5,Flo,,Day,O5,paid\n")
    bad = event.folder / f"bad.{ending}"
    saved = mending.save_bad_rows(event.store, LOG, source, bad, NO_CHOICES, quiet, never)
    assert saved.rows == 1
    event.import_file(source, ONLY_GOOD)
    assert event.preview(bad).bad[0].column == "E-Mail"
    if ending == "csv":
        text = bad.read_text("utf-8-sig").replace("no address", "kim@example.org", 1)
        mended = event.import_file(event.write("mended.csv", text))
        assert mended.counts.created == 1
        assert event.tickets()["=Kim"].email == "kim@example.org"


def test_a_code_of_another_ticket_is_bad(event: EventOnDisk) -> None:
    event.import_file(event.write("list.csv", "Ticket ID,Code,Name\n17,AAA1,Li\n18,AAA2,Bo\n"))
    done = event.import_file(event.write("list.csv", "Ticket ID,Code,Name\n18,AAA1,Bo\n"))
    assert "another ticket of the event (Li)" in str(done.bad[0].reason)


def test_rows_of_one_order_must_agree(event: EventOnDisk) -> None:
    done = event.import_file(
        event.write("list.csv", LIST.replace("Day,O1,paid\nAAA3", "Day,O1,expired\nAAA3"))
    )
    assert "Order O1 is paid in an earlier row and expired here." in str(done.bad[0].reason)


def test_columns_chosen_by_hand_count(event: EventOnDisk) -> None:
    path = event.write("list.csv", "Wer,Was,Wo\nLi,X-1,Tisch 4\n")
    choices = ImportChoices(
        fields={0: Field.NAME, 1: Field.CODE, 2: Field.SEAT}, header_row=1, product="Gala"
    )
    found = event.preview(path, choices)
    assert [column.confidence for column in found.columns] == [1.0, 1.0, 1.0]
    event.import_file(path, choices)
    ticket = event.tickets()["Li"]
    assert (ticket.secret, ticket.seat) == ("X-1", "Tisch 4")
    with event.store.reader() as reader:
        assert reader.catalogue(LOG).products[ticket.product].name == "Gala"


def test_times_are_those_of_the_events_zone(event: EventOnDisk) -> None:
    text = "Name,Valid from,Valid until\nLi,10.06.2026 18:00,2026-06-11\nBo,6/13/2026 9:30 pm,\n"
    event.import_file(event.write("list.csv", text))
    li, bo = event.tickets()["Li"], event.tickets()["Bo"]
    assert str(li.valid_from) == "2026-06-10 16:00:00+00:00"
    assert str(li.valid_until) == "2026-06-11 21:59:59+00:00"
    assert str(bo.valid_from) == "2026-06-13 19:30:00+00:00"


def test_a_date_that_may_be_two_waits_for_a_choice(event: EventOnDisk) -> None:
    path = event.write("list.csv", "Name,Valid from\nLi,3/4/2026\n")
    assert "whether the day comes first" in str(event.preview(path).bad[0].reason)
    event.import_file(path, ImportChoices(day_first=True))
    assert str(event.tickets()["Li"].valid_from) == "2026-04-02 22:00:00+00:00"


def test_add_ons_find_their_main_ticket(event: EventOnDisk) -> None:
    text = "Order,Position,Name,Product,Add-on to\nO1,1,Li,Day,\nO1,2,Li,Lunch,1\nO2,1,Bo,Lunch,7\n"
    done = event.import_file(event.write("list.csv", text), ONLY_GOOD)
    assert [(bad.number, bad.column) for bad in done.bad] == [(4, "Add-on to")]
    with event.store.reader() as reader:
        (main,) = [one for one in reader.order_tickets(LOG, event.tickets()["Li"].order.id) if one.addons]
    assert main.addons[0].addon_to == main.id


def test_an_unknown_event_is_told(event: EventOnDisk) -> None:
    path = event.write("list.csv", LIST)
    with pytest.raises(BadInput, match="no such event"):
        importing.import_file(event.store, "nothing", path, NO_CHOICES, quiet, never)


def test_a_canceled_import_leaves_nothing(event: EventOnDisk) -> None:
    rows = "".join(f"C{number},Guest {number},,Day,O{number},paid\n" for number in range(5_000))
    path = event.write("list.csv", LIST.splitlines()[0] + "\n" + rows)
    seen: list[int] = []

    def canceled() -> bool:
        return bool(seen) and seen[-1] >= 3_000

    with pytest.raises(OperationCanceled):
        importing.import_file(event.store, LOG, path, NO_CHOICES, lambda done, _: seen.append(done), canceled)
    assert seen[-1] == 3_000
    assert event.tickets() == {}
    assert event.import_file(path).counts.created == 5_000


def test_a_wrong_column_does_not_make_a_thousand_products(event: EventOnDisk) -> None:
    rows = "".join(f"Guest {number},P{number}\n" for number in range(600))
    done = event.import_file(event.write("list.csv", "Name,Product\n" + rows))
    assert done.counts.bad == 100
    assert "new product number 501" in str(done.bad[0].reason)


def test_what_a_preview_tells(event: EventOnDisk, tmp_path: Path) -> None:
    found = event.preview(event.write("list.csv", LIST))
    assert found.counts.created == 3
    assert found.new.products == ("Day", "VIP")
    assert [row.number for row in found.rows] == [2, 3, 4]
    assert event.tickets() == {}
    event.import_file(event.write("list.csv", LIST), found.choices)
    assert len(event.tickets()) == 3


def test_a_product_that_was_taken_away_comes_back_with_the_list(event: EventOnDisk) -> None:
    event.import_file(event.write("list.csv", LIST))
    with event.store.reader() as reader:
        products = {product.name: id_ for id_, product in reader.catalogue(LOG).products.items()}
    removed = Draft(Kind.PRODUCT_DEFINED, products["Day"], {"name": "Day", "removed": True})
    with event.store.transaction() as tx:
        tx.append(LOG, [removed])
    assert event.import_file(event.write("more.csv", LIST.replace("AAA", "BBB"))).new.products == ("Day",)
    with event.store.reader() as reader:
        assert products["Day"] in reader.catalogue(LOG).products


def test_known_questions_are_answered_in_their_own_form(event: EventOnDisk) -> None:
    options = [{"id": "o1", "text": "Vegan"}, {"id": "o2", "text": "Meat"}]
    question = Draft(Kind.QUESTION_DEFINED, "q", {"text": "Menu", "type": "choice", "options": options})
    with event.store.transaction() as tx:
        tx.append(LOG, [question])
    path = event.write("list.csv", "Name,Menu\nLi,Vegan\nBo,Cake\n")
    done = event.import_file(path, ONLY_GOOD)
    assert [(bad.number, bad.column) for bad in done.bad] == [(3, "Menu")]
    assert event.tickets()["Li"].answers == {"q": "Vegan"}
