"""`eventdesk decide`: agreement with a real pretix, and clear words for input that can't be used.

`golden/situations.json` holds situations that we made at random, each with the answer that a real
pretix 2026.8.0 gave to it through its API. `tests/rigs/pretix` asks it again.
"""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eventdesk.cli import decide
from eventdesk.cli.scenarios.answers import answer, full_answer
from eventdesk.cli.scenarios.run import read_scenario
from eventdesk.cli.scenarios.run import run as run_scenario
from eventdesk.errors import BadInput

GOLDEN = Path(__file__).parent / "golden" / "situations.json"


def command(monkeypatch: pytest.MonkeyPatch, text: str, *options: str) -> int:
    parser = argparse.ArgumentParser()
    decide.add_parser(parser.add_subparsers())
    args = parser.parse_args(["decide", *options])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return decide.run(args)


def answered(scenario: dict[str, Any], *, full: bool = False) -> dict[str, Any]:
    id_, world, call = read_scenario(scenario, 1)
    return (full_answer if full else answer)(id_, world, run_scenario(world, call))


def differences(scenarios: list[dict[str, Any]], words: set[str]) -> list[str]:
    pairs = [(scenario, answered(scenario, full=True)) for scenario in scenarios]
    return [
        f"{scenario['id']}: {word} is {ours.get(word)!r}, not {scenario['then'][word]!r}"
        for scenario, ours in pairs
        for word in words & set(scenario["then"])
        if ours.get(word) != scenario["then"][word]
    ]


DECIDED = {"status", "reason", "entries", "exits", "forced", "questions", "position"}
# The words of an explanation are our own.
TOLD = {
    "require_attention",
    "attendee_name",
    "list",
    "message",
    "stored_answers",
    "force_sent",
    "checkin_texts",
}


def test_random_situations_agree_with_a_real_pretix() -> None:
    scenarios = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(scenarios) >= 300
    assert differences(scenarios, DECIDED) == []
    for scenario in scenarios:
        members = set(answered(scenario)) - {"id"}
        assert members == set(scenario["then"]), scenario["id"]


def test_the_shared_situations_agree_in_every_word(shared_data: Path) -> None:
    scenarios = json.loads((shared_data / "checkin" / "scenarios.json").read_text(encoding="utf-8"))
    assert len(scenarios) == 131
    assert differences(scenarios, DECIDED | TOLD) == []


def test_answers_are_printed_as_one_json_array(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios = [
        {"id": "plain"},
        {"id": "used", "given": {"previous": [{"type": "entry"}]}, "then": {"status": "anything"}},
    ]
    assert command(monkeypatch, json.dumps(scenarios), "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "id": "plain",
            "status": "ok",
            "reason": None,
            "entries": 1,
            "exits": 0,
            "forced": False,
            "position": "ticket",
        },
        {
            "id": "used",
            "status": "error",
            "reason": "already_redeemed",
            "entries": 1,
            "exits": 0,
            "position": "ticket",
        },
    ]


def test_without_json_the_door_s_own_words_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = {"id": "used", "given": {"previous": [{"type": "entry"}]}}
    assert command(monkeypatch, json.dumps([scenario])) == 0
    assert capsys.readouterr().out.startswith("used: Already checked in. Entered at 11:30. ")


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        ({"id": "s", "given": {"colour": "red"}}, 'Scenario "s", given: unknown word "colour".'),
        ({"id": "s", "when": {"tipe": "exit"}}, 'Scenario "s", when: unknown word "tipe".'),
        ({"id": "s", "given": {"order": "lost"}}, "`order` must be one of pending, paid"),
        ({"id": "s", "given": {"order_requires_approval": "yes"}}, "must be true or false, not 'yes'"),
        ({"id": "s", "given": {"valid_from": "soon"}}, "`valid_from` must be a moment"),
        ({"id": "s", "given": {"code": "addon:0"}}, "`code` must be one of"),
        ({"id": "s", "given": {"list": {"doors": 1}}}, 'given.list: unknown word "doors"'),
        ({"id": "s", "given": {"list": []}}, "given.list must be an object"),
        (
            {"id": "s", "given": {"questions": [{"type": "riddle"}]}},
            "given.questions[0]: `type` must be one of",
        ),
        (
            {"id": "s", "given": {"addons": [{"product": "C"}]}},
            "given.addons[0]: `product` must be one of A, B",
        ),
        ({"id": "s", "given": {"previous": [{"on": "addon:3"}]}}, "given.previous[0]: `on` must be one of"),
        (
            {"id": "s", "given": {"medium": {"linked": ["nobody"]}, "code": "medium"}},
            "`medium` must be linked to",
        ),
        ({"id": "s", "given": {"attention": ["everybody"]}}, "`attention` must be a list of"),
        ({"id": "s", "when": {"lists": ["third"]}}, "`lists` must be made of"),
        ({"id": "s", "when": {"device": "dev9"}}, "`device` must be one of"),
        ({"id": "s", "when": {"answers": {"q": {"wish": 1}}}}, "`answers` must be texts, or objects"),
        ({"id": "s", "when": {"at": 12}}, "`at` must be a moment"),
        ({"given": {}}, "Scenario number 2 needs an `id`"),
        (["s"], "Scenario number 2 must be an object"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_named_and_the_others_are_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], scenario: Any, told: str
) -> None:
    assert command(monkeypatch, json.dumps([{"id": "good"}, scenario]), "--json") == 1
    printed = capsys.readouterr()
    good, bad = json.loads(printed.out)
    assert good["status"] == "ok"
    assert bad["status"] is None
    assert told in bad["error"]
    assert told in printed.err


@pytest.mark.parametrize("text", ["", "{", '{"id": "alone"}', "[" * 100_000, "\ufeff[1"])
def test_what_is_no_array_of_scenarios_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(BadInput, match="standard input"):
        command(monkeypatch, text, "--json")


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json"):
        command(monkeypatch, "", "--json", str(tmp_path / "none.json"))


def test_everyone_is_checked_out_and_the_next_time_is_set() -> None:
    scenario = {
        "id": "exit-all",
        "given": {"list": {"exit_all_at": "2026-06-10T12:00"}, "previous": [{"type": "entry"}]},
        "when": {"action": "exit_all", "at": "2026-06-10T12:05"},
    }
    told = answered(scenario, full=True)
    assert (told["status"], told["entries"], told["exits"]) == (None, 1, 1)
    assert told["next_exit_all_at"] == "2026-06-11T12:00:00+02:00"


def test_a_search_by_a_door_s_token_needs_three_letters() -> None:
    def found(query: str, **given: Any) -> Any:
        scenario = {"id": "search", "given": given, "when": {"action": "search", "query": query}}
        return answered(scenario, full=True).get("found")

    assert found("Pet") == ["ticket"]
    assert found("Pe", token="checkin_only") == []
    assert found("Pet", token="checkin_only") == ["ticket"]
    assert found("Pet", token="no_permission") is None
    assert found("Pet", order="pending") == []
