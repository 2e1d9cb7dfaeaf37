"""Ask pretix: situations in, the same situations with its answers out (see the package's words)."""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.rigs.pretix.settings"

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from freezegun import freeze_time  # noqa: E402
from pretix.api.auth.utils import get_session_key_for_api_auth  # noqa: E402
from pretix.base.models import CachedFile, Checkin, TeamAPIToken  # noqa: E402
from pretix.base.services.checkin import process_exit_all  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from tests.rigs.pretix.given import Scene, build, store_scan  # noqa: E402
from tests.rigs.pretix.organizer import Organization, make_organizer, moment  # noqa: E402

NOON = "2026-06-10T12:00"
ORGANIZER = "/api/v1/organizers/org"
SENT = (
    "force",
    "ignore_unpaid",
    "simulate",
    "canceled_supported",
    "questions_supported",
    "nonce",
    "source_type",
    "type",
)
FILES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "pdf": "application/pdf",
}


def ask(situation: dict[str, Any], shared: Organization) -> dict[str, Any]:
    """pretix's answer; the database is afterwards as it was before."""
    given, when = situation.get("given", {}), situation.get("when", {})
    clock = moment(when.get("at") if when.get("action") == "exit_all" else NOON)
    with freeze_time(clock), scopes_disabled(), transaction.atomic():
        scene = build(given, shared)
        for row in given.get("previous", []):
            _before(row, given, shared, scene)
        stored = set(Checkin.all.values_list("pk", flat=True))
        answer = _call(
            when, _client(shared, when.get("device"), given.get("token", "full")), scene, given, shared
        )
        then = _then(answer, when, scene, stored)
        transaction.set_rollback(True)
    return then


def _client(shared: Organization, device: str | None, token: str) -> Any:
    client = APIClient(raise_request_exception=False)
    word = f"Device {shared.devices[device].api_token}" if device else f"Token {shared.tokens[token]}"
    client.credentials(HTTP_AUTHORIZATION=word)
    return client


def _before(row: dict[str, Any], given: dict[str, Any], shared: Organization, scene: Scene) -> None:
    if "annul" not in row:
        store_scan(row, given, shared, scene)
        return
    when = {"nonce": row["annul"], "at": row["at"], "lists": [row.get("list", "main")]}
    _annul(when, _client(shared, row.get("device"), "full"), scene)


def _call(
    when: dict[str, Any], client: Any, scene: Scene, given: dict[str, Any], shared: Organization
) -> Any:
    action = when.get("action", "redeem")
    if action == "annul":
        return _annul(when, client, scene)
    if action == "search":
        return _search(when, client, scene)
    if action == "failed_upload":
        return _failed_upload(when, client, scene)
    if action == "exit_all":
        return process_exit_all(sender=None)
    return _redeem(when, client, scene, given, shared)


def _redeem(
    when: dict[str, Any], client: Any, scene: Scene, given: dict[str, Any], shared: Organization
) -> Any:
    data = {word: when[word] for word in SENT if word in when}
    data["datetime"] = _at(when)
    holder = shared.devices.get(when.get("device", "")) or TeamAPIToken.objects.get(
        token=shared.tokens[given.get("token", "full")]
    )
    data["answers"] = {
        str(scene.questions[name].pk): _answer(name, answer, scene, holder)
        for name, answer in (when.get("answers") or {}).items()
        if name in scene.questions
    }
    code = when.get("raw_code", scene.code)
    if when.get("api", "rpc") == "rpc":
        data |= {"lists": [one.pk for one in _lists(when, scene)], "secret": code}
        return client.post(f"{ORGANIZER}/checkinrpc/redeem/", data, format="json")
    untrusted = "?untrusted_input=true" if when.get("untrusted_input") else ""
    place = f"{_list_address(when, scene)}/positions/{quote(code, safe='+')}/redeem/{untrusted}"
    return client.post(place, data, format="json")


