"""What people write, made fit for paper: no control characters, nothing that turns the rest of a line."""

MOST_LETTERS = 4_000
_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Overrides and isolates (Unicode annex 9) would set the words beside a name in the wrong order, and change
# no name that has them. Marks (U+200E, U+200F, U+061C) stay.
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CHANGED = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]),
    **dict.fromkeys(map(ord, _TURNS)),
    **dict.fromkeys(map(ord, _BREAKS), "\n"),
    ord("\t"): " ",
    ord("\n"): "\n",
}


def clean(text: str) -> str:
    """The text as it is printed; of a very long one the beginning. Half a character becomes U+FFFD."""
    text = text[:MOST_LETTERS]
    if text.isprintable():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\r\n", "\n").translate(_CHANGED)
