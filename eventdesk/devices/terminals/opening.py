"""Card terminals from a desk's settings.

Settings name keys and never hold them: what a name stands for is asked of `secret` when a terminal is opened,
and lives in the keyring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from urllib.parse import urlsplit

from eventdesk.devices.terminals.beside import TerminalBeside
from eventdesk.devices.terminals.port import Terminal
from eventdesk.errors import DeviceError
from eventdesk.i18n import tr

Secret = Callable[[str], bytes | None]
KINDS = ("beside", "stripe", "sumup")
_NEEDS = {
    "beside": (),
    "stripe": ("reader", "key"),
    "sumup": ("reader", "merchant", "app", "key", "affiliate_key"),
}
_SECRETS = ("key", "affiliate_key")
# What the keys themselves begin with: their names must not.
_KEYS = ("sk_", "rk_", "pk_", "sup_")


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """`name` is what people call it. `reader`, `merchant` and `app` are the maker's ids; `key` and
    `affiliate_key` are names of secrets. `url` is the maker's address where it is not the usual one."""

    kind: str
    name: str
    reader: str = ""
    merchant: str = ""
    app: str = ""
    key: str = ""
    affiliate_key: str = ""
    url: str = ""

    @classmethod
    def of(cls, row: Mapping[str, object]) -> "TerminalSettings":
        """From a desk's settings, which may hold more. Raises DeviceError."""
        known = {one.name: str(row[one.name]) for one in fields(cls) if row.get(one.name)}
        settings = cls(**{"kind": "", "name": tr("Card terminal"), **known})
        settings.check()
        return settings

    def check(self) -> None:
        """Raises DeviceError where no terminal can come of this."""
        if self.kind not in KINDS:
            raise _wrong(self.name, tr("{kind} is no kind of card terminal.", kind=self.kind))
        missing = [one for one in _NEEDS[self.kind] if not getattr(self, one)]
        if missing:
            raise _wrong(self.name, tr("{missing} is missing.", missing=", ".join(missing)))
        if any(getattr(self, one).startswith(_KEYS) for one in _SECRETS):
            raise _wrong(self.name, tr("A key stands where its name belongs."))
        if self.url and not _safe(self.url):
            raise _wrong(self.name, tr("Keys are sent to addresses with https only."))


def open_terminal(settings: TerminalSettings, secret: Secret) -> Terminal:
    """Asks nothing of the maker yet. Raises DeviceError without a key, and what `secret` raises."""
    settings.check()
    if settings.kind == "beside":
        return TerminalBeside(settings.name)
    keys = {one: _key(settings, one, secret) for one in _SECRETS if one in _NEEDS[settings.kind]}
    if settings.kind == "stripe":
        from eventdesk.devices.terminals.stripe import StripeTerminal

        return StripeTerminal(settings.name, keys["key"], settings.reader, url=settings.url)
    from eventdesk.devices.terminals.sumup import SumUpTerminal
    from eventdesk.devices.terminals.sumup_api import Account

    account = Account(
        keys["key"], settings.merchant, settings.reader, settings.app, keys["affiliate_key"], settings.url
    )
    return SumUpTerminal(settings.name, account)


def _key(settings: TerminalSettings, which: str, secret: Secret) -> str:
    found = secret(getattr(settings, which))
    try:
        key = (found or b"").decode("ascii").strip()
    except UnicodeDecodeError:
        key = ""
    if not key or not key.isprintable():
        raise DeviceError(
            tr("{name} has no key in this computer's keyring.", name=settings.name),
            tr("Enter the terminal's key anew under Devices."),
        )
    return key


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _wrong(name: str, words: str) -> DeviceError:
    return DeviceError(f"{name}: {words}", tr("Set the terminal up anew under Devices."))
