"""Hand scanners that type (keyboard wedges), told apart from people by their speed.

The detector is pure: keys and times in, decisions out. Whoever feeds it (an event filter of the
window) holds back each key that it is told to swallow, calls `tick` when `wait` seconds have passed
without a key, and gives held keys back to the focused field when it is told to replay them.

What to feed: every key press that types a character, Enter as "\\r" and Tab as "\\t". Every other key
(an arrow, Ctrl and a letter, an auto-repeat) goes in by `other`. Bare Shift, Ctrl, Alt and Caps Lock
presses are not fed at all: scanners send Shift between letters.
"""

from dataclasses import dataclass, field
from typing import Any

GAP = 0.035
"""Seconds: two keys further apart do not come from one burst of a scanner."""
HOLD = 0.05
"""Seconds: a key that may be a person's is kept from the field no longer than this."""
MOST = 8000
"""No code has more characters. What goes on for longer is no scanner: nothing of it is kept or given back."""
_ENDS = "\r\n\t"


@dataclass(frozen=True, slots=True)
class Key:
    """One key press. `token` is the feeder's own (the event to send again), kept and given back."""

    char: str
    at: float
    token: Any = None


@dataclass(frozen=True, slots=True)
class Handling:
    """What to do now, in this order: send `replay` to the field; then let the key that was just fed
    pass, unless `swallow`; then take `code`, if there is one.

    `leaked` counts the characters of `code` that a slow scanner had put into the field before it was
    known for one: they stand before the cursor and are to be deleted. `wait`: call `tick` after this
    many seconds if no key comes before; None: nothing is held.
    """

    swallow: bool = False
    replay: tuple[Key, ...] = ()
    code: str | None = None
    leaked: int = 0
    wait: float | None = None


@dataclass(slots=True)
class _Burst:
    """Keys that follow each other fast. The first `released` of them went to the field already."""

    keys: list[Key] = field(default_factory=list)
    released: int = 0
    is_flood: bool = False

    @property
    def held(self) -> tuple[Key, ...]:
        return () if self.is_flood else tuple(self.keys[self.released :])

    @property
    def text(self) -> str:
        return "".join(key.char for key in self.keys)


class WedgeDetector:
    """Tells scanners from people. For one thread; times are `time.monotonic()` and never run backwards."""

    def __init__(
        self,
        prefix: str = "",
        suffix: str = "",
        pause_ends: bool = False,
        shortest: int = 6,
        gap: float = GAP,
    ) -> None:
        """`prefix` is what the scanner is set to type before each code (it is cut off, and a burst
        without it is a person's). Enter, Tab and any character of `suffix` end a code; with
        `pause_ends` a pause does too, for a scanner that can't be set to send Enter. `shortest` is
        the least number of characters of a code; `gap` in seconds."""
        self._prefix, self._ends = prefix, frozenset(_ENDS + suffix)
        self._pause_ends, self._shortest, self._gap = pause_ends, shortest, gap
        self._burst = _Burst()

    def key(self, char: str, at: float, token: Any = None) -> Handling:
        """A key that types the one character `char` was pressed at `at`."""
        broken = self._break_off(at)
        if char in self._ends:
            return self._end(broken)
        self._burst.keys.append(Key(char, at, token))
        if len(self._burst.keys) > MOST:
            del self._burst.keys[1:-1]
            self._burst.is_flood = True
        if self._burst.is_flood:
            return Handling(True, broken.replay, broken.code, broken.leaked, self._gap)
        if self._burst.released and not self._looks_scanned():
            # Earlier keys of this burst are in the field: this one must follow without delay.
            replay = (*broken.replay, *self._burst.held[:-1])
            self._burst.released = len(self._burst.keys)
            return Handling(False, replay, broken.code, broken.leaked)
        return Handling(True, broken.replay, broken.code, broken.leaked, self._wait(at))

    def other(self, at: float) -> Handling:
        """A key that no scanner sends was pressed; it passes, after all that is held."""
        broken = self._break_off(at)
        held = self._burst.held
        self._burst = _Burst()
        return Handling(False, (*broken.replay, *held), broken.code, broken.leaked)

    def tick(self, at: float) -> Handling:
        """`wait` seconds have passed."""
        broken = self._break_off(at)
        if broken.code is not None or not self._burst.held:
            return broken
        if self._held_too_long(at):
            held = self._burst.held
            self._burst.released = len(self._burst.keys)
            return Handling(False, (*broken.replay, *held))
        return Handling(False, broken.replay, wait=self._wait(at))

    def _break_off(self, at: float) -> Handling:
        """End a burst that a pause has ended: a code where it looks like one, else keys to replay."""
        burst = self._burst
        # Times are sums of floats: a tick that comes exactly in time must count.
        if not burst.keys or at - burst.keys[-1].at < self._gap - 1e-6:
            return Handling()
        self._burst = _Burst()
        if self._pause_ends and self._is_code(burst):
            return self._code_of(burst)
        return Handling(replay=burst.held)

    def _end(self, broken: Handling) -> Handling:
        """Enter, Tab or another end: the end of a scan, or a person's key."""
        burst, self._burst = self._burst, _Burst()
        if self._is_code(burst):
            code = self._code_of(burst)
            return Handling(True, broken.replay, code.code, code.leaked)
        return Handling(False, (*broken.replay, *burst.held), broken.code, broken.leaked)

    def _code_of(self, burst: _Burst) -> Handling:
        return Handling(code=burst.text[len(self._prefix) :], leaked=burst.released)

    def _is_code(self, burst: _Burst) -> bool:
        return (
            not burst.is_flood
            and len(burst.text) >= self._shortest + len(self._prefix)
            and burst.text.startswith(self._prefix)
        )

    def _looks_scanned(self) -> bool:
        """A person's roll over the keys gives two or three fast ones, no more."""
        return len(self._burst.keys) >= 4

    def _held_too_long(self, at: float) -> bool:
        """A held key waits `HOLD` seconds; longer only where so many came that no person typed them."""
        held = self._burst.held
        return at - held[0].at >= HOLD - 1e-6 and not self._looks_scanned()

    def _wait(self, at: float) -> float:
        """Until a pause would end the burst, or the oldest held key has waited as long as it may."""
        pause = self._burst.keys[-1].at + self._gap - at
        if self._looks_scanned():
            return max(0.0, pause)
        return max(0.0, min(pause, self._burst.held[0].at + HOLD - at))
