"""The demo event shows a kiosk at work."""

from eventdesk.desk.demo import demo_drafts
from eventdesk.domain.facts import Kind
from eventdesk.domain.kiosk.definitions import document_from, kiosk_from
from eventdesk.domain.kiosk.setup import Find
from tests.desk.conftest import NOON


def test_the_demo_event_has_a_kiosk_and_a_document() -> None:
    drafts = demo_drafts(NOON)
    (kiosk,) = [one for one in drafts if one.kind is Kind.KIOSK_DEFINED]
    (document,) = [one for one in drafts if one.kind is Kind.DOCUMENT_DEFINED]
    assert kiosk_from(kiosk.subject, kiosk.payload).finds == set(Find)
    assert set(document_from(document.subject, document.payload).text) == {"en", "de"}
