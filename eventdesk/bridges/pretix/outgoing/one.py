"""Sends one call: what each kind of them needs before it can go."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from eventdesk.bridges.pretix import resources
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixBusy, PretixCannot, PretixRefused
from eventdesk.bridges.pretix.outgoing.giving_back import GIVE_BACK, GivingBack
from eventdesk.bridges.pretix.outgoing.known import Known
from eventdesk.bridges.pretix.outgoing.ordering import Ordering
from eventdesk.bridges.pretix.outgoing.placing import ORDER, PAY
from eventdesk.bridges.pretix.outgoing.target import Call, Target
from eventdesk.storage.bridge_calls import BridgeCall
from eventdesk.storage.store import Store

# A key whose first request died with the server answers 409 for a day: then another one is taken. What is
# sent with a key is looked up before it is made anew, so nothing is there twice.
STUCK: Final = 12
# Older ones may have been told by a bridge before this one, whose keys are not ours.
KEYS_HOLD: Final = timedelta(minutes=10)
ANNUL: Final = "checkinrpc/annul/"
TOO_LATE: Final = "pretix takes a check-in back within 15 minutes only: it stands there. Here it is undone."
OTHER_DEVICE: Final = (
    "pretix lets the device that told it alone take a check-in back: it stands there. Here it is undone."
)


class One:
    """From any thread."""

    def __init__(self, api: Api, store: Store, log: str, target: Target) -> None:
        self._api = api
        self._event = target.at_event("")
        self._known = Known(api, store, log, target)
        self._ordering = Ordering(api, self._known)
        self._giving_back = GivingBack(api, store, log, target)

    def send(self, call: BridgeCall, waits: int = 0) -> str:
        """What is worth saying of it, or nothing. Raises PretixError: PretixWaits where something must be
        told before, PretixCannot where there is no way, PretixRevoked where the device may tell nothing.
        `waits`: how often it had to wait already."""
        try:
            age = datetime.now(UTC) - call.at
            return self._send(call.call, key_of(call, waits), is_again=bool(call.tries) or age > KEYS_HOLD)
        except PretixRefused as error:
            if error.status == 409:
                raise PretixBusy("pretix is still at it.", "", 5.0, 409) from error
            if str(call.call.get("path", "")).endswith(ANNUL):
                raise _why_not_annulled(error) from error
            # Where the device was shut out of the event, that is the fault of no call.
            resources.event(self._api, self._event)
            raise

    def _send(self, call: Call, key: str, *, is_again: bool) -> str:
        match call.get("do"):
            case doing if doing == ORDER:
                return self._ordering.run(call, key)
            case doing if doing == PAY:
                return self._ordering.pay(call, key)
            case doing if doing == GIVE_BACK:
                return self._giving_back.run(call, key)
        if ticket := call.get("ticket"):
            call = self._known.filled(call, ticket)
        if is_again and self._is_printed(call):
            return ""
        body = dict(call["body"])
        if name := call.get("adds_to"):
            body[name] = self._added(call["path"], name, body[name])
        if call["method"] == "PATCH":
            self._api.patch(call["path"], body)
        else:
            self._api.post(call["path"], body, key if call.get("key") else "")
        return ""

    def _is_printed(self, call: Call) -> bool:
        """A print log has no nonce: after a while, or by another device, it is looked for first."""
        if not (once := call.get("once")):
            return False
        path = str(call["path"]).removesuffix("printlog/")
        logs = self._api.get(path).data["print_logs"]
        return any((one["info"] or {}).get("nonce") == once for one in logs)

    def _added(self, path: str, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that pretix has, with these in the place of their like."""
        named = {row["question"] for row in rows}
        standing = self._api.get(path).data[name]
        kept = [_as_sent(row) for row in standing if row["question"] not in named]
        return [*kept, *rows]


def key_of(call: BridgeCall, waits: int = 0) -> str:
    """pretix repeats its answer to a key, a refusal too: what is tried after one needs another."""
    key = str(call.call.get("key") or call.fact)
    suffix = [f"again{call.tries}"] if call.tries else []
    return "/".join([key, *suffix, *([f"stuck{waits // STUCK}"] if waits >= STUCK else [])])


def _as_sent(row: Mapping[str, Any]) -> dict[str, Any]:
    """A file that is there already is kept."""
    kept = {key: row[key] for key in ("question", "answer", "options") if key in row}
    if str(row.get("answer", "")).startswith(("http://", "https://")) and "/answer/" in str(row["answer"]):
        kept["answer"] = "file:keep"
    return kept


def _why_not_annulled(error: PretixRefused) -> Exception:
    if error.status == 404:
        return PretixCannot(OTHER_DEVICE)
    if "15 minutes" in error.words:
        return PretixCannot(TOO_LATE)
    return error
