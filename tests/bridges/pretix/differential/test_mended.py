"""What the comparison has found in the mapping, each held by a test that needs no pretix."""

from typing import Any

from eventdesk.bridges.pretix.mapping import catalogue


def test_a_date_that_is_not_on_sale_keeps_its_times() -> None:
    row = {
        "id": 4,
        "name": {"en": "Friday"},
        "date_from": "2026-06-19T18:00:00+02:00",
        "date_to": None,
        "date_admission": None,
        "active": False,
    }
    members = catalogue.session(row, "en").members
    assert (members["removed"], members["begins"]) == (False, "2026-06-19T16:00:00Z")


def test_questions_are_in_pretix_order() -> None:
    rows = [_question(98, 2), _question(100, 0), _question(99, 2), _question(101, 1, type="?")]
    places = {one.subject: one.members["position"] for one in catalogue.questions(rows, "en")}
    assert sorted(places, key=lambda id_: places[id_]) == ["px-q100", "px-q98", "px-q99"]


def _question(id_: int, position: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "position": position,
        "question": {"en": "?"},
        "type": "S",
        "required": False,
        "ask_during_checkin": True,
        "options": [],
        "items": [1],
        "help_text": {},
        **more,
    }
