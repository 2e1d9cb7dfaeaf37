"""The pictures of docs/pretix.md: the page "pretix" as it looks on the way from a token to the door.

    QT_QPA_PLATFORM=offscreen python scripts/make_pretix_pictures.py

Writes into docs/pictures.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtWidgets import QApplication

from eventdesk import i18n
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.pretix.commands import ListCalls, ListPretixEvents
from eventdesk.desk.pretix.values import (
    BridgeState,
    CallRow,
    CallsListed,
    CallState,
    Phase,
    PretixEvent,
    PretixEventsListed,
)
from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.pretix.page import PretixPage

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (920, 530)
COLOURS = 96
AT = datetime(2026, 6, 10, 16, 0, tzinfo=UTC)
PAIRED: dict[str, Any] = {
    "address": "https://tickets.example.org",
    "organizer": "harbour",
    "device": "Office laptop",
}
EVENT: dict[str, Any] = {"event": "fair", "log": "px-harbour-fair"}


def main() -> None:
    app = QApplication([])
    i18n.load("en")
    theme.apply(app, theme.Look())
    for name, show in (("token", _token), ("event", _event), ("bridge", _bridge), ("told", _told)):
        _picture(app, name, show)


def _picture(app: QApplication, name: str, show: "Callable[[Hooks, PretixPage, list[object]], None]") -> None:
    hooks, posted = Hooks(), list[object]()
    page = PretixPage(Bridge(hooks, posted.append))
    page.resize(*SIZE)
    page.show()
    show(hooks, page, posted)
    for _ in range(5):
        app.processEvents()
    target = PICTURES / f"pretix-{name}.png"
    page.grab().save(str(target))
    page.close()
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def _token(_hooks: Hooks, page: PretixPage, _posted: list[object]) -> None:
    page.token.token.put("kj4n2b5k6j7h8m9q")
    page.token.address.put("https://tickets.example.org")


def _event(hooks: Hooks, _page: PretixPage, posted: list[object]) -> None:
    hooks.pretix_changed(BridgeState(Phase.CHOOSING, **PAIRED))
    found = [PretixEvent("fair", "Harbour Fair", AT), PretixEvent("tours", "Harbour tours", AT, series=True)]
    hooks.pretix_events_listed(PretixEventsListed(_request(posted, ListPretixEvents), found))


def _bridge(hooks: Hooks, _page: PretixPage, _posted: list[object]) -> None:
    told = "The question “Photo” asks for a file: it is kept, and not asked at the door."
    hooks.pretix_changed(
        BridgeState(Phase.FETCHING, **PAIRED, **EVENT, done=1850, total=5000, unmapped=(told,))
    )


def _told(hooks: Hooks, page: PretixPage, posted: list[object]) -> None:
    hooks.pretix_changed(BridgeState(Phase.RUNNING, **PAIRED, **EVENT, waiting=2, refused=1, heard_at=AT))
    page.tabs.setCurrentIndex(1)
    calls = [
        _call(1, "Entry", "Aino Árnadóttir", CallState.REFUSED, "This position does not exist any more."),
        _call(2, "Entry", "João Brandão", CallState.WAITING, ""),
        _call(3, "Printed badge", "João Brandão", CallState.WAITING, ""),
    ]
    hooks.calls_listed(CallsListed(_request(posted, ListCalls), calls, 3))


def _call(number: int, kind: str, who: str, state: CallState, answer: str) -> CallRow:
    return CallRow(number, f"f{number}", kind, who, AT, state, 1 if answer else 0, answer)


def _request(posted: list[object], kind: type[object]) -> str:
    asked = [one for one in posted if isinstance(one, kind)]
    return str(getattr(asked[-1], "request", ""))


if __name__ == "__main__":
    main()
