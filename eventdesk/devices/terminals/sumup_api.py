"""What of SumUp's Cloud API a card terminal needs, through its official library, as plain values.

https://developer.sumup.com/terminal-payments/cloud-api is the reference. Amounts of transactions are
numbers with a fraction there; here they are minor units.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from eventdesk.devices.terminals import words
from eventdesk.devices.terminals.calling import Calls
from eventdesk.devices.terminals.faults import KEY_REFUSED, Lost, Refused
from eventdesk.devices.terminals.port import Charge
from eventdesk.domain.till.currencies import CURRENCIES

T = TypeVar("T")
# SumUp counts these without the minor unit that ISO 4217 gives them.
_WITHOUT_MINOR = {"COP", "HUF"}


def digits(currency: str) -> int | None:
    """How many digits SumUp's unit of this currency has; None where it takes none such."""
    if currency in _WITHOUT_MINOR:
        return 0
    return CURRENCIES[currency].digits if currency in CURRENCIES else None


def in_units(amount: int, currency: str) -> int | None:
    """Minor units as SumUp counts them; None where it has none so small."""
    here = digits(currency)
    if here is None:
        return None
    value, rest = divmod(amount, 10 ** (CURRENCIES[currency].digits - here))
    return None if rest else value


@dataclass(frozen=True, slots=True)
class Account:
    """`merchant` and `reader` are SumUp's ids; by `app` and `affiliate_key` together a payment
    bears an id of ours."""

    key: str = field(repr=False)
    merchant: str
    reader: str
    app: str
    affiliate_key: str = field(repr=False)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """`reference`: by which SumUp finds it again. `amount` and `returned` in minor units; `returning`: a part
    of it is on its way back."""

    id: str
    reference: str
    status: str
    amount: int
    returned: int
    returning: bool
    brand: str
    last4: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """`status`: pending, successful, failed, cancelled."""

    status: str
    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    online: bool
    idle: bool


class SumUpApi:
    """Each call raises Lost or Refused, and nothing else for what the world does."""

    def __init__(self, account: Account, seconds: float) -> None:
        self._account = account
        self._calls = Calls("sumup", seconds, lambda: _client(account, seconds))

    def begin(self, charge: Charge) -> tuple[str, str]:
        """The references of the transaction and of the checkout. Asked for twice it begins twice."""
        account = self._account
        total = {
            "currency": charge.currency,
            "minor_unit": digits(charge.currency),
            "value": in_units(charge.amount, charge.currency),
        }
        ours = {"app_id": account.app, "key": account.affiliate_key, "foreign_transaction_id": charge.id}
        more = {"description": charge.note} if charge.note else {}
        begun = self._ask(
            lambda client: client.readers.create_checkout(
                account.merchant, account.reader, total_amount=total, affiliate=ours, **more
            )
        ).data
        return begun.client_transaction_id, begun.checkout_id or ""

    def checkout(self, checkout: str) -> Checkout:
        data = self._ask(
            lambda client: client.readers.get_checkout(self._account.merchant, self._account.reader, checkout)
        ).data
        return Checkout(data.status, data.payment_failure_reason or "")

    def transaction(self, reference: str = "", payment: str = "") -> Transaction | None:
        """By SumUp's reference, or else by the payment's id."""
        by = {"client_transaction_id": reference} if reference else {"foreign_transaction_id": payment}
        try:
            return _transaction(
                self._ask(lambda client: client.transactions.get(self._account.merchant, **by))
            )
        except Refused as no:
            if no.code != "404":
                raise
            return None

    def terminate(self) -> None:
        """Stop what the reader asks. Nothing tells whether it came in time."""
        self._ask(
            lambda client: client.readers.terminate_checkout(self._account.merchant, self._account.reader)
        )

    def reader(self) -> Reader:
        data = self._ask(
            lambda client: client.readers.get_status(self._account.merchant, self._account.reader)
        ).data
        return Reader(data.status == "ONLINE", data.state in (None, "IDLE"))

    def refund(self, transaction: str, amount: int, currency: str) -> None:
        """Asked for twice it pays back twice."""
        major = amount / CURRENCIES[currency].unit
        self._ask(
            lambda client: client.transactions.refund(self._account.merchant, transaction, amount=major)
        )

    def close(self) -> None:
        self._calls.close()

    def _ask(self, function: Callable[[Any], T]) -> T:
        import pydantic
        from sumup import errors

        try:
            return self._calls.call(function)
        except (errors.AuthenticationError, errors.PermissionDeniedError) as error:
            raise Refused(KEY_REFUSED, self._words(error)) from None
        except errors.APIStatusError as error:
            status = error.status or 500
            if status >= 500 or status in (408, 429):
                raise Lost(self._words(error)) from None
            raise Refused(str(status), self._words(error)) from None
        except (errors.SumupError, pydantic.ValidationError, ValueError, TimeoutError):
            # Its own words are for programmers.
            raise Lost(words.silent()) from None

    def _words(self, error: Any) -> str:
        said = str(error.message)
        for secret in (self._account.key, self._account.affiliate_key):
            said = said.replace(secret, "…")
        return said


def _client(account: Account, seconds: float) -> Any:
    import sumup

    # The library takes a key of the environment for an empty one.
    if not account.key:
        raise ValueError("no key")
    return sumup.Sumup(
        api_key=account.key, timeout=seconds, **({"base_url": account.url} if account.url else {})
    )


def _transaction(raw: Any) -> Transaction:
    unit = CURRENCIES[raw.currency].unit if raw.currency in CURRENCIES else 100
    refunds = [one for one in raw.transaction_events or [] if one.event_type == "REFUND"]
    refunds = refunds or [one for one in raw.events or [] if one.type == "REFUND"]
    standing = [one for one in refunds if one.status != "FAILED"]
    return Transaction(
        raw.id or "",
        raw.client_transaction_id or "",
        raw.status or "",
        round((raw.amount or 0) * unit),
        round(sum(one.amount or 0 for one in standing) * unit),
        any(one.status == "PENDING" for one in standing),
        (raw.card.type if raw.card else "") or "",
        (raw.card.last_4_digits if raw.card else "") or "",
    )
