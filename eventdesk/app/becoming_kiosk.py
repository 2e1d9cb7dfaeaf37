"""Whether a desk may be a kiosk, and makes it one: somebody must be able to leave it again."""

from eventdesk.app.desk import Desk
from eventdesk.desk.settings import KIOSK
from eventdesk.errors import BadInput


def make_kiosk(desk: Desk) -> None:
    """This desk is a kiosk from now on. Raises BadInput where nobody could leave it again."""
    if not can_be_left(desk):
        desk.discard()
        raise no_way_out()
    desk.preferences.put(KIOSK, True)


def no_way_out() -> BadInput:
    return BadInput(
        "Nobody could leave this kiosk again: no person has a PIN or a staff card.",
        "Give one to a person on the page Desks, under Staff.",
    )


def can_be_left(desk: Desk) -> bool:
    """Whether somebody has a PIN or a card that opens a kiosk again."""
    with desk.store.reader() as reader:
        return any(one.pin or one.card for event in reader.events() for one in reader.staff(event.id))
