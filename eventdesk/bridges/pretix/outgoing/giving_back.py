"""What was given back of a sale: its positions canceled, its money a refund. pretix' order is looked at first
and brought to what stands here, so that it may be done any number of times."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixCannot, PretixRefused, PretixWaits
from eventdesk.bridges.pretix.mapping import own
from eventdesk.bridges.pretix.mapping.ids import Of, order_code, subject
from eventdesk.bridges.pretix.mapping.own import Own
from eventdesk.bridges.pretix.mapping.values import minor
from eventdesk.bridges.pretix.outgoing import known
from eventdesk.bridges.pretix.outgoing.pieces import FEE, money, shares, smallest
from eventdesk.bridges.pretix.outgoing.placing import PROVIDER, code_of, is_owed
from eventdesk.bridges.pretix.outgoing.target import Call, Target, Untold
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.till import refunding
from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.till.folds import reversal_from
from eventdesk.domain.till.sales import Sale
from eventdesk.storage.store import Reader, Store
from eventdesk.storage.transaction import Transaction

GIVE_BACK: Final = "give back"  # what `sending` does with such a call
NO_SALE: Final = "The sale has not arrived here yet."
OTHER: Final = "pretix has another order by this code."
LONG_WORDS: Final = 150

Row = Mapping[str, Any]


def given_back(tx: Transaction, fact: Fact, _target: Target) -> Call | Untold:
    """The reversal's own part is its refund; which positions go is seen when it is told."""
    reversal = reversal_from(fact)
    return {
        **_call(tx, fact.log, fact.subject),
        "refund": {
            "fact": fact.id,
            "amount": reversal.amount,
            "at": fact.payload["at"],
            "words": f"{reversal.way.value}: {reversal.reason}"[:LONG_WORDS],
        },
    }


def canceled(tx: Transaction, fact: Fact, _target: Target) -> Call | Untold:
    """A ticket that was sold here is worth nothing any more: its order is looked at again."""
    sale = next(iter(tx.sales_of_ticket(fact.log, fact.subject)), None)
    if sale is None:
        return Untold("The ticket was not sold here: cancel it in pretix.")
    return _call(tx, fact.log, sale.id)


def _call(tx: Transaction, log: str, id_: str) -> Call:
    """`owed`: the order was pretix' own, and this sale paid for it."""
    sale, sold = tx.sale(log, id_), tx.facts(log, id_, Kind.SALE_COMPLETED)
    order = sale.order if sale else ""
    owed = {"owed": True} if order_code(order) and sold and is_owed(sold[0]) else {}
    return {"do": GIVE_BACK, "sale": id_, "subject": order or id_, **owed}


class GivingBack:
    """From any thread, one order at a time."""

    def __init__(self, api: Api, store: Store, log: str, target: Target) -> None:
        self._api = api
        self._store = store
        self._log = log
        self._target = target

    def run(self, call: Call, key: str) -> str:
        """Raises PretixError. `key`: of idempotency, for the refund."""
        with self._store.reader() as reader:
            sale = reader.sale(self._log, call["sale"])
            if sale is None:
                raise PretixWaits(NO_SALE)
            calls = reader.bridge_calls.of_subject(self._log, sale.order or sale.id)
            code, gone = self._known(reader, sale)
        told = known.is_told(calls)
        path = self._target.at_event(f"orders/{code}/")
        order = self._order(path, is_told=told)
        found = _as_own(order, sale) if call.get("owed") else own.read(order)
        if found is None or found.sale != sale.id:
            raise PretixCannot(OTHER)
        if refund := call.get("refund"):
            self._refund(path, order, sale, refund, key)
        if order["status"] != "c":
            self._settle(path, order, sale, found, gone)
        return ""

    def _known(self, reader: Reader, sale: Sale) -> tuple[str, frozenset[str]]:
        """The order's code, and which of its tickets are canceled."""
        tickets = reader.order_tickets(self._log, sale.order) if sale.order else ()
        code = next((one.order.code for one in tickets), "") or code_of(sale.id)
        return code, frozenset(one.id for one in tickets if one.canceled)

    def _order(self, path: str, *, is_told: bool) -> Row:
        try:
            row: Row = self._api.get(path).data
        except PretixRefused as error:
            if error.status == 404 and not is_told:
                raise PretixWaits(known.NO_SALE_YET) from error
            raise
        return row

    def _refund(self, path: str, order: Row, sale: Sale, refund: Row, key: str) -> None:
        if not refund["amount"] or any(refund["fact"] in (one["comment"] or "") for one in order["refunds"]):
            return
        payment = next((one["local_id"] for one in order["payments"] if one["state"] == "confirmed"), None)
        body = {
            "state": "done",
            "source": "admin",
            "provider": PROVIDER,
            "amount": money(refund["amount"], sale.currency),
            "payment": payment,
            "execution_date": refund["at"],
            "comment": f"{refund['words']} (EventDesk {refund['fact']})",
        }
        self._api.post(f"{path}refunds/", body, key)

    def _settle(self, path: str, order: Row, sale: Sale, found: Own, gone: frozenset[str]) -> None:
        change = _change(order, sale, found, gone)
        standing = {one["id"] for one in _standing(order)}
        if standing and standing == {one["position"] for one in change["cancel_positions"]}:
            self._cancel(path, sale.currency, _kept(sale, found))
            return
        if not standing:
            change = _fee_kept(order, _kept(sale, found), sale.currency)
        change["cancel_positions"] = _without_addons(order, change["cancel_positions"])
        self._changed(path, change)

    def _cancel(self, path: str, currency: str, kept: int) -> None:
        """pretix has no order without a position: what is kept of its money is a fee for canceling it. pretix
        forgets to book that fee until it is changed: so it is made a little too small at first."""
        least = smallest(currency)
        first = kept - least if kept > least else kept
        fee = {"cancellation_fee": money(first, currency)} if first else {}
        self._api.post(f"{path}mark_canceled/", {"send_email": False, **fee})
        if first != kept:
            self._changed(path, _fee_kept(self._api.get(path).data, kept, currency))

    def _changed(self, path: str, change: Mapping[str, list[Row]]) -> None:
        if any(change.values()):
            more = {"send_email": False, "reissue_invoice": True}
            self._api.post(f"{path}change/?check_quotas=false", {**change, **more})


