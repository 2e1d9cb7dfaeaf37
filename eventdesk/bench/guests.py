"""Made guests for measurements and tests: the same seed gives the same guests.

Names of fourteen language families, with surnames made of syllables among them, so that 500,000
guests have some 110,000 different words, as a real list of that size has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from eventdesk.bench.names import (
    CODAS,
    COMPANY_FIELDS,
    COMPANY_FORMS,
    COMPANY_NAMES,
    ENDINGS,
    FAMILIES,
    ONSETS,
    VOWELS,
    Family,
)

PRODUCTS = ("Standard", "Student", "VIP", "Press", "Speaker", "Day ticket")
MADE_SURNAMES = 150_000
MAIL_HOSTS = ("gmail.com", "gmx.de", "example.org", "outlook.com", "yahoo.fr", "web.de", "icloud.com")
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
SECRET_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class MadeGuest:
    """Guests with one `order_code` follow each other. `product` is one of PRODUCTS."""

    name: str
    email: str
    company: str
    order_code: str
    secret: str
    product: str


def made_guests(count: int, seed: int = 1) -> Iterator[MadeGuest]:
    """`count` guests; order codes and secrets are unique within one seed."""
    random = Random(seed)
    families = [family for family in FAMILIES for _ in range(family.share)]
    made = order = 0
    while made < count:
        code, company = _order_code(order, seed), _company(random)
        order += 1
        for _ in range(min(random.choice((1, 1, 1, 2, 2, 3)), count - made)):
            name = _name(random, random.choice(families))
            yield MadeGuest(
                name, _email(random, name), company, code, _secret(random), random.choice(PRODUCTS)
            )
            made += 1


def _name(random: Random, family: Family) -> str:
    given, last = random.choice(family.given), random.choice(family.last)
    if family.joined:
        return last + given
    if family.made and random.random() < 0.55:
        last = _surname(int(MADE_SURNAMES * random.random() ** 1.5))
    if random.random() < 0.06:
        given = f"{given} {random.choice(family.given)}"
    return f"{given} {last}"


def _surname(number: int) -> str:
    """The `number`th surname: two syllables and, for three in four, an ending."""
    number, onset = divmod(number, len(ONSETS))
    number, vowel = divmod(number, len(VOWELS))
    number, coda = divmod(number, len(CODAS))
    second, vowel2 = divmod(number, len(VOWELS))
    ending = (onset * 7 + vowel * 3 + coda + vowel2) % (len(ENDINGS) + 3)
    start = ONSETS[onset] + VOWELS[vowel] + CODAS[coda] + ONSETS[second % len(ONSETS)] + VOWELS[vowel2]
    return (start + (ENDINGS[ending] if ending < len(ENDINGS) else CODAS[coda])).capitalize()


def _order_code(number: int, seed: int) -> str:
    """Five letters; the factor is prime to 28 ** 5, so that no code comes twice."""
    rest = (number * 7_368_787 + seed * 1_299_709) % len(CODE_LETTERS) ** 5
    letters = ""
    for _ in range(5):
        rest, letter = divmod(rest, len(CODE_LETTERS))
        letters += CODE_LETTERS[letter]
    return letters


def _secret(random: Random) -> str:
    bits = random.getrandbits(160)
    return "".join(SECRET_LETTERS[bits >> shift & 31] for shift in range(0, 160, 5))


def _company(random: Random) -> str:
    if random.random() < 0.4:
        return ""
    name = f"{random.choice(COMPANY_NAMES)} {random.choice(COMPANY_FIELDS)}"
    return f"{name} {random.choice(COMPANY_FORMS)}"


def _email(random: Random, name: str) -> str:
    """An address like those that people have; names that are not Latin get a handle."""
    if random.random() < 0.15:
        return ""
    host = random.choice(MAIL_HOSTS)
    words = _ascii(name).split()
    if len(words) < 2:
        return f"{_ascii(_surname(random.randrange(MADE_SURNAMES)))}@{host}"
    given, last = words[0], words[-1]
    year = random.randrange(60, 100)
    return random.choice((f"{given}.{last}@{host}", f"{given[0]}{last}@{host}", f"{last}{year}@{host}"))


def _ascii(name: str) -> str:
    plain = normalize("NFKD", name.lower().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in " -"))
