"""One conversation with an ESC/POS printer, over a link that is open."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from eventdesk.devices.links import Link
from eventdesk.devices.receipts import encoding, status
from eventdesk.devices.receipts.status import Condition

ANSWER_SECONDS = 1.0
# After an answer to an earlier END, so long for another that may be on its way.
QUIET_SECONDS = 0.2


class Talk:
    """Its answers come mixed: `ended` counts those to END, whoever was waiting for what."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.ended = 0

    def say(self, data: bytes) -> None:
        self._link.send(data)

    def condition(self) -> Condition | None:
        """How the printer is doing; None where it says nothing at all."""
        if not self._link.speaks:
            return None
        answers: dict[int, int] = {}
        for number in status.QUESTIONS:
            answer = self._ask(number)
            if answer is None and not answers:
                return None
            if answer is not None:
                answers[number] = answer
        return status.condition(answers)

    def hear(self, seconds: float) -> list[int]:
        """What it says next, which may be nothing."""
        said = list(self._link.listen(seconds))
        self.ended += sum(map(encoding.is_end, said))
        return said

    def wait_for_end(self, seconds: float) -> bool:
        """Whether it answers an END in time."""
        give_up = time.monotonic() + seconds
        while not self.ended and (left := give_up - time.monotonic()) > 0:
            self.hear(left)
        return self.ended > 0

    def settle(self, seconds: float) -> None:
        """Get a printer that may wait within a picture, or be busy with one, to begin anew, and hear out
        what it still has to say of that."""
        self.say(encoding.refill() + encoding.END)
        if self.wait_for_end(seconds):
            while self.hear(QUIET_SECONDS):
                pass

    def _ask(self, number: int) -> int | None:
        self.say(status.question(number))
        give_up = time.monotonic() + ANSWER_SECONDS
        while (left := give_up - time.monotonic()) > 0:
            answer = next(filter(status.is_answer, self.hear(left)), None)
            if answer is not None:
                return answer
        return None


@contextmanager
def talking(link: Link) -> Iterator[Talk]:
    """The link opened, and closed again: many printers serve one desk at a time."""
    link.open()
    try:
        yield Talk(link)
    finally:
        link.close()