def _as_own(order: Row, sale: Sale) -> Own:
    """Of an order of pretix' own that was paid here: its tickets are its positions."""
    lines = {ticket: line.id for line in sale.lines for ticket in line.tickets}
    ids = {one["positionid"]: subject(Of.POSITION, one["id"]) for one in order["positions"]}
    return Own(sale.order, sale.id, ids, {place: lines[id_] for place, id_ in ids.items() if id_ in lines})


def _without_addons(order: Row, cancel: list[Row]) -> list[Row]:
    """pretix cancels the add-ons with their main position, and would count them twice."""
    ids = {one["position"] for one in cancel}
    mains = {one["id"]: one["addon_to"] for one in order["positions"]}
    return [one for one in cancel if mains[one["position"]] not in ids]


def _fee_kept(order: Row, kept: int, currency: str) -> dict[str, list[Row]]:
    """Of an order whose positions are all canceled: its fees come to what is kept."""
    fees = list(order["fees"])
    if sum(_amount(one["value"], currency) for one in fees) == kept:
        return {"cancel_positions": []}
    first = fees[:1] if kept else []
    return {
        "cancel_positions": [],
        "patch_fees": [{"fee": one["id"], "body": {"value": money(kept, currency)}} for one in first],
        "cancel_fees": [{"fee": one["id"]} for one in fees if one not in first],
    }


def _change(order: Row, sale: Sale, found: Own, gone: frozenset[str]) -> dict[str, list[Row]]:
    """What makes the order's positions and fees those that are left of the sale."""
    cancel: list[Row] = []
    patch: list[Row] = []
    for position, price in _wanted(order, sale, found, gone):
        if price is None:
            cancel.append({"position": position["id"]})
        elif _amount(position["price"], sale.currency) != price:
            patch.append({"position": position["id"], "body": {"price": money(price, sale.currency)}})
    left = refunding.left(sale)
    cancel_fees: list[Row] = []
    patch_fees: list[Row] = []
    for fee in order["fees"]:
        line = left.get(str(fee["internal_type"] or "").removeprefix(FEE))
        if line is None:
            continue
        if not line.quantity:
            cancel_fees.append({"fee": fee["id"]})
        elif _amount(fee["value"], sale.currency) != line.gross:
            patch_fees.append({"fee": fee["id"], "body": {"value": money(line.gross, sale.currency)}})
    return {
        "cancel_positions": cancel,
        "patch_positions": patch,
        "cancel_fees": cancel_fees,
        "patch_fees": patch_fees,
    }


def _wanted(order: Row, sale: Sale, found: Own, gone: frozenset[str]) -> Iterator[tuple[Row, int | None]]:
    """Each standing position of the sale, and its price; None: it is to be canceled."""
    left = refunding.left(sale)
    for line in sale.lines:
        rows = [one for one in _standing(order) if found.lines.get(one["positionid"]) == line.id]
        rest = left[line.id]
        kept = (
            [one for one in rows if found.tickets.get(one["positionid"]) not in gone]
            if line.tickets
            else rows[: rest.quantity]
        )
        # Where pretix has canceled some by itself, their share is no business of the others.
        prices = shares(rest.gross, max(rest.quantity, len(kept)), sale.currency)
        wanted = {one["id"]: price for one, price in zip(kept, prices, strict=False)}
        yield from ((one, wanted.get(one["id"])) for one in rows)


def _amount(told: object, currency: str) -> int:
    return minor(told, CURRENCIES[currency].digits)


def _standing(order: Row) -> list[Row]:
    return [one for one in order["positions"] if not one["canceled"]]


def _kept(sale: Sale, found: Own) -> int:
    """What is left of lines that are no positions there."""
    lines = set(found.lines.values())
    return sum(one.gross for id_, one in refunding.left(sale).items() if id_ not in lines)
