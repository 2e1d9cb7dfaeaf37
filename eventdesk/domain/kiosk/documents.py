"""Which documents a guest has yet to sign."""

from collections.abc import Collection, Iterable
from hashlib import sha256

from eventdesk.domain.kiosk.setup import Document, in_language


def digest(text: str) -> str:
    """SHA-256, hexadecimal: by it a text that was signed is known again."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_sign(
    documents: Iterable[Document], product: str, signed: Collection[tuple[str, str]]
) -> list[Document]:
    """Those that ask guests of this product, except what was signed word by word as it stands now, in any
    of its languages. `signed` are ids with digests."""
    return [
        one
        for one in documents
        if one.asks(product)
        and in_language(one.text, "").strip()
        and not any((one.id, digest(text)) in signed for text in one.text.values())
    ]
