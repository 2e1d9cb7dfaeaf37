"""Any layout survives the log; any text is drawn, within its rectangle."""

import unicodedata
from copy import deepcopy
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from eventdesk.badges import layout, measuring, template
from eventdesk.badges.cleaning import clean
from eventdesk.badges.layout import Layout
from eventdesk.badges.render import render_image, render_pdf
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA, ARABIC, EMOJI

slow = hypothesis_settings(deadline=None, max_examples=60)

# Texts

LETTERS = st.characters()
NASTY = st.sampled_from(
    [
        "\u202e",
        "\u2066",
        "\u200f",
        "\u0301",
        "\u0489",
        "\ufdfd",
        "\u0000",
        "\n",
        "\u2029",
        "\ud800",
        "{",
        "}",
        "}}",
        "{name}",
        "\U000e0041",
        "\U0010ffff",
        "\u0e33",
        "\u1e9e",
        "\t",
        "\r",
        "\ufe0f",
        "👩‍👩‍👧‍👦",
        ARABIC,
        EMOJI,
    ]
)
TEXTS = st.text(LETTERS, max_size=2_000) | st.lists(NASTY, max_size=200).map("".join)
ZALGO = "Z" + "\u0316\u0301\u0489" * 60 + "algo"
SETTINGS = st.fixed_dictionaries(
    {
        "width": st.integers(3, 50),
        "height": st.integers(2, 25),
        "size": st.integers(10, 40),
        "min_size": st.integers(3, 10),
        "bold": st.booleans(),
        "font": st.sampled_from(["", "Noto Sans Thai", "Noto Sans CJK SC", "unheard of"]),
        "align": st.sampled_from(["start", "center", "end", "left", "right"]),
        "valign": st.sampled_from(["top", "middle", "bottom"]),
    }
)


def one_text(**members: Any) -> Layout:
    element = {"type": "text", "id": "it", "x": 10, "y": 10, "content": "{name}", **members}
    return layout.parse({"name": "One", "page": {"width": 70, "height": 45}, "elements": [element]})


def ink(image: QImage) -> npt.NDArray[np.bool_]:
    data: npt.NDArray[np.uint8] = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 4]
    dark: npt.NDArray[np.bool_] = rows.reshape(image.height(), image.width(), 4)[:, :, :3].min(axis=2) < 200
    return dark


@slow
@given(text=TEXTS, members=SETTINGS)
@example(text=ZALGO, members={"width": 30, "height": 6, "size": 12, "min_size": 6})
@example(text=ZALGO * 30, members={"width": 10, "height": 10, "size": 12, "min_size": 6})
@example(text="W" * 2_000, members={"width": 3, "height": 2, "size": 40, "min_size": 10})
@example(text="\ufdfd", members={"width": 3, "height": 20, "size": 40, "min_size": 10})
def test_any_text_stays_within_its_rectangle(text: str, members: dict[str, Any]) -> None:
    made = one_text(**members)
    image = render_image(made, replace(ANNA, name=text), dpi=127)
    black = ink(image)
    # Five dots a millimetre; half a millimetre of slack for letters that reach out by a hair.
    left, top = 10 * 5 - 3, 10 * 5 - 3
    right, bottom = round((10 + members["width"]) * 5) + 3, round((10 + members["height"]) * 5) + 3
    black[top:bottom, left:right] = False
    assert not black.any()


@hypothesis_settings(deadline=None, max_examples=15)
@given(texts=st.lists(TEXTS, min_size=4, max_size=4))
def test_any_guest_gets_a_badge(texts: list[str]) -> None:
    name, company, seat, product = texts
    guest = replace(ANNA, name=name, company=company, seat=seat, product=product, answers={"q": name})
    for one in layout.shipped().values():
        assert render_pdf(one, guest)
        measuring.overflow(one, guest)


@slow
@given(text=TEXTS)
def test_a_template_is_filled_or_refused(text: str) -> None:
    try:
        template.check(text)
    except ValueError:
        return
    template.fill(text, ANNA)


@given(text=st.text(LETTERS, max_size=200))
def test_what_a_guest_writes_is_never_a_field(text: str) -> None:
    filled = template.fill("{name}", replace(ANNA, name=text))
    assert filled == text.strip()


def test_a_very_long_text_is_no_standstill() -> None:
    image = render_image(one_text(width=50, height=25, size=12), replace(ANNA, name="word " * 200_000), 72)
    assert not image.isNull()


def test_controls_that_turn_the_line_are_left_out() -> None:
    assert clean("Ann\u202ea (\u20667\u2069)") == "Anna (7)"
    # Marks that only help are a name's own.
    assert clean("שרה\u200f!") == "שרה\u200f!"


