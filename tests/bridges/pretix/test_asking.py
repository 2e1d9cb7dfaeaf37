"""The line to a real pretix: pairing, tokens, refusals, pages."""

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixRefused, PretixRevoked, PretixSilent
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.paging import pages, rows
from eventdesk.bridges.pretix.pairing import Invitation, pair, renew, revoke, tell_version
from eventdesk.errors import BadInput
from tests.rigs.pretix_server.server import PretixServer

pytestmark = pytest.mark.long
ORDERS = "organizers/rig/events/fair/orders/"


@pytest.fixture
def api(pretix: PretixServer) -> Api:
    _, token = pair(Invitation(pretix.url, pretix.state["devices"]["Bridge"]))
    return Api(pretix.url, token, Pacing(most=10_000))


def test_a_one_time_token_pairs_once(pretix: PretixServer) -> None:
    invitation = Invitation(pretix.url, pretix.state["devices"]["Gate"])
    device, token = pair(invitation)
    assert (device.organizer, device.name, device.gate_name) == ("rig", "Gate", "North gate")
    assert tell_version(Api(pretix.url, token)) == device
    with pytest.raises(BadInput, match="already been used"):
        pair(invitation)
    with pytest.raises(BadInput, match="does not take this token"):
        pair(Invitation(pretix.url, "nothing"))


def test_a_renewed_token_ends_the_old_one_and_a_revoked_device_is_told(
    pretix: PretixServer, api: Api
) -> None:
    renewed = Api(pretix.url, renew(api))
    with pytest.raises(PretixRevoked, match="does not know this device"):
        api.get(ORDERS)
    assert renewed.get(ORDERS).data["count"] == pretix.state["orders"]
    revoke(renewed)
    with pytest.raises(PretixRevoked):
        renewed.get(ORDERS)


def test_a_refusal_is_told_in_pretix_words(api: Api) -> None:
    with pytest.raises(PretixRefused, match="cannot be empty") as caught:
        api.post(ORDERS, {"email": "a@example.org", "sales_channel": "web", "positions": []})
    assert caught.value.status == 400
    with pytest.raises(PretixRefused) as caught:
        api.get(f"{ORDERS}NONE/")
    assert caught.value.status == 404


def test_the_same_key_gets_the_same_answer(pretix: PretixServer, api: Api) -> None:
    position = {"item": pretix.state["items"]["Day"], "variation": None, "answers": [], "subevent": None}
    order = {"email": "a@example.org", "locale": "en", "sales_channel": "web", "positions": [position]}
    first = api.post(ORDERS, {**order, "status": "p", "payment_provider": "manual"}, key="one")
    again = api.post(ORDERS, {**order, "status": "p", "payment_provider": "manual"}, key="one")
    assert first.data["code"] == again.data["code"]
    assert api.get(ORDERS).data["count"] == pretix.state["orders"] + 1


def test_pages_come_in_their_order_and_hold_every_row_once(pretix: PretixServer, api: Api) -> None:
    found = list(pages(api, ORDERS))
    assert [one.number for one in found] == [1, 2, 3]
    assert all(one.generated for one in found[:1])
    codes = [row["code"] for one in found for row in one.rows]
    assert len(codes) == len(set(codes)) == pretix.state["orders"]
    assert [row["code"] for one in pages(api, ORDERS, first=2) for row in one.rows] == codes[50:]
    assert list(pages(api, ORDERS, first=99)) == []
    assert len(list(rows(api, ORDERS, {"status": "c"}))) < len(codes)


def test_nothing_is_sent_where_nothing_has_changed(pretix: PretixServer, api: Api) -> None:
    path = f"organizers/rig/events/fair/items/{pretix.state['items']['Day']}/"
    pretix.api("PATCH", path.removeprefix("organizers/rig/"), json={"checkin_text": "Hello"})
    first = api.get("organizers/rig/events/fair/items/")
    assert first.modified == ""  # so fresh that another change may hide behind it
    told = first.headers["last-modified"]
    assert api.get("organizers/rig/events/fair/items/", since=told).data is None


def test_a_server_that_is_gone_is_told() -> None:
    with pytest.raises(PretixSilent, match="no connection"):
        Api("http://127.0.0.1:9").get("version")
