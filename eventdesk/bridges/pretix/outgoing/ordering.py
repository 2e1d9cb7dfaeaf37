"""Sends an order so that it is there once, whatever became of answers, and without what pretix does not take
of what is not needed."""

from collections.abc import Mapping
from typing import Any, Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixRefused
from eventdesk.bridges.pretix.mapping import own
from eventdesk.bridges.pretix.outgoing.known import Known
from eventdesk.bridges.pretix.outgoing.target import Call
from eventdesk.i18n import tr

# A sale that has happened is not kept from pretix for these.
NOT_NEEDED: Final = ("email", "locale", "invoice_address")
NOT_NEEDED_OF_TICKETS: Final = ("attendee_email", "attendee_name_parts", "company", "answers")
MOST_TIMES: Final = 6


class Ordering:
    """From any thread."""

    def __init__(self, api: Api, known: Known) -> None:
        self._api = api
        self._known = known

    def run(self, call: Call, key: str) -> str:
        """What was left out, in words. Raises PretixError."""
        body, dropped = dict(call["body"]), []
        for time in range(MOST_TIMES):
            try:
                # Another body needs another key: the refusal of the first is kept by pretix.
                answer = self._api.post(call["path"], body, f"{key}/{time}" if time else key)
            except PretixRefused as error:
                if self._is_there(call, body, error):
                    break
                less = _without(body, error)
                if less is None:
                    raise
                body, left_out = less
                dropped.append(f"{left_out} ({error.words})")
            else:
                self._learn(answer.data, body)
                break
        else:
            raise PretixRefused(400, None, "; ".join(dropped))
        return tr("Told without {parts}.", parts=", ".join(dropped)) if dropped else ""

    def pay(self, call: Call, key: str) -> str:
        """For an order that is there: once. Raises PretixError."""
        paid = self._api.get(str(call["path"])).data["results"]
        details = [one["details"].get("payment_data") or {} for one in paid]
        if call["sale"] not in {one.get("sale") for one in details}:
            self._api.post(call["path"], call["body"], key)
        return ""

    def _is_there(self, call: Call, body: Mapping[str, Any], error: PretixRefused) -> bool:
        """An earlier call has made it, and its answer was lost."""
        if error.status not in (400, 409) or "code" not in body:
            return False
        try:
            row = self._api.get(f"{call['path']}{body['code']}/").data
        except PretixRefused:
            return False
        ours, there = own.read({"api_meta": body["api_meta"]}), own.read(row)
        if ours is None or there is None or (ours.order, ours.sale) != (there.order, there.sale):
            return False
        self._learn(row, body)
        return True

    def _learn(self, row: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        if made := own.read({"api_meta": body["api_meta"]}):
            self._known.learn(row["positions"], dict(made.tickets))


def _without(body: Mapping[str, Any], error: PretixRefused) -> tuple[dict[str, Any], str] | None:
    """The body without what pretix complains of, and its name; None where all of it is needed."""
    said = error.answer if error.status == 400 and isinstance(error.answer, Mapping) else {}
    for name in NOT_NEEDED:
        if name in said and name in body:
            return {key: value for key, value in body.items() if key != name}, name
    if "code" in said and "code" in body:
        # Of another order: pretix chooses one, which comes back with the order.
        return {key: value for key, value in body.items() if key != "code"}, "code"
    return _without_of_tickets(body, said.get("positions"))


def _without_of_tickets(body: Mapping[str, Any], said: object) -> tuple[dict[str, Any], str] | None:
    rows = said if isinstance(said, list) else []
    for place, faults in enumerate(rows[: len(body["positions"])]):
        for name in NOT_NEEDED_OF_TICKETS:
            if isinstance(faults, Mapping) and name in faults and name in body["positions"][place]:
                positions = [dict(one) for one in body["positions"]]
                for one in positions:
                    one.pop(name, None)
                return {**body, "positions": positions}, name
    return None
