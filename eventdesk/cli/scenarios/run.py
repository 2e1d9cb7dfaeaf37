"""One scenario from its JSON to its answer."""

from collections.abc import Mapping
from dataclasses import replace

from eventdesk.cli.scenarios import actions
from eventdesk.cli.scenarios.call import DEVICES, LISTS, Call, read_call
from eventdesk.cli.scenarios.call import WORDS as CALL_WORDS
from eventdesk.cli.scenarios.fields import Fields
from eventdesk.cli.scenarios.given import WORDS as GIVEN_WORDS
from eventdesk.cli.scenarios.given import read_given
from eventdesk.cli.scenarios.redeem import Result, redeem
from eventdesk.cli.scenarios.world import EARLIER, Row, World
from eventdesk.domain.tickets import Direction
from eventdesk.errors import BadInput

CODES = ("ticket", "revoked", "unknown", "other_event", "medium", "position_id")
_ACTIONS = {
    "redeem": redeem,
    "annul": actions.annul,
    "failed_upload": actions.failed_upload,
    "search": actions.search,
    "exit_all": actions.exit_all,
}


def read_scenario(raw: object, number: int) -> tuple[str, World, Call]:
    """The scenario's id, its world and its call. Raises BadInput that names scenario and word."""
    if not isinstance(raw, Mapping):
        raise BadInput(f"Scenario number {number} must be an object, not {raw!r}.")
    id_ = raw.get("id")
    if not isinstance(id_, str) or not id_:
        raise BadInput(f"Scenario number {number} needs an `id`, a text.")
    place = f'Scenario "{id_}"'
    call = read_call(Fields(f"{place}, when", raw.get("when") or {}, CALL_WORDS))
    given = Fields(f"{place}, given", raw.get("given") or {}, GIVEN_WORDS)
    world = World(read_given(given))
    _check_names(given, world)
    for row in world.given.previous:
        _store_previous(row, world, call)
    return id_, world, call


def _check_names(given: Fields, world: World) -> None:
    if world.given.code not in (*CODES, *world.given.tickets):
        raise given.wrong("code", "one of " + ", ".join((*CODES, *world.given.tickets)))
    for name in world.given.medium.linked if world.given.medium else ():
        if name not in world.given.tickets:
            raise given.wrong("medium", "linked to " + ", ".join(world.given.tickets))


def _store_previous(row: Fields, world: World, call: Call) -> None:
    device = row.optional("device", among=DEVICES)
    before = replace(call, device=device, at=row.moment("at"), lists=(row.text("list", "main", among=LISTS),))
    if row.has("annul"):
        actions.take_back(world, replace(before, nonce=row.text("annul")))
        return
    if row.has("failed_upload"):
        reason = row.text("error_reason", "unpaid")
        before = replace(before, error_reason=reason, nonce=row.optional("nonce"), type="entry")
        actions.upload(world, before, world.scanned())
        return
    world.rows.append(
        Row(
            ticket=row.text("on", world.scanned(), among=tuple(world.given.tickets)),
            list=before.lists[0],
            direction=Direction(row.text("type", "entry", among=tuple(Direction))),
            at=before.at or EARLIER,
            nonce=row.text("nonce"),
            device=device,
            refused=row.optional("failed"),
            forced=row.flag("force"),
            force_sent=row.flag("force"),
            source=row.text("source_type", "barcode"),
        )
    )


def run(world: World, call: Call) -> Result:
    return _ACTIONS[call.action](world, call)
