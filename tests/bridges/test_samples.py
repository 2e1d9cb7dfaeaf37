"""Lists in the shapes that other systems export come in with every column understood."""

from eventdesk.domain.imports import Field, Preview
from eventdesk.domain.tickets import OrderStatus
from tests.bridges.conftest import SAMPLES, EventOnDisk


def fields(preview: Preview) -> dict[Field, str]:
    """Which header became which field, the ignored left out."""
    return {column.field: column.header for column in preview.columns if column.field is not Field.IGNORED}


def test_pretix_order_positions(event: EventOnDisk) -> None:
    file = SAMPLES / "pretix_order_positions.csv"
    found = event.preview(file)
    assert fields(found) == {
        Field.ORDER: "Order code",
        Field.POSITION: "Position ID",
        Field.STATUS: "Status",
        Field.ORDER_EMAIL: "Email",
        Field.PRODUCT: "Product",
        Field.VARIATION: "Variation",
        Field.NAME: "Attendee name",
        Field.GIVEN_NAME: "Attendee name: Given name",
        Field.FAMILY_NAME: "Attendee name: Family name",
        Field.EMAIL: "Attendee email",
        Field.COMPANY: "Company",
        Field.SEAT: "Seat name",
        Field.NOTES: "Order comment",
        Field.ANSWER: "Which workshop do you want?",
        Field.ORDER_NAME: "Invoice address name",
        Field.LOCALE: "Order locale",
        Field.CODE: "Ticket secret",
    }
    assert found.new.products == ("Conference ticket", "Workshop day")
    assert found.new.variations == (("Conference ticket", "Student"), ("Conference ticket", "Regular"))
    assert event.import_file(file).counts.created == 4
    tickets = event.tickets()
    zoe, li, oguz = tickets["Zoë Müller"], tickets["Wei Li"], tickets["Oğuz Yılmaz"]
    assert (zoe.secret, zoe.seat, zoe.company) == ("kx3vd9aq2mnp7r5t8w4y6z2b3c5d7f9h", "A-1", "Beispiel AG")
    assert list(tickets["Jürgen Groß"].answers.values()) == ["Python, Basics"]
    assert zoe.order.id == tickets["Jürgen Groß"].order.id
    assert (li.order.status, li.notes) == (OrderStatus.PENDING, "pays by invoice;\nsee e-mail")
    assert oguz.canceled
    assert zoe.order.name == "Zoë Müller"


def test_pretix_check_in_list_in_german(event: EventOnDisk) -> None:
    file = SAMPLES / "pretix_checkin_list_de.csv"
    found = event.preview(file)
    assert found.choices.delimiter == ";"
    assert fields(found)[Field.CODE] == "Geheimnis"
    assert fields(found)[Field.STATUS] == "Bezahlt"
    assert event.import_file(file).counts.created == 3
    tickets = event.tickets()
    assert tickets["Änne Schäfer"].attention
    assert tickets["Chloé Durand"].order.status is OrderStatus.PENDING
    assert tickets["Jörg Schäfer"].company == "Schäfer & Söhne"
    assert found.new.sessions == ("Samstag", "Sonntag")


def test_eventbrite_attendees(event: EventOnDisk) -> None:
    file = SAMPLES / "eventbrite_attendees.csv"
    found = event.preview(file)
    assert fields(found)[Field.REFERENCE] == "Attendee #"
    assert fields(found)[Field.CODE] == "Barcode #"
    assert fields(found)[Field.PRODUCT] == "Ticket Type"
    assert event.import_file(file).counts.created == 4
    tickets = event.tickets()
    assert tickets["José Núñez"].secret == "671234570110234568011001"
    assert tickets["Maria O'Brien"].order.code == "6712345678"
    assert tickets["Anna Kowalska"].canceled
    assert list(tickets["Maria O'Brien"].answers.values()) == ["vegan"]


def test_alfio_attendees_have_no_codes(event: EventOnDisk) -> None:
    file = SAMPLES / "alfio_attendees.csv"
    found = event.preview(file)
    assert fields(found)[Field.REFERENCE] == "ID"
    assert fields(found)[Field.ORDER] == "ReservationID"
    assert found.counts.codes_made == 3
    assert any("have no code" in str(warning) for warning in found.warnings)
    event.import_file(file)
    tickets = event.tickets()
    assert tickets["Luca Bernasconi"].canceled
    assert not tickets["Léa Rochat"].canceled
    assert tickets["Grüezi Meier"].order.status is OrderStatus.PENDING
    assert event.import_file(file).counts.unchanged == 3


def test_indico_registrations(event: EventOnDisk) -> None:
    file = SAMPLES / "indico_registrations.csv"
    assert fields(event.preview(file))[Field.COMPANY] == "Affiliation"
    assert event.import_file(file).counts.created == 4
    tickets = event.tickets()
    assert tickets["Bose, Satyendra"].order.requires_approval
    assert tickets["Curie, Marie"].order.status is OrderStatus.PENDING
    assert tickets["Hopper, Grace"].canceled


def test_a_hand_made_list_with_titles_and_twins(event: EventOnDisk) -> None:
    file = SAMPLES / "hand_made_cp1252.csv"
    found = event.preview(file)
    assert (found.choices.encoding, found.choices.delimiter, found.choices.header_row) == ("cp1252", ";", 4)
    assert found.counts.twins == 1
    assert event.import_file(file).counts.created == 4
    assert "Änne Öztürk" in event.tickets()
    assert event.import_file(file).counts.unchanged == 4
