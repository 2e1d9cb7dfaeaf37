"""A scanner that types for another keyboard than the desk's: what the code may have been.

A wedge scanner sends key positions. One set to a US keyboard, on a desk with a German one, types "y"
for "z" and "ß" for "-". Where a code is unknown, the desk may look these candidates up instead.
"""

# The keys of the four rows from left to right, first bare, then with Shift, spaces between the
# rows. A key that types nothing by itself (a dead key) stands as ␀.
_DEAD = "␀"
_US = (
    "`1234567890-= qwertyuiop[]\\ asdfghjkl;' zxcvbnm,./ ~!@#$%^&*()_+ QWERTYUIOP{}| ASDFGHJKL:\" ZXCVBNM<>?"
)
_GERMAN = (
    "␀1234567890ß␀ qwertzuiopü+# asdfghjklöä yxcvbnm,.- °!\"§$%&/()=?␀ QWERTZUIOPÜ*' ASDFGHJKLÖÄ YXCVBNM;:_"
)
_FRENCH = (
    "²&é\"'(-è_çà)= azertyuiop␀$* qsdfghjklmù wxcvbn,;:! ␀1234567890°+ AZERTYUIOP␀£µ QSDFGHJKLM% WXCVBN?./§"
)


def _table(typed_on: str, meant_on: str) -> dict[str, str]:
    """From what the desk's keyboard typed to what the scanner meant."""
    pairs = zip(typed_on, meant_on, strict=True)
    return {typed: meant for typed, meant in pairs if _DEAD not in (typed, meant)}


_TABLES = tuple(
    _table(typed_on, meant_on)
    for one in (_GERMAN, _FRENCH)
    for typed_on, meant_on in ((one, _US), (_US, one))
)


def candidates(code: str) -> tuple[str, ...]:
    """Other codes that a scanner may have meant by `code`: mixed up keyboards, then Caps Lock.

    Empty for a code that every keyboard types alike, such as digits.
    """
    found = [
        "".join(table[char] for char in code) for table in _TABLES if all(char in table for char in code)
    ]
    found += [text.swapcase() for text in (code, *found)]
    return tuple(dict.fromkeys(text for text in found if text != code))
