"""Calls go out, those of a subject one after the other; what pretix answers is kept with each."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from eventdesk.bridges.pretix.api import Answer, Api
from eventdesk.bridges.pretix.faults import PretixBusy, PretixError, PretixRefused, PretixRevoked
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store

AT_ONCE: Final = 4
ROUND: Final = 40


class Sending:
    """On the bridge's thread, with a few of its own while a round lasts."""

    def __init__(self, api: Api, store: Store, log: str) -> None:
        self._api = api
        self._store = store
        self._log = log

    def round(self) -> int:
        """Send what may go now; how many calls are settled. Raises PretixRevoked, or the fault that keeps
        all of them waiting."""
        with self._store.reader() as reader:
            due = reader.bridge_calls.due(self._log, ROUND)
        if not due:
            return 0
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pretix-calls") as pool:
            ended = list(pool.map(self._sent, due))
        settled = [one for one in ended if one[1] is not None]
        self._keep(settled)
        faults = [error for _, state, _, error in ended if state is None and error is not None]
        for fault in faults:
            if isinstance(fault, PretixRevoked) or not settled:
                raise fault
        return len(settled)

    def _keep(self, settled: Iterable[tuple[BridgeCall, CallState | None, str, PretixError | None]]) -> None:
        with self._store.transaction() as tx:
            for call, state, answer, _ in settled:
                if state is not None:
                    tx.bridge_calls.settle(call.n, state, answer)

    def _sent(self, call: BridgeCall) -> tuple[BridgeCall, CallState | None, str, PretixError | None]:
        """A state of None: it waits on, because of the fault."""
        try:
            self._send(call.call)
        except PretixRefused as error:
            return call, CallState.REFUSED, error.words, None
        except (PretixBusy, PretixError) as error:
            return call, None, "", error
        return call, CallState.DONE, "", None

    def _send(self, call: Mapping[str, Any]) -> Answer:
        body = dict(call["body"])
        if name := call.get("adds_to"):
            body[name] = self._added(call["path"], name, body[name])
        if call["method"] == "PATCH":
            return self._api.patch(call["path"], body)
        return self._api.post(call["path"], body, call.get("key", ""))

    def _added(self, path: str, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that pretix has, with these in the place of their like."""
        named = {row["question"] for row in rows}
        standing = self._api.get(path).data[name]
        kept = [
            {key: row[key] for key in ("question", "answer", "options") if key in row}
            for row in standing
            if row["question"] not in named
        ]
        return [*kept, *rows]
