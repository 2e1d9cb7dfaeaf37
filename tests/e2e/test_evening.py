"""A scripted evening on the real window: what is sold, given back, cut, killed and closed comes to what a
ledger of the test's own says, to the cent."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.server import schema
from sync.server.database import Database
from tests.e2e.evening import script
from tests.e2e.evening.event import DAYS, GIFT, LOG, VOUCHER_USES
from tests.e2e.evening.ledger import Shift, of_figures
from tests.e2e.fleet.desks import DeskProcess
from tests.e2e.fleet.fleet import _free_port as free_port
from tests.e2e.fleet.networks import CENTRE, Loopback
from tests.e2e.fleet.served import FleetNode, code_by_command
from tests.rigs.nodes import ROOT

ADA, BO, SUPERVISOR = "3862", "7194", "50927"
TILL, OFFICE = "till01", "office1"
FLOAT = 20_000


class Program(DeskProcess):
    program = "tests.e2e.evening.till"


class Evening:
    """`sold`: what each order became, by its place."""

    def __init__(self, folder: Path) -> None:
        self.network = Loopback()
        port = free_port()
        at = ("--host", "127.0.0.1", "--port", str(port))
        self.node = FleetNode(folder / CENTRE, *at, command="serve")
        self.node.wait_ready()
        self.office = Program(folder / OFFICE, OFFICE)
        self.till = Program(folder / TILL, TILL)
        self._ways = {one: self.network.way(one, CENTRE, port) for one in (OFFICE, TILL)}
        self.books = [Shift(FLOAT)]
        self.sold: dict[int, dict[str, Any]] = {}
        self.orders: list[dict[str, Any]] = []
        self.tickets: list[str] = []
        self.void: set[str] = set()

    @property
    def book(self) -> Shift:
        return self.books[-1]

    def gather(self) -> None:
        """The office defines event and people; the till comes in by its code, with fewer rights."""
        self.office.ask("set_up")
        text = code_by_command(self.node, self._ways[OFFICE], sys.executable, ROOT)
        self.office.ask("pair", text=text, address=self._ways[OFFICE], name="Office")
        for name, role, pin in (
            ("Ada", "box_office", ADA),
            ("Bo", "box_office", BO),
            ("Grace", "supervisor", SUPERVISOR),
        ):
            self.office.ask("staff", name=name, role=role, pin=pin)
        code = self.office.ask("code", roles=["box_office"])["text"]
        self.till.ask("pair", text=code, address=self._ways[TILL], name="Till")
        self.till.ask("open_till")
        assert self.till.ask("log_on", pin=ADA)["name"] == "Ada"
        self.till.ask("open_shift", float_=FLOAT)
        for counter, number in (("five", VOUCHER_USES), ("days", DAYS // 2)):
            self.till.ask("share", counter=counter, number=number)

    def sell(self, place: int, order: dict[str, Any]) -> None:
        pin = SUPERVISOR if order.get("comp") else ""
        self.note(place, order, self.till.ask("sell", order=order, supervisor=pin))

    def note(self, place: int, order: dict[str, Any], made: dict[str, Any]) -> None:
        change = self.book.sell(order, made["number"])
        assert made["change"] == change, (place, order, made)
        if change:
            assert f"{change / 100:.2f}" in made["change_shown"], made
        self.sold[place] = made | {"order": order, "book": self.book}
        self.tickets += made["tickets"]

    def refund(self, place: int, product: str = "") -> None:
        made = self.sold[place]
        order = made["order"]
        lines = [(id_, 1) for id_, sold in made["lines"] if sold == product]
        card = order["pay"][0][0] == "card"
        told = self.till.ask("refund", sale=made["sale"], pin=SUPERVISOR, lines=lines, card=card)
        self.book.refund(order, made["book"], told["number"], product)
        self.void |= set() if product else set(made["tickets"])

    def report(self, picture: str = "") -> None:
        """The X report is the ledger's."""
        told = self.till.ask("report", picture=picture)
        assert of_figures(told["figures"]) == self.book.told()

    def close(self, *, hand_over: bool) -> None:
        """The Z report is the ledger's; the drawer holds what it must, but for a coin."""
        counted = self.book.drawer - 5
        told = self.till.ask("close_shift", amount=counted, hand_over=hand_over)
        assert of_figures(told["figures"]) == self.book.told()
        assert (told["number"], told["difference"]) == (len(self.books), -5)
        if hand_over:
            self.books.append(Shift(counted))

    def power_cut(self) -> dict[str, Any]:
        """What stands in the cart once the till is up again."""
        self.till.kill()
        self.till.start_again()
        cart = self.till.ask("resume")
        self.till.ask("log_on", pin=BO)
        return cart

    def until_even(self) -> dict[str, Any]:
        """Until the node has all that the till has."""
        deadline = time.monotonic() + 120
        while True:
            state = self.till.ask("state")
            if state["waiting"] == 0 and state["heads"] == self.held()[1]:
                return state
            assert time.monotonic() < deadline, state
            time.sleep(0.3)

    def held(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """The node's log: kind and payload of each fact, and the ends of the chains."""
        key = bytes.fromhex((self.node.folder / "key").read_text().strip())
        database = Database.open(f"sqlite:///{self.node.folder / 'node.db'}", key)
        try:
            return database.read_now(_held)
        finally:
            database.close()

    def destroy(self) -> None:
        for one in (self.office, self.till, self.node):
            one.destroy()
        self.network.close()


def _held(connection: Any) -> tuple[list[Any], dict[str, list[Any]]]:
    records, chains = schema.records, schema.chains
    rows = connection.execute(select(records).where(records.c.log == LOG)).all()
    ends = connection.execute(select(chains).where(chains.c.log == LOG)).all()
    facts = [(row.kind, json.loads(bytes(row.payload))) for row in rows]
    return facts, {row.desk: [row.seq, bytes(row.chain).hex()] for row in ends}


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    one = Evening(tmp_path)
    yield one
    one.destroy()


def run(evening: Evening, number: int) -> None:
    """Sales, with all that happens between them at its share of the evening."""
    evening.gather()
    evening.orders = script.orders(number, seed=4)
    cut = range(number * 4 // 10, number * 6 // 10)
    deeds = Deeds(evening)
    for place, order in enumerate(evening.orders):
        deeds.before(place, number)
        if place in deeds.killed:
            continue
        if place in cut and order["kind"] in ("voucher", GIFT):
            order = {"kind": "cash", "items": [("day", 1), ("coffee", 1)], "pay": [("cash", None)]}
        evening.sell(place, order)
    evening.report("evening-x")
    evening.close(hand_over=False)


class Deeds:
    """What else happens, and when: parts of the evening in hundredths."""

    def __init__(self, evening: Evening) -> None:
        self._evening = evening
        self.killed: set[int] = set()
        self._at = {
            20: self.gift_card, 25: self.drawer, 30: self.refunds, 35: lambda: evening.report("evening-x1"),
            40: self.line_cut, 50: self.hand_over, 60: self.line_healed, 62: self.refunds,
            66: self.killed_amid_a_sale, 75: self.killed_with_the_key, 80: self.refunds, 90: self.refunds,
        }  # fmt: skip

    def before(self, place: int, number: int) -> None:
        self._place = place
        for at in [one for one in self._at if one * number <= place * 100]:
            self._at.pop(at)()

    def gift_card(self) -> None:
        """Half of one is used, at once with cash."""
        evening = self._evening
        sale = {"items": [(GIFT, 1)], "worth": 5_000, "pay": [("cash", None)]}
        evening.sell(-1, sale)
        card = evening.till.ask("gift_card", sale=evening.sold[-1]["sale"])
        assert card["left"] == 5_000
        evening.till.ask("share", counter=card["id"], number=2_000)
        paid = {"items": [("day", 1)], "pay": [("gift_card", 2_000), ("cash", None)], "card": card["code"]}
        evening.sell(-2, paid)
        assert evening.till.ask("gift_card", sale=evening.sold[-1]["sale"])["left"] == 3_000

    def drawer(self) -> None:
        evening = self._evening
        for way, amount, pin in (("pay_in", 5_000, ""), ("pay_out", 2_000, SUPERVISOR), ("drop", 10_000, "")):
            evening.till.ask("move", way=way, amount=amount, pin=pin)
            evening.book.move(way, amount)
        evening.till.ask("no_sale", pin=SUPERVISOR)
        evening.book.no_sales += 1

    def refunds(self) -> None:
        """Of those sold last and paid at once: whole ones, and one piece of a line."""
        evening = self._evening
        fit = [
            place
            for place, made in sorted(evening.sold.items(), reverse=True)
            if made["order"].get("kind") in ("cash", "given", "card") and not made.get("back")
        ]
        whole = [one for one in fit if evening.sold[one]["order"]["kind"] != "card"][:1]
        card = [one for one in fit if evening.sold[one]["order"]["kind"] == "card"][:1]
        for place in [*whole, *card]:
            evening.refund(place)
            evening.sold[place]["back"] = True
        part = next(
            (
                (one, product)
                for one in fit
                if one not in (*whole, *card) and evening.sold[one]["order"]["kind"] != "card"
                for product, pieces in evening.sold[one]["order"]["items"]
                if pieces > 1 and product in script.GOODS
            ),
            None,
        )
        if part is not None:
            evening.refund(*part)
            evening.sold[part[0]]["back"] = True

    def line_cut(self) -> None:
        self._evening.network.cut(TILL)

    def line_healed(self) -> None:
        evening = self._evening
        assert evening.till.ask("state")["waiting"] > 0
        evening.network.heal(TILL)
        evening.until_even()

    def hand_over(self) -> None:
        """Amid the cut."""
        self._evening.close(hand_over=True)
        assert self._evening.till.ask("log_on", pin=BO)["name"] == "Bo"

    def killed_amid_a_sale(self) -> None:
        """A part is paid, and the power goes: the cart and its money stand there again."""
        evening = self._evening
        order = {"items": [("day", 1), ("soup", 2)], "pay": [("cash", 1_000), ("cash", None)]}
        evening.till.ask("sell", order=order, stop="part")
        cart = evening.power_cut()
        assert cart == {
            "answer": cart["answer"],
            "lines": [["day", 1], ["soup", 2]],
            "due": 4_900 + 2 * 952 - 1_000,
        }
        self._done(order, evening.till.ask("finish", pay=[("cash", None)]))

    def killed_with_the_key(self) -> None:
        """With the last key: the sale is there whole, or its cart is."""
        evening = self._evening
        order = {"items": [("workshop", 1), ("coffee", 1)], "pay": [("cash", None)]}
        evening.till.ask("sell", order=order, stop="key")
        cart = evening.power_cut()
        made = (
            evening.till.ask("finish", pay=[("cash", None)]) if cart["lines"] else evening.till.ask("latest")
        )
        self._done(order, made)

    def _done(self, order: dict[str, Any], made: dict[str, Any]) -> None:
        self.killed.add(self._place)
        self._evening.note(self._place, order, made)


def settle(evening: Evening) -> dict[str, int]:
    """All that must agree once the till is closed."""
    evening.until_even()
    facts, _ = evening.held()
    kinds = Counter(kind for kind, _ in facts)
    books = evening.books
    totals = [payload["total"] for kind, payload in facts if kind == "sale_completed"]
    assert (len(totals), sum(totals)) == (sum(one.sales for one in books), sum(one.sold for one in books))
    numbers = sorted(
        payload["number"] for kind, payload in facts if kind in ("sale_completed", "sale_reversed")
    )
    assert numbers == list(range(1, len(numbers) + 1))
    closings = [payload for kind, payload in facts if kind == "shift_closed"]
    assert [of_figures(one["figures"]) for one in closings] == [one.told() for one in books]
    good = evening.till.ask("tickets", tickets=evening.tickets)["good"]
    assert set(good) == set(evening.tickets) - evening.void
    assert len(set(evening.tickets)) == len(evening.tickets) == kinds["ticket_issued"]
    state = evening.till.ask("state")
    assert evening.till.ask("verify")["wrong"] == []
    return {
        "sales": len(totals),
        "refunds": sum(one.backs for one in books),
        "tickets": len(evening.tickets),
        "facts": len(facts),
        "cents": sum(totals),
        "troubles": len(state["troubles"]),
    }


@pytest.mark.long
def test_a_short_evening_agrees_to_the_cent(evening: Evening) -> None:
    run(evening, 12)
    assert settle(evening)["sales"] >= 12


@pytest.mark.long
def test_an_evening_of_three_hundred_sales_agrees_to_the_cent(evening: Evening) -> None:
    began = time.monotonic()
    run(evening, 300)
    print(settle(evening), f"{time.monotonic() - began:.0f} s")  # noqa: T201
