"""The catalogue of an event as pretix has it, and what of it can't be represented here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from eventdesk.bridges.pretix import quotas, resources, unmapped
from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.mapping import catalogue, layouts
from eventdesk.bridges.pretix.mapping.ids import Of, subject
from eventdesk.bridges.pretix.mapping.rules import gates_in
from eventdesk.bridges.pretix.mapping.values import Row, Wanted, said
from eventdesk.bridges.pretix.resources import Resources
from eventdesk.i18n import minor_digits
from eventdesk.storage.store import Store

NO_COUNTS: Final = ["checkin_count", "position_count"]


class Configuring:
    """`path` of the event, with a slash at its end."""

    def __init__(self, api: Api, path: str, log: str) -> None:
        self._log = log
        self._api = api
        self._path = path
        self._resources = Resources(api, path)
        self._backgrounds = layouts.Backgrounds()
        self._language = ""
        self.unmapped: Sequence[str] = ()

    def forget(self) -> None:
        self._resources.forget()
        self._language = ""

    def read(self, store: Store) -> list[Wanted]:
        """All of it; only what has changed is asked for. Raises PretixError."""
        event = resources.event(self._api, self._path)
        language = self._language = self._language or self._resources.one("settings/").get("locale") or "en"
        told: list[str] = list(unmapped.of_event(event, language))
        wanted = [catalogue.event(self._log, event, language)]
        wanted += [catalogue.key(one) for one in catalogue.signing_keys(event)]
        if event["has_subevents"]:
            dates = self._resources.rows("subevents/")
            wanted += [catalogue.session(one, language) for one in dates]
        wanted += [catalogue.category(one, language) for one in self._resources.rows("categories/")]
        wanted += [catalogue.tax(one, language) for one in self._resources.rows("taxrules/")]
        badges, of_items = self._badges(told, language)
        items = self._resources.rows("items/")
        wanted += [*badges, *_products(items, language, minor_digits(event["currency"]), of_items)]
        told += [sentence for one in items for sentence in unmapped.of_item(one, language)]
        lists = self._resources.rows("checkinlists/", exclude=NO_COUNTS)
        wanted += _lists(lists)
        told += [sentence for one in lists for sentence in unmapped.of_list(one)]
        questions = self._resources.rows("questions/")
        wanted += catalogue.questions(questions, language)
        told += [sentence for one in questions for sentence in unmapped.of_question(one, language)]
        wanted += self._quotas(store, event, items, told)
        self.unmapped = tuple(dict.fromkeys(told))
        return wanted

    def _badges(self, told: list[str], language: str) -> tuple[list[Wanted], dict[int, str]]:
        """The layouts, and of which items they are, as far as this device may see them."""
        rows = self._resources.rows_if_allowed("badgelayouts/") or []
        items = self._resources.rows_if_allowed("badgeitems/") or [] if rows else []
        made: list[Wanted] = []
        for row in rows:
            one, sentences = layouts.layout(row, self._backgrounds, language)
            made += [one] if one else []
            told += sentences
        known = {one.subject for one in made}
        default = next((subject(Of.LAYOUT, one["id"]) for one in rows if one["default"]), "")
        return made, layouts.Assigned(
            {one["item"]: subject(Of.LAYOUT, one["layout"]) if one["layout"] else "" for one in items},
            default,
            known,
        )

    def _quotas(self, store: Store, event: Row, items: Sequence[Row], told: list[str]) -> Iterator[Wanted]:
        # Before pretix is asked: what it is told of meanwhile counts twice for once rather than never.
        known = quotas.told(store, self._log)
        if known is None:
            with store.reader() as reader:
                stand = [(kind, id_, members) for kind, id_, members in reader.definitions(self._log)]
            yield from quotas.as_they_stand(stand)
            return
        kept = quotas.SHOP if _sells(event) else 0
        for row in self._resources.rows("quotas/", live=True, with_availability="true"):
            one = catalogue.quota(row, 0)
            told += unmapped.of_quota(row, items)
            yield catalogue.quota(row, known.get(one.subject, 0), kept)


def _sells(event: Row) -> bool:
    """Whether pretix' own shop may sell now."""
    over = event.get("presale_end") or event.get("date_to") or event.get("date_from")
    return bool(event["live"]) and (not over or datetime.fromisoformat(over) > datetime.now(UTC))


def _products(
    items: Sequence[Row], language: str, digits: int, layouts_: Mapping[int, str]
) -> Iterator[Wanted]:
    by_category: dict[int, list[int]] = {}
    for one in items:
        by_category.setdefault(one["category"], []).append(one["id"])
    for one in items:
        yield catalogue.product(one, language, by_category, digits, layouts_[one["id"]])


def _lists(rows: Sequence[Row]) -> Iterator[Wanted]:
    gates: dict[int, str] = {}
    for one in rows:
        gates.update(gates_in(one["rules"]))
        yield catalogue.list_(one)
    yield from (catalogue.gate(id_, said(name, "en")) for id_, name in sorted(gates.items()))
