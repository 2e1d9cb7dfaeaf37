"""Answers to questions of every type, good and bad, as a desk sends them."""

from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

OF_OPTIONS = ("C", "M")
_GIVEN: dict[str, tuple[Any, ...]] = {
    "N": ("3", "3.50", " 7 ", "-1", "1e3", "0", "three", "1 2", "--1", "NaN"),
    "S": ("vegan", "Ωμέγα", " ", "0", "x" * 300),
    "T": ("two\nlines", "one"),
    "B": ("true", "True", "false", "False", True, False, "yes", "1"),
    "D": ("2026-02-03", "2026-02-30", "3 Feb 2026", "02/03/2026", "soon"),
    "H": ("18:30", "18:30:15", "6:30 pm", "25:00", "noonish"),
    "W": ("2026-03-29T02:30", "2026-10-25T02:30:00", "2026-06-10T10:00:00+02:00", "2026-06-10", "later"),
    "CC": ("DE", "de", "XX", "Germany", "GB"),
    "TEL": ("+49 6221 32177-50", "nobody"),
    "F": ("no such file", "file:no such file"),
}
_KEPT = {
    "N": "3",
    "S": "vegan",
    "T": "two\nlines",
    "B": "True",
    "D": "2026-02-03",
    "H": "18:30:00",
    "W": "2026-03-29T02:30:00+00:00",
    "CC": "DE",
    "TEL": "+4962213217750",
}
TYPES = (*_GIVEN, *OF_OPTIONS)


def kept(question: Row) -> st.SearchStrategy[Any]:
    """An answer that stands since the order: a text, or places of options."""
    if question["type"] in OF_OPTIONS:
        places = st.integers(0, question["options"] - 1)
        most = 1 if question["type"] == "C" else 2
        return st.lists(places, min_size=1, max_size=most, unique=True).map(sorted)
    return st.just(_KEPT[question["type"]])


@st.composite
def given(draw: st.DrawFn, questions: list[Row]) -> Row:
    """By number of the question. Options by their places; one that is not there is -1."""
    found: Row = {}
    for number, question in enumerate(questions):
        if draw(st.booleans()):
            found[str(number)] = draw(_answer(question))
    return found


def _answer(question: Row) -> st.SearchStrategy[Any]:
    nothing = st.sampled_from(("", None))
    if question["type"] in OF_OPTIONS:
        places = st.sampled_from((*range(question["options"]), *range(question["options"]), -1))
        most = 1 if question["type"] == "C" else 3
        chosen = st.lists(places, min_size=1, max_size=most).map(lambda found: {"options": found})
        return chosen | chosen | nothing
    good = st.sampled_from(_GIVEN[question["type"]])
    return good | good | nothing
