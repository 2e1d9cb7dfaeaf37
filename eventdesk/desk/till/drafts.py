"""From what is set up for the till to the facts that say so (`docs/facts.md`); as `desk/drafts.py` does for
the rest of the event."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till.setup import Category, Discount, SeatingPlan, TaxRate, TillRules, TillSetup

Part: TypeAlias = Category | TaxRate | Discount | SeatingPlan


def setup_drafts_between(log: str, before: TillSetup, after: TillSetup) -> list[Draft]:
    """What must be written to get from one set-up to the other."""
    old = {(type(part), part.id): part for part in _parts(before)}
    new = {(type(part), part.id): part for part in _parts(after)}
    drafts = [] if before.rules == after.rules else [Draft(Kind.TILL_DEFINED, log, _rules(after.rules))]
    drafts += [draft_of(part) for key, part in new.items() if old.get(key) != part]
    return drafts + [_removal(part) for key, part in old.items() if key not in new]


def draft_of(part: Part) -> Draft:
    kind, members = _MEMBERS[type(part)]
    return Draft(kind, part.id, members(part))


def _removal(part: Part) -> Draft:
    draft = draft_of(part)
    return Draft(draft.kind, draft.subject, {**draft.payload, "removed": True})


def _parts(setup: TillSetup) -> Iterator[Part]:
    for members in (setup.taxes, setup.categories, setup.seatings, setup.discounts):
        yield from members.values()


def _rules(rules: TillRules) -> dict[str, Any]:
    business = rules.business
    return {
        "business": {
            "name": business.name,
            "address": list(business.address),
            "tax_number": business.tax_number,
            "contact": business.contact,
            "footer": business.footer,
        },
        "net_prices": rules.net_prices,
        "cash_step": rules.cash_step,
        "denominations": list(rules.denominations),
        "tenders": [tender.value for tender in rules.tenders],
        "most_discount": rules.most_discount,
        "most_refund": rules.most_refund,
        "most_comps": rules.most_comps,
        "most_pay_out": rules.most_pay_out,
        "blind": rules.blind,
    }


def _category(one: Category) -> dict[str, Any]:
    return {"name": one.name, "position": one.position, "color": one.color, "removed": False}


def _tax(one: TaxRate) -> dict[str, Any]:
    return {"name": one.name, "rate": one.rate, "code": one.code, "removed": False}


def _discount(one: Discount) -> dict[str, Any]:
    """Without what it has not: one of several members says what kind it is of."""
    optional = {
        "percent": one.percent,
        "amount": one.amount,
        "price": one.price,
        "uses": one.uses,
        "budget": one.budget,
        "from": None if one.begins is None else moment_text(one.begins),
        "until": None if one.ends is None else moment_text(one.ends),
    }
    told = {name: value for name, value in optional.items() if value is not None}
    always = {"name": one.name, "code": one.code, "products": sorted(one.products), "free": one.free}
    return {**always, **told, "removed": False}


def _seating(one: SeatingPlan) -> dict[str, Any]:
    sections = [
        {
            "id": section.id,
            "name": section.name,
            "rows": [{"name": row.name, "seats": list(row.seats)} for row in section.rows],
        }
        for section in one.sections
    ]
    return {"name": one.name, "sections": sections, "removed": False}


_MEMBERS: Mapping[type, tuple[Kind, Any]] = {
    Category: (Kind.CATEGORY_DEFINED, _category),
    TaxRate: (Kind.TAX_DEFINED, _tax),
    Discount: (Kind.DISCOUNT_DEFINED, _discount),
    SeatingPlan: (Kind.SEATING_DEFINED, _seating),
}
