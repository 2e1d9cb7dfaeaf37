"""The till's own rules: who sells, what is taken, which limits hold."""

from dataclasses import replace

from eventdesk.domain.till.setup import Business, Tender, TillRules
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import (
    ChoiceField,
    LineField,
    NumberField,
    PicksField,
    TextField,
    TickField,
)
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.percent_field import PercentField
from eventdesk.screens.till.amount_field import AmountField
from eventdesk.screens.till.words import tender_words


class TillForm(Form[TillRules]):
    """Notes and coins of the event's own stay as they are."""

    def __init__(self, rules: TillRules, currency: str) -> None:
        super().__init__()
        self._rules = rules
        self.name = LineField(tr("Who sells"), tr("The business, as receipts name it."))
        self.address = TextField(tr("Address"), lines=3)
        self.tax_number = LineField(tr("Tax number"))
        self.contact = LineField(tr("Contact"), tr("E-mail or telephone."))
        self.footer = LineField(tr("Last line of receipts"))
        self.net_prices = ChoiceField(
            tr("Prices"), [(False, tr("with tax in them")), (True, tr("without tax: it is added"))]
        )
        self.tenders = PicksField(tr("What is taken"), [(one.value, tender_words(one)) for one in Tender])
        self.cash_step = AmountField(
            tr("Cash is rounded to"), currency, tr("Empty: to the smallest coin."), required=False, least=1
        )
        self.blind = TickField(tr("Count the drawer before the expected sum is shown"))
        self.most_discount = PercentField(tr("Largest discount in percent"), tr("Empty: no limit."))
        self.most_refund = AmountField(tr("Largest refund"), currency, tr("Empty: no limit."), required=False)
        self.most_comps = NumberField(tr("Most given away in a shift"), tr("Empty: no limit."))
        self.most_pay_out = AmountField(
            tr("Largest pay-out"), currency, tr("Empty: no limit."), required=False
        )
        self.arrange(
            self.name,
            self.address,
            self.tax_number,
            self.contact,
            self.footer,
            self.net_prices,
            self.tenders,
            self.cash_step,
            self.blind,
            self.most_discount,
            self.most_refund,
            self.most_comps,
            self.most_pay_out,
        )
        self._show(rules)

    def use_currency(self, currency: str) -> None:
        for field in (self.cash_step, self.most_refund, self.most_pay_out):
            field.currency = currency

    def build(self) -> TillRules:
        taken = self.tenders.value()
        if not taken:
            refuse(self.tenders, tr("Tick at least one."))
        lines = tuple(line.strip() for line in self.address.value().splitlines() if line.strip())
        return replace(
            self._rules,
            business=Business(
                self.name.value(), lines, self.tax_number.value(), self.contact.value(), self.footer.value()
            ),
            net_prices=self.net_prices.value(),
            cash_step=self.cash_step.value(),
            tenders=tuple(one for one in Tender if one.value in taken),
            most_discount=self.most_discount.value(),
            most_refund=self.most_refund.value(),
            most_comps=self.most_comps.value(),
            most_pay_out=self.most_pay_out.value(),
            blind=self.blind.value(),
        )

    def _show(self, rules: TillRules) -> None:
        business = rules.business
        self.name.put(business.name)
        self.address.put("\n".join(business.address))
        self.tax_number.put(business.tax_number)
        self.contact.put(business.contact)
        self.footer.put(business.footer)
        self.net_prices.put(rules.net_prices)
        self.tenders.put({one.value for one in rules.tenders})
        self.cash_step.put(rules.cash_step)
        self.blind.put(rules.blind)
        self.most_discount.put(rules.most_discount)
        self.most_refund.put(rules.most_refund)
        self.most_comps.put(rules.most_comps)
        self.most_pay_out.put(rules.most_pay_out)
