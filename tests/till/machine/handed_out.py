"""The part of the model's ledger that is no money: tickets, seats, places, vouchers and gift cards."""

from collections import Counter, defaultdict
from typing import Any

from tests.till.machine.fair import DISCOUNTS, QUOTAS

Row = dict[str, Any]


class HandedOut:
    def __init__(self) -> None:
        self.tickets: dict[str, Row] = {}
        self.cards: dict[str, Row] = {}
        self.seats: dict[str, list[str]] = defaultdict(list)
        self.unconfirmed: set[str] = set()  # seats that were sold without an upstream's word
        self.uses: Counter[str] = Counter()
        self.discounts: Counter[str] = Counter()

    def _ticket_issued(self, desk: str, subject: str, told: Row) -> None:
        self.tickets[subject] = {"product": told["product"], "good": True, "desk": desk}

    def _ticket_changed(self, _desk: str, subject: str, told: Row) -> None:
        assert told == {"canceled": True}
        assert self.tickets[subject]["good"]
        self.tickets[subject]["good"] = False

    def _quota_used(self, _desk: str, subject: str, told: Row) -> None:
        self.uses[subject] += told["number"]
        assert self.uses[subject] <= QUOTAS[subject][1], f"{subject} was passed"

    def _quota_freed(self, _desk: str, subject: str, told: Row) -> None:
        self.uses[subject] -= told["number"]

    def _discount_used(self, _desk: str, subject: str, told: Row) -> None:
        self.discounts[subject] += told["number"]
        most = DISCOUNTS[subject].get("uses") or DISCOUNTS[subject]["budget"]
        assert self.discounts[subject] <= most, f"{subject} was passed"

    def _discount_returned(self, _desk: str, subject: str, told: Row) -> None:
        self.discounts[subject] -= told["number"]

    def _gift_card_issued(self, _desk: str, subject: str, told: Row) -> None:
        self.cards[subject] = {**told, "left": told["amount"]}

    def _gift_card_charged(self, _desk: str, subject: str, told: Row) -> None:
        self.cards[subject]["left"] -= told["amount"]
        assert self.cards[subject]["left"] >= 0, "more was paid with a gift card than it holds"

    def _gift_card_credited(self, _desk: str, subject: str, told: Row) -> None:
        self.cards[subject]["left"] += told["amount"]

    def _seat_taken(self, _desk: str, subject: str, told: Row) -> None:
        if not told.get("confirmed", True):
            self.unconfirmed.add(subject)
        self.seats[subject].append(told["ticket"])

    def _seat_freed(self, _desk: str, subject: str, told: Row) -> None:
        self.seats[subject].remove(told["ticket"])