def test_no_control_character_reaches_the_paper() -> None:
    cleaned = clean("".join(map(chr, range(0x300))) + "\ud83d\ude00\ud800 x")
    assert {one for one in cleaned if unicodedata.category(one) in {"Cc", "Cs"}} == {"\n"}
    assert cleaned.endswith("\N{GRINNING FACE}\ufffd x")


def test_a_break_of_any_kind_is_a_new_line() -> None:
    assert clean("a\r\nb\rc\u2028d\x0be\tf") == "a\nb\nc\nd\ne f"


# Layouts

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
LENGTHS = st.floats(0.1, 90).map(lambda number: round(number, 3))
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
FIELDS = st.sampled_from(
    ["{name}", "{company|upper}", "Seat {seat,order}", "{answer:a b}", "{{x}}", "plain", ""]
)
RULES = st.none() | st.recursive(
    st.sampled_from([{"var": "product"}, {"var": "age"}, {"var": "answers.x"}, 18, "VIP", True, None]),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"==": st.lists(inner, min_size=2, max_size=2)}),
        st.fixed_dictionaries({"and": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"!": inner}),
    ),
    max_leaves=6,
).filter(lambda rule: isinstance(rule, dict))
COMMON = {
    "x": LENGTHS,
    "y": LENGTHS,
    "id": st.text(max_size=5),
    "copy_mark": st.booleans(),
    "side": st.sampled_from(["front", "back", "both"]),
    "when": RULES,
}
AREA = {**COMMON, "width": LENGTHS, "height": LENGTHS, "rotation": st.integers(-360, 360)}
FILLS = st.dictionaries(NAMES, COLOURS, max_size=3)
SHAPE = {
    **AREA,
    "stroke": st.none() | COLOURS,
    "fill": st.none() | COLOURS,
    "fills": FILLS,
    "thickness": LENGTHS,
}
TEXT = {
    **AREA,
    "content": FIELDS,
    "size": st.integers(20, 60),
    "min_size": st.integers(3, 20),
    "font": st.text(max_size=9),
    "bold": st.booleans(),
    "color": COLOURS,
    "align": st.sampled_from(["start", "center", "end", "left", "right"]),
}
KINDS = {
    "text": TEXT,
    "qr": {**AREA, "content": FIELDS},
    "barcode": {
        **AREA,
        "content": FIELDS,
        "kind": st.sampled_from(["code128", "datamatrix", "pdf417", "aztec"]),
    },
    "photo": AREA,
    "box": {**SHAPE, "radius": LENGTHS},
    "ellipse": SHAPE,
    "line": {**COMMON, "to_x": LENGTHS, "to_y": LENGTHS, "thickness": LENGTHS, "color": COLOURS},
}
NEEDED = {"x", "y", "width", "height", "to_x", "to_y", "size", "content"}


def elements(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    members = KINDS[kind]
    # A QR code's content has a default, a text's has none; giving it is right for both.
    needed = {name: members[name] for name in members if name in NEEDED}
    others = {name: members[name] for name in members if name not in NEEDED}
    return st.fixed_dictionaries({"type": st.just(kind), **needed}, optional=others)


LAYOUTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "page": st.just({"width": 100, "height": 100, "back": True}),
        "elements": st.lists(st.sampled_from(sorted(KINDS)).flatmap(elements), min_size=1, max_size=6),
    }
)


@hypothesis_settings(deadline=None)
@given(data=LAYOUTS)
def test_any_layout_survives_the_log(data: dict[str, Any]) -> None:
    made = layout.parse(data)
    kept = layout.to_data(made)
    assert layout.parse(msgspec.json.decode(msgspec.json.encode(kept))) == made
    assert layout.to_data(layout.parse(kept)) == kept


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis_settings(deadline=None, max_examples=200)
@given(data=LAYOUTS, value=JSON, random=st.randoms(use_true_random=False))
def test_any_mistake_in_a_layout_is_told_with_its_name(data: dict[str, Any], value: Any, random: Any) -> None:
    data = deepcopy(data)
    target: Any = random.choice([data, data["page"], *data["elements"], *data["elements"]])
    target[random.choice([*target, "unheard of"])] = value
    made, error = parsed(data)
    if made is None:
        assert error.startswith(("A layout", f'Layout "{data["name"]}"'))
    else:
        assert layout.parse(layout.to_data(made)) == made


def parsed(data: Any) -> tuple[Layout | None, str]:
    try:
        return layout.parse(data), ""
    except BadInput as error:
        return None, error.message


@slow
@given(data=LAYOUTS)
def test_any_layout_is_drawn_or_refused_by_name(data: dict[str, Any]) -> None:
    made = layout.parse(data)
    assert not render_image(made, ANNA, 50, "front").isNull()
    assert not render_image(made, ANNA, 50, "back").isNull()


@pytest.mark.parametrize("name", sorted(layout.shipped()))
def test_what_ships_survives_the_log(name: str) -> None:
    made = layout.shipped()[name]
    assert layout.parse(layout.to_data(made)) == made
