"""Letters as any keyboard may type them: what is indexed and what is typed meet in the same plain form.

`fold` takes accents, case and letter shapes away. Where a letter has two plain spellings (ü: u, ue;
ø: o, oe; å: a, aa), the index holds both, and a third where the pair is drawn together ("mueller" is
also found as "muller"), so that Müller, Mueller and Muller find one another.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, normalize

# Letters that Unicode does not decompose, and Arabic ones that are written in several ways.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
    | {"ə": "e", "ɑ": "a", "ŋ": "n", "ĸ": "k", "ѓ": "г", "ќ": "к"}
    | {"ـ": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ہ": "ه", "ء": ""}
    | dict.fromkeys("ʼʻʹʾʿ＇’‘`´", "'")
)
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_DRAWN_TOGETHER = re.compile("a[ae]+|oe+|ue+|ss+")

# Scripts written without spaces: each part of a run must be found from its own first letter on.
_UNSPACED = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_PART = re.compile(f"[{_UNSPACED}]+|[^\\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")

LONGEST_WORD = 32
LONGEST_PART = 8
JOINED_PARTS = 3


def fold(text: str) -> str:
    """The text in small plain letters: no accents, no letter shapes. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_LETTERS)
    return normalize("NFC", "".join(letter for letter in plain if category(letter)[0] != "M"))


def parts(chunk: str) -> list[str]:
    """The folded words within a text; hyphens, apostrophes, dots and the like stand between them."""
    return [word[:LONGEST_WORD] for word in _PART.findall(fold(chunk))]


def drawn_together(word: str) -> str:
    """A folded word with ae, oe, ue, aa and ss as one letter."""
    return _DRAWN_TOGETHER.sub(lambda pair: pair.group()[0], word)


def unspaced(text: str) -> bool:
    return not text.isascii() and _IS_UNSPACED.search(text) is not None


def words_of_text(text: str) -> set[str]:
    """The words under which a name or company is found."""
    words = {word for chunk in text.split() for word in words_of_chunk(chunk)}
    if unspaced(text):
        words.update(words_of_chunk("".join(text.split())))
    return words


def words_of_address(text: str) -> set[str]:
    """The words under which an e-mail address is found: its parts alone."""
    return {form for part in parts(text) for form in (part, drawn_together(part))}


def words_of_code(code: str) -> set[str]:
    """The words under which a code is found that the tables' own indexes may not find as it is typed:
    one of mixed case or with hyphens. Most codes have none."""
    if code.isalnum() and code in (code.upper(), code.lower()):
        return set()
    found = parts(code)
    return {joined(found), *found} - {""} if len(found) <= JOINED_PARTS else {joined(found)}


@lru_cache(maxsize=1 << 17)
def words_of_chunk(chunk: str) -> tuple[str, ...]:
    """The words for what stands between two spaces, kept in memory as names come again and again."""
    spellings = [chunk]
    if not chunk.isascii():
        spellings.append(normalize("NFC", chunk.casefold()).translate(_SPELLED_OUT))
    words: set[str] = set()
    for spelling in spellings:
        found = parts(spelling)
        words.update(_all_forms(found))
        if 1 < len(found) <= JOINED_PARTS:
            words.update(_all_forms([joined(found)]))
    return tuple(sorted(words))


def joined(found: Iterable[str]) -> str:
    return "".join(found)[:LONGEST_WORD]


def _all_forms(found: Iterable[str]) -> Iterable[str]:
    for part in found:
        if unspaced(part):
            yield from (part[at : at + LONGEST_PART] for at in range(len(part)))
        else:
            yield part
            yield drawn_together(part)
