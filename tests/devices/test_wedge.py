"""Hand scanners against people: a desk of keys, with a field that sees what passes."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.devices.wedge import GAP, HOLD, MOST, Handling, WedgeDetector

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
TICK = 0.001


@dataclass
class Desk:
    """Feeds a detector as the window's event filter does, and keeps what the field and the engine get."""

    detector: WedgeDetector = field(default_factory=WedgeDetector)
    field_text: str = ""
    codes: list[str] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    now: float = 100.0
    wakes: float | None = None

    def press(self, char: str, gap: float) -> None:
        self.rest(gap)
        handling = self.detector.key(char, self.now)
        self._obey(handling)
        if not handling.swallow:
            self.field_text += char
        self._take_code(handling)

    def other(self, gap: float) -> None:
        self.rest(gap)
        handling = self.detector.other(self.now)
        assert not handling.swallow
        self._obey(handling)
        self._take_code(handling)

    def rest(self, seconds: float) -> None:
        """Let time pass, waking the detector when it asked to be."""
        until = self.now + seconds
        while self.wakes is not None and self.wakes <= until:
            self.now = self.wakes
            handling = self.detector.tick(self.now)
            self._obey(handling)
            self._take_code(handling)
        self.now = until

    def type(self, text: str, gap: float) -> None:
        for char in text:
            self.press(char, gap)

    def _obey(self, handling: Handling) -> None:
        for key in handling.replay:
            self.field_text += key.char
            self.lateness.append(self.now - key.at)
        # A timer never fires early and rounds up to whole milliseconds.
        self.wakes = None if handling.wait is None else self.now + handling.wait + TICK / 10

    def _take_code(self, handling: Handling) -> None:
        if handling.code is not None:
            self.field_text = self.field_text[: len(self.field_text) - handling.leaked]
            self.codes.append(handling.code)


@given(
    st.text(LETTERS, min_size=6, max_size=200),
    st.floats(0.0002, 0.015),
    st.sampled_from(["\r", "\n", "\t"]),
)
def test_a_scanner_gives_its_code_and_types_nothing(code: str, gap: float, end: str) -> None:
    desk = Desk()
    desk.press("x", 1.0)
    desk.rest(1.0)
    desk.type(code + end, gap)
    desk.rest(1.0)
    assert desk.codes == [code]
    assert desk.field_text == "x"


@given(st.text(LETTERS, min_size=8, max_size=60), st.floats(0.016, GAP - 0.002))
def test_a_slow_scanner_is_known_after_a_few_keys_and_those_are_told(code: str, gap: float) -> None:
    desk = Desk()
    desk.type("ab", 0.2)
    desk.rest(0.2)
    desk.type(code + "\r", gap)
    assert desk.codes == [code]
    assert desk.field_text == "ab"


@given(
    st.lists(
        st.tuples(st.sampled_from(LETTERS + " \r\t"), st.floats(0.04, 0.6)),
        max_size=80,
    )
)
def test_a_person_loses_no_key_and_waits_for_none(keys: list[tuple[str, float]]) -> None:
    desk = Desk()
    for char, gap in keys:
        desk.press(char, gap)
    desk.rest(1.0)
    assert desk.field_text == "".join(char for char, _ in keys)
    assert desk.codes == []
    assert all(late <= HOLD + TICK for late in desk.lateness)


@given(st.lists(st.tuples(st.sampled_from(LETTERS), st.booleans(), st.floats(0.06, 0.3)), max_size=60))
def test_a_person_rolling_over_two_keys_is_still_a_person(keys: list[tuple[str, bool, float]]) -> None:
    """Fast typists press the next key before the last is up: pairs 8 ms apart, then a pause."""
    desk, typed = Desk(), ""
    for char, rolls, gap in keys:
        desk.press(char, gap)
        typed += char
        if rolls:
            desk.press("e", 0.008)
            typed += "e"
    desk.rest(1.0)
    assert desk.field_text == typed
    assert desk.codes == []
    assert all(late <= HOLD + TICK for late in desk.lateness)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("person"), st.text(LETTERS, max_size=8)),
            st.tuples(st.just("scanner"), st.text(LETTERS, min_size=6, max_size=40)),
        ),
        max_size=12,
    )
)
def test_people_and_scanners_take_turns(turns: list[tuple[str, str]]) -> None:
    desk = Desk()
    for who, text in turns:
        desk.rest(0.3)
        desk.type(text + ("\r" if who == "scanner" else ""), 0.004 if who == "scanner" else 0.11)
    desk.rest(0.3)
    assert desk.codes == [text for who, text in turns if who == "scanner"]
    assert desk.field_text == "".join(text for who, text in turns if who == "person")


