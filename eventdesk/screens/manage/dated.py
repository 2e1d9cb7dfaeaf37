"""Forms for what has dates: the event itself and its sessions."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from eventdesk.domain.catalogue import Event, Session
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField
from eventdesk.screens.manage.form import Form, refuse
from eventdesk.screens.manage.moments import MomentField, ZoneField, next_morning, system_zone
from eventdesk.screens.manage.money import currency_name

COMMON_CURRENCIES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "JPY",
    "CAD",
    "AUD",
)


def fresh_event() -> Event:
    """An event to start from: tomorrow from nine to six, here."""
    zone = system_zone()
    begins = next_morning(ZoneInfo(zone)).replace(tzinfo=ZoneInfo(zone))
    return Event(uuid4().hex, "", zone, begins, begins + timedelta(hours=9))


class EventForm(Form[Event]):
    def __init__(self, event: Event) -> None:
        super().__init__()
        self._id = event.id
        self.name = LineField(tr("Name of the event"), required=True)
        self.zone = ZoneField(tr("Time zone"))
        self.begins = MomentField(tr("Begins"))
        self.ends = MomentField(tr("Ends"), optional=True)
        self.admission = MomentField(
            tr("Doors open"), tr("Where the doors open at another time than the event begins."), optional=True
        )
        self.currency = ChoiceField(tr("Currency"), _currencies(event.currency))
        # Before the form tells that it changed: whoever hears of it finds the zone in the fields.
        self.zone.changed.connect(self._zone_changed)
        self.arrange(self.name, self.begins, self.ends, self.admission, self.zone, self.currency)
        self._show(event)

    def build(self) -> Event:
        begins, ends, admission = self.begins.value(), self.ends.value(), self.admission.value()
        check_dates(begins, self.ends, self.admission)
        return Event(
            self._id, self.name.value(), self.zone.value(), begins, ends, admission, self.currency.value()
        )

    def _show(self, event: Event) -> None:
        for field in (self.begins, self.ends, self.admission):
            field.zone = event.zone
            field.show_wall(event.begins.astimezone(event.zone).replace(tzinfo=None))
        self.name.put(event.name)
        self.zone.put(event.timezone)
        self.begins.put(event.begins)
        self.ends.put(event.ends)
        self.admission.put(event.admission)
        self.currency.put(event.currency)

    def _zone_changed(self) -> None:
        if self.zone.check():
            for field in (self.begins, self.ends, self.admission):
                field.zone = ZoneInfo(self.zone.value())
                field.check()


class SessionForm(Form[Session]):
    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        super().__init__()
        self._id = session.id
        self.name = LineField(tr("Name"), tr("A day, a slot or a date of a series."), required=True)
        self.begins = MomentField(tr("Begins"))
        self.ends = MomentField(tr("Ends"), optional=True)
        self.admission = MomentField(tr("Doors open"), optional=True)
        self.arrange(self.name, self.begins, self.ends, self.admission)
        self.name.put(session.name)
        for field in (self.begins, self.ends, self.admission):
            field.zone = zone
            field.show_wall(session.begins.astimezone(zone).replace(tzinfo=None))
        self.begins.put(session.begins)
        self.ends.put(session.ends)
        self.admission.put(session.admission)

    def use_zone(self, zone: ZoneInfo) -> None:
        """The event's zone was changed: the wall times stay, the moments follow."""
        for field in (self.begins, self.ends, self.admission):
            field.zone = zone

    def build(self) -> Session:
        begins = self.begins.value()
        check_dates(begins, self.ends, self.admission)
        return Session(self._id, self.name.value(), begins, self.ends.value(), self.admission.value())


def check_dates(begins: datetime, ends: MomentField, admission: MomentField) -> None:
    """Raises Wrong, told at its field, where the dates contradict each other."""
    end, doors = ends.value(), admission.value()
    if end is not None and end <= begins:
        refuse(ends, tr("This is not after the begin."))
    if doors is not None and end is not None and doors >= end:
        refuse(admission, tr("The doors would open after the end."))


def _currencies(current: str) -> list[tuple[str, str]]:
    codes = dict.fromkeys([*COMMON_CURRENCIES, current])
    return [(code, f"{code} – {currency_name(code)}") for code in codes]