def _answer(name: str, answer: Any, scene: Scene, holder: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    ((word, value),) = answer.items()
    if word == "option_id":
        return _option_id(name, value, scene)
    if word == "option_ids":
        return [_option_id(name, one, scene) for one in value]
    return f"file:{_uploaded(value, holder)}" if word == "upload" else value


def _option_id(name: str, option: Any, scene: Scene) -> Any:
    found = scene.options.get((name, option))
    return found.pk if found else option


def _uploaded(kind: str, holder: Any) -> Any:
    session = get_session_key_for_api_auth(AnonymousUser(), holder)
    name, type_ = f"upload.{kind}", FILES.get(kind, "text/plain")
    file = CachedFile.objects.create(
        expires=now(), date=now(), type=type_, filename=name, session_key=session
    )
    file.file.save(name, ContentFile(b"picture"))
    return file.id


def _annul(when: dict[str, Any], client: Any, scene: Scene) -> Any:
    lists = [one.pk for one in _lists(when, scene)]
    data = {"lists": lists, "nonce": when.get("nonce"), "datetime": _at(when)}
    return client.post(f"{ORGANIZER}/checkinrpc/annul/", data, format="json")


def _search(when: dict[str, Any], client: Any, scene: Scene) -> Any:
    words = (
        f"search={quote(when.get('query', ''))}&ignore_status={str(when.get('ignore_status', False)).lower()}"
    )
    if when.get("api", "rpc") == "list":
        return client.get(f"{_list_address(when, scene)}/positions/?{words}")
    lists = "".join(f"&list={one.pk}" for one in _lists(when, scene))
    return client.get(f"{ORGANIZER}/checkinrpc/search/?{words}{lists}")


def _failed_upload(when: dict[str, Any], client: Any, scene: Scene) -> Any:
    words = ("error_reason", "error_explanation", "nonce", "type")
    data: dict[str, Any] = {word: when[word] for word in words if word in when}
    data |= {"raw_barcode": when.get("raw_code", scene.code), "datetime": _at(when)}
    return client.post(f"{_list_address(when, scene)}/failed_checkins/", data, format="json")


def _at(when: dict[str, Any]) -> str:
    at = moment(when.get("at", NOON))
    return at.isoformat() if at else ""


def _lists(when: dict[str, Any], scene: Scene) -> list[Any]:
    return [scene.lists[name] for name in when.get("lists", ["main"])]


def _list_address(when: dict[str, Any], scene: Scene) -> str:
    one = (_lists(when, scene) or [scene.lists["main"]])[0]
    return f"{ORGANIZER}/events/{one.event.slug}/checkinlists/{one.pk}"


def _then(answer: Any, when: dict[str, Any], scene: Scene, stored: set[int]) -> dict[str, Any]:
    body = answer.json() if answer is not None and "json" in answer.get("Content-Type", "") else {}
    body = body if isinstance(body, dict) else {}
    then: dict[str, Any] = {"status": body.get("status"), "reason": body.get("reason")}
    scans = Checkin.all.filter(list=scene.lists["main"], successful=True)
    for word, kind in (("entries", "entry"), ("exits", "exit")):
        then[word] = scans.filter(type=kind).count()
    new = [scan for scan in scans if scan.pk not in stored]
    if when.get("action", "redeem") == "redeem" and new:
        then["forced"] = new[0].forced
    if then["status"] == "incomplete":
        names = {question.pk: name for name, question in scene.questions.items()}
        then["questions"] = [names[question["id"]] for question in body["questions"]]
    if isinstance(body.get("position"), dict):
        names = {position.pk: name for name, position in scene.positions.items()}
        then["position"] = names[body["position"]["id"]]
    return then


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    with scopes_disabled():
        shared = make_organizer()
    situations = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = [json.dumps({**one, "then": ask(one, shared)}, ensure_ascii=False) for one in situations]
    sys.stdout.write("[\n" + ",\n".join(rows) + "\n]\n")


if __name__ == "__main__":
    main()
