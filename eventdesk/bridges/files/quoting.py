"""Texts that no spreadsheet program evaluates, and back.

A cell that begins with = + - @ (or their full-width forms) is taken for a formula, also where such a
sign follows a separator, because a program that parts columns by another sign starts a cell there
(OWASP, "CSV Injection"). An apostrophe before the sign makes a text of it. The way back is exact:
where apostrophes stand already, one more is put, and one is taken off.
"""

import re

# What some program takes for the end of a cell or of a line.
ENDS = r",;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
# Where a cell may start: the beginning, or a separator; spaces and quotation marks may follow.
_START = re.compile(rf"(\A|[{ENDS}])([\s\"“”]*)('*)(?=[{SIGNS}])")
_GUARDED = re.compile(rf"(\A|[{ENDS}])([\s\"“”]*)'('*)(?=[{SIGNS}])")
_ALL_GUARDS = re.compile(rf"(\A|[{ENDS}])([\s\"“”]*)'+(?=[{SIGNS}])")
_ANY_SIGN = re.compile(f"[{SIGNS}]")


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a cell could start with a sign that is evaluated."""
    if not _ANY_SIGN.search(text):
        return text
    return _START.sub(r"\1\2'\3", text)


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub(r"\1\2\3", text)


def bare(text: str) -> str:
    """The text without any apostrophe of this sort: texts that are one but for guards have one bare form."""
    return _ALL_GUARDS.sub(r"\1\2", text) if "'" in text else text


def needs_guard(text: str) -> bool:
    """Whether `guarded` changes the text."""
    return bool(_START.search(text))
