"""Documents that are to be signed: asked again where a text was changed."""

from eventdesk.domain.kiosk.documents import digest, to_sign
from eventdesk.domain.kiosk.setup import Document

WAIVER = Document("waiver", "Waiver", {"en": "At my own risk.", "de": "Auf eigene Gefahr."})


def test_what_was_signed_in_another_language_is_signed() -> None:
    assert to_sign([WAIVER], "any", set()) == [WAIVER]
    assert to_sign([WAIVER], "any", {("waiver", digest("Auf eigene Gefahr."))}) == []


def test_a_text_that_has_changed_is_asked_again() -> None:
    assert to_sign([WAIVER], "any", {("waiver", digest("At your own risk."))}) == [WAIVER]
    assert to_sign([WAIVER], "any", {("photos", digest("At my own risk."))}) == [WAIVER]


def test_only_guests_of_its_products_are_asked() -> None:
    of_runners = Document("waiver", "Waiver", {"en": "I run."}, products=frozenset({"run"}))
    assert to_sign([of_runners], "run", set()) == [of_runners]
    assert to_sign([of_runners], "walk", set()) == []


def test_a_document_without_words_asks_nobody() -> None:
    assert to_sign([Document("empty", "Empty", {"en": "  "})], "any", set()) == []
