"""The kiosk's own process as the guardian starts it, with hands before its screen.

Started by `guarded.py`, with the words of `eventdesk kiosk --inside`.
"""

import sys
from pathlib import Path

from eventdesk.app import kiosk
from tests.e2e.kiosk.hands import Hands


class Front(kiosk.KioskFront):
    def begin(self) -> None:
        super().begin()
        port = int((self._desk.config.folder / "hands").read_text(encoding="utf-8"))
        self.hands = Hands(self.window, port)


def main(words: list[str]) -> int:
    kiosk.KioskFront = Front  # type: ignore[misc]  # the one seam: the program has none for this
    return kiosk.run_inside(Path(words[words.index("--data") + 1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
