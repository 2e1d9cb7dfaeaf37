"""What of an event in pretix can't be represented here, each in a sentence that names it."""

from collections.abc import Iterator, Sequence

from eventdesk.bridges.pretix.mapping.catalogue import QUESTIONS
from eventdesk.bridges.pretix.mapping.rules import rules_of
from eventdesk.bridges.pretix.mapping.values import Row, said
from eventdesk.domain.catalogue import QuestionType
from eventdesk.domain.rule_check import rule_mistake
from eventdesk.i18n import minor_digits, tr


def of_event(row: Row, language: str) -> Iterator[str]:
    if row.get("seating_plan"):
        yield tr(
            "{name} has a seating plan in pretix: guests keep their seats, new ones are sold without.",
            name=said(row["name"], language),
        )
    if minor_digits(row["currency"]) > 2:
        yield tr(
            "pretix counts two digits of {currency}: it is not told of sales with smaller amounts.",
            currency=row["currency"],
        )
    if row["testmode"]:
        yield tr(
            "{name} is in test mode in pretix: its orders are marked as tests, and count until it is live.",
            name=said(row["name"], language),
        )


def of_item(row: Row, language: str) -> Iterator[str]:
    name = said(row["internal_name"], language) or said(row["name"], language)
    if row.get("require_membership") or any(one.get("require_membership") for one in row["variations"]):
        yield tr("“{name}” asks for a membership: nobody looks at that here.", name=name)
    if row.get("bundles"):
        yield tr("“{name}” is sold with others in a bundle: a till here sells it alone.", name=name)
    if row.get("require_voucher"):
        yield tr("“{name}” is sold by voucher only: tills here don't offer it.", name=name)
    if row.get("max_per_order") or (row.get("min_per_order") or 0) > 1:
        yield tr("“{name}” has a least or most number for one order: tills here have none.", name=name)


def of_list(row: Row) -> Iterator[str]:
    rules = rules_of(row["rules"]) or None
    mistake = rule_mistake(rules) if rules else None
    if mistake is not None:
        why = tr(mistake.template, **mistake.values)
        yield tr(
            "Check-in list “{name}”: its rules can't be worked out here. {why}", name=row["name"], why=why
        )


def of_question(row: Row, language: str) -> Iterator[str]:
    name, kind = said(row["question"], language), QUESTIONS.get(row["type"])
    if kind is None:
        yield tr("Question “{name}” is of a kind that EventDesk does not know: it is not asked.", name=name)
    elif kind is QuestionType.FILE and row["ask_during_checkin"]:
        yield tr("Question “{name}” asks for a file: no door can take one.", name=name)


def of_quota(row: Row, items: Sequence[Row]) -> Iterator[str]:
    """A quota counts whole products here."""
    counted = set(row["variations"])
    for item in items:
        variations = {one["id"] for one in item["variations"]}
        if item["id"] in row["items"] and variations and not variations <= counted:
            yield tr(
                "Quota “{name}” counts some variations of a product only: here it counts all of them.",
                name=row["name"],
            )
            return
