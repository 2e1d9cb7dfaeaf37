"""What columns are called in real exports and hand-made lists, in English and German.

Collected from the exporters' sources and reports: pretix (order data, check-in lists), Eventbrite
(attendee summary), alf.io (attendees), Indico (registrations), and this program's own export. A
header is compared in its plain form (`plain`): lower case, punctuation as spaces.
"""

import re
from collections.abc import Mapping

from eventdesk.domain.imports import Field

_NOT_A_WORD = re.compile(r"[\W_]+")

# Words parted by bars. Where several fields share a word, the first that no better column has taken.
HEADERS: Mapping[Field, str] = {
    Field.NAME: """
        name | full name | attendee name | guest name | guest | participant | attendee |
        ticket holder | teilnehmername | teilnehmer | teilnehmerin | gast | gastname | voller name |
        vollständiger name | name des teilnehmers | name des gastes | vor und nachname |
        name vorname | ticketinhaber
    """,
    Field.TITLE: """
        title | salutation | prefix | anrede | titel | attendee name title | attendee name titel
    """,
    Field.GIVEN_NAME: """
        first name | given name | forename | firstname | vorname | rufname | attendee first name |
        attendee name given name | attendee name first name | teilnehmername vorname |
        guest first name
    """,
    Field.FAMILY_NAME: """
        last name | family name | surname | lastname | nachname | familienname | zuname |
        attendee last name | attendee surname | attendee name family name | attendee name last name |
        teilnehmername nachname | teilnehmername familienname | guest last name
    """,
    Field.EMAIL: """
        attendee email | attendee e mail | email | e mail | mail | email address | e mail address |
        e mail adresse | emailadresse | mailadresse | teilnehmer e mail | e mail des teilnehmers |
        guest email
    """,
    Field.COMPANY: """
        company | organization | organisation | affiliation | company name | employer | institution |
        firma | unternehmen | firmenname | arbeitgeber | verein
    """,
    Field.PRODUCT: """
        product | item | ticket type | ticket category | category | ticket | ticket name |
        ticket class | type | ticketart | tickettyp | kategorie | ticketkategorie | produkt | karte |
        kartenart | art
    """,
    Field.VARIATION: """
        variation | variant | product variation | price tier | variante | produktvariante |
        ausführung
    """,
    Field.SESSION: """
        session | subevent | event date | date | slot | time slot | timeslot | day | show |
        performance | termin | tag | veranstaltungstag | zeitfenster | datum | vorstellung
    """,
    Field.CODE: """
        code | secret | ticket secret | ticket code | barcode | barcode number |
        barcode no | bar code | qr code |
        qr | ticketcode | ticket barcode | scan code | strichcode | geheimnis | ticket geheimnis |
        ticket code barcode
    """,
    Field.REFERENCE: """
        attendee | attendee no | attendee number | attendee id | ticket id | ticket number |
        ticket no | registration id | id | uuid | reference | ticketnummer | ticket nr |
        teilnehmer id | teilnehmernummer | referenz
    """,
    Field.ORDER: """
        order | order code | order no | order number | order id | booking | booking number |
        booking code | booking reference | reservationid | reservation id | reservation |
        bestellnummer | bestellung | bestellcode | bestell nr | bestellnr | buchung | buchungsnummer |
        buchungscode | auftragsnummer
    """,
    Field.POSITION: """
        position id | position | position number | positions id | positionsnummer | pos
    """,
    Field.STATUS: """
        status | attendee status | ticket status | registration state | state | paid |
        payment status | order state | bezahlt | zahlungsstatus | anmeldestatus | zustand
    """,
    Field.ORDER_STATUS: """
        order status | bestellstatus | status der bestellung
    """,
    Field.ORDER_NAME: """
        invoice address name | buyer name | ordered by | customer | customer name | besteller |
        name der rechnungsadresse | rechnungsadresse name | kunde | käufer
    """,
    Field.ORDER_EMAIL: """
        order email | order e mail | buyer email | customer email | e mail der bestellung | email |
        e mail | e mail address
    """,
    Field.LOCALE: """
        order locale | locale | language | sprache | bestellsprache | sprache der bestellung
    """,
    Field.SEAT: """
        seat name | seat | seat number | seat id | sitzplatz | sitz | platz | sitzplatzname
    """,
    Field.NOTES: """
        notes | note | comment | comments | remark | remarks | order comment | internal comment |
        notiz | notizen | bemerkung | bemerkungen | kommentar | anmerkung | anmerkungen
    """,
    Field.VALID_FROM: """
        valid from | validity start | gültig ab | gültig von | valid since
    """,
    Field.VALID_UNTIL: """
        valid until | valid to | valid till | validity end | expires | gültig bis
    """,
    Field.CANCELED: """
        canceled | cancelled | storniert | abgesagt | void
    """,
    Field.BLOCKED: """
        blocked | locked out | gesperrt | blockiert
    """,
    Field.ATTENTION: """
        requires special attention | attention | special attention |
        benötigt besondere aufmerksamkeit | besondere aufmerksamkeit | achtung
    """,
    Field.CHECKIN_TEXT: """
        check in text | checkin text | check in message | check in text des tickets
    """,
    Field.ADDON_TO: """
        add on to position id | add on to | addon to | add on to position | zusatz zu |
        zusatzprodukt zu
    """,
}

# Of no use at a door: not offered as a question, so that no more is kept of a person than is needed.
OF_NO_USE = """
    price | tax rate | tax rule | tax value | address | zip code | city | country | state | voucher |
    voucher code | pseudonymization id | seat zone | seat row | phone number | order date |
    order time | event slug | follow up date | vat id | sales channel | e mail address verified |
    payment providers | invoice address | checked in | checked out | automatically checked in |
    start date | end date | quantity | group | order type | currency | total paid | fees paid |
    row | what is wrong |
    eventbrite fees | eventbrite payment processing | creation | event | originalprice | paidprice |
    discount | vat | locked | confirmation | billing address | country code | payment id |
    payment method | registration date | check in date | payment date | tags | preis | steuersatz |
    steuerregel | steuerbetrag | adresse | straße | plz | postleitzahl | ort | stadt | land |
    gutschein | telefonnummer | telefon | bestelldatum | bestellzeit | vertriebskanal |
    zahlungsarten | eingecheckt | nr | no | lfd nr | menge | anzahl | gesamt | währung
"""


def plain(header: str) -> str:
    """The header in lower case, with one space for whatever is no letter or digit; "#" as "no"."""
    return _NOT_A_WORD.sub(" ", header.casefold().replace("#", " no")).strip()


def words_of(text: str) -> list[str]:
    return [plain(word) for word in text.split("|")]


def _by_header() -> dict[str, tuple[Field, ...]]:
    table: dict[str, tuple[Field, ...]] = {}
    for field, words in HEADERS.items():
        for word in words_of(words):
            table[word] = (*table.get(word, ()), field)
    return table


LEFT_OUT = frozenset(words_of(OF_NO_USE))
FIELDS_BY_HEADER: Mapping[str, tuple[Field, ...]] = _by_header()
