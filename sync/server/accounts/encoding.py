"""Lists of names, as the tables keep them."""

from collections.abc import Collection

import msgspec


def names(words: Collection[str]) -> str:
    return msgspec.json.encode(sorted(set(words))).decode()


def read_names(text: str) -> list[str]:
    return msgspec.json.decode(text, type=list[str]) if text else []