@given(st.lists(st.tuples(st.sampled_from(LETTERS + "\r\t"), st.floats(0.0, 0.3)), max_size=120))
def test_every_key_goes_somewhere_in_order(keys: list[tuple[str, float]]) -> None:
    """Whatever the rhythm: what the field has and what the codes have is all that was typed."""
    desk = Desk()
    for char, gap in keys:
        desk.press(char, gap)
    desk.rest(1.0)
    left = desk.field_text
    typed = "".join(char for char, _ in keys)
    for code in desk.codes:
        at = typed.find(code)
        assert at >= 0, (code, typed)
        typed = typed[:at] + typed[at + len(code) + 1 :]
    assert sorted(left) == sorted(typed)


def test_xdotool_at_its_slowest_is_a_scanner() -> None:
    desk = Desk()
    desk.type("EVT1-7k3mq9xw2tzr5hd8EVT1-7k3mq9xw2tzr5h\r", 0.070 / 40)
    assert desk.codes == ["EVT1-7k3mq9xw2tzr5hd8EVT1-7k3mq9xw2tzr5h"]
    assert desk.field_text == ""


def test_a_flood_of_keys_is_no_code_and_is_not_kept() -> None:
    desk = Desk()
    desk.type("a" * 3 * MOST, 0.002)
    assert len(desk.detector._burst.keys) <= MOST
    desk.press("\r", 0.002)
    assert (desk.codes, desk.field_text) == ([], "\r")
    desk.type("EVT1-7k3mq9\r", 0.002)
    assert desk.codes == ["EVT1-7k3mq9"], "the next code counts"


def test_a_short_burst_is_no_code_and_keeps_its_enter() -> None:
    desk = Desk()
    desk.type("abc\r", 0.002)
    assert desk.codes == []
    assert desk.field_text == "abc\r"


def test_a_prefix_tells_a_scanner_and_is_cut_off() -> None:
    desk = Desk(WedgeDetector(prefix="~"))
    desk.type("~ticket1\r", 0.003)
    desk.type("ticket2\r", 0.003)
    assert desk.codes == ["ticket1"]
    assert desk.field_text == "ticket2\r"


def test_a_suffix_of_ones_own_ends_a_code() -> None:
    desk = Desk(WedgeDetector(suffix="#"))
    desk.type("ticket1#", 0.003)
    assert desk.codes == ["ticket1"]


@pytest.mark.parametrize(("pause_ends", "codes", "text"), [(True, ["ticket1"], ""), (False, [], "ticket1")])
def test_a_pause_ends_a_code_only_where_it_is_set_to(pause_ends: bool, codes: list[str], text: str) -> None:
    desk = Desk(WedgeDetector(pause_ends=pause_ends))
    desk.type("ticket1", 0.003)
    desk.rest(GAP + 2 * TICK)
    assert desk.codes == codes
    assert desk.field_text == text


def test_another_key_sends_what_is_held_before_it() -> None:
    desk = Desk()
    desk.press("a", 0.2)
    desk.other(0.005)
    assert desk.field_text == "a"
    desk.type("ticket7\r", 0.003)
    assert desk.codes == ["ticket7"]


def test_the_feeders_token_comes_back_with_the_key() -> None:
    detector = WedgeDetector()
    event = object()
    assert detector.key("a", 1.0, event).swallow
    [key] = detector.tick(1.0 + HOLD).replay
    assert key.token is event
