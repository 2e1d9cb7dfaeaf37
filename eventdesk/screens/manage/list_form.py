"""The form of a check-in list: who may pass, how often, by which rules."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from eventdesk.domain.catalogue import CheckInList
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField, PicksField, TickField
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.moments import MomentField, next_morning
from eventdesk.screens.manage.rules_field import RulesField

Choices = Sequence[tuple[str, str]]


class ListForm(Form[CheckInList]):
    def __init__(self, one: CheckInList, zone: ZoneInfo) -> None:
        super().__init__()
        self._id = one.id
        self.name = LineField(tr("Name"), tr("A door or a purpose, such as Main entrance."), required=True)
        self.all_products = TickField(tr("All products"))
        self.products = PicksField(tr("Products"), [])
        self.session = ChoiceField(tr("Session"), [(None, tr("Any"))])
        self.include_pending = TickField(tr("Let unpaid orders in"))
        self.multiple = TickField(tr("Several entries with one ticket"))
        self.reentry = TickField(tr("Back in after an exit"))
        self.addon_match = TickField(
            tr("Find the add-on"), tr("The ticket is held up, its add-on is let in.")
        )
        self.exit_all = MomentField(
            tr("All out at"), tr("From then on nobody counts as inside."), optional=True
        )
        self.rules = RulesField(zone)
        self.arrange(
            self.name,
            self.all_products,
            self.products,
            self.session,
            self.include_pending,
            self.multiple,
            self.reentry,
            self.addon_match,
            self.rules,
            self.exit_all,
        )
        self.all_products.changed.connect(self._products_shown)
        self.exit_all.zone = zone
        self.exit_all.show_wall(next_morning(zone))
        self._show(one)

    def use_zone(self, zone: ZoneInfo) -> None:
        self.exit_all.zone = zone
        self.rules.use_zone(zone)

    def offer(self, products: Choices, sessions: Choices, gates: Choices) -> None:
        """What can be chosen now; what was chosen stays where it is still there."""
        self.products.offer(products)
        self.session.offer([(None, tr("Any")), *sessions])
        self.rules.offer(products, gates)

    def build(self) -> CheckInList:
        products = frozenset() if self.all_products.value() else self.products.value()
        if not self.all_products.value() and not products:
            refuse(self.products, tr("Tick at least one product, or all products."))
        return CheckInList(
            id=self._id,
            name=self.name.value(),
            all_products=self.all_products.value(),
            products=products,
            session=self.session.value(),
            include_pending=self.include_pending.value(),
            allow_multiple_entries=self.multiple.value(),
            allow_entry_after_exit=self.reentry.value(),
            addon_match=self.addon_match.value(),
            rules=self.rules.value(),
            exit_all_at=self.exit_all.value(),
        )

    def _show(self, one: CheckInList) -> None:
        self.name.put(one.name)
        self.all_products.put(one.all_products)
        self.products.put(one.products)
        self.session.put(one.session)
        self.include_pending.put(one.include_pending)
        self.multiple.put(one.allow_multiple_entries)
        self.reentry.put(one.allow_entry_after_exit)
        self.addon_match.put(one.addon_match)
        self.exit_all.put(one.exit_all_at)
        self.rules.put(one.rules)
        self._products_shown()

    def _products_shown(self) -> None:
        self.products.setVisible(not self.all_products.value())
