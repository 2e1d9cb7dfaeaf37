"""The real pretix: a process of its own, set up and asked."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import requests

from tests.bridges.pretix.differential.outcome import Seen

Row = dict[str, Any]
ROOT = Path(__file__).parents[4]
ORGANIZER = "org"
TOKENS = {name: f"token-of-{name}" for name in ("dev1", "dev2", "dev_north", "dev_south")}


@dataclass(frozen=True)
class Ids:
    """pretix' numbers, by those of the drawing."""

    lists: list[int]
    positions: list[int]
    questions: list[int]
    options: list[list[int]]
    gates: dict[str, int]
    devices: list[int]


class Pretix:
    """Within `with`. One event at a time."""

    def __init__(self, python: Path) -> None:
        self._python = python
        self._session = requests.Session()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [str(self._python), "-m", "tests.rigs.pretix.serving"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        assert port, "pretix' process ended before it served: is freezegun in its environment?"
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._session.close()

    def build(self, world: Row, slug: str) -> Ids:
        return Ids(**self._rig("world", slug=slug, at=world["base"], drawn=world))

    def clock(self, at: str) -> None:
        self._rig("clock", at=at)

    def exit_all(self) -> None:
        self._rig("exit_all")

    def reissue(self, position: int) -> None:
        self._rig("reissue", position=position, code=f"reissued-{position}")

    def stands(self) -> dict[str, Row]:
        found: dict[str, Row] = self._rig("stands")
        return found

    def redeem(self, world: Row, scan: Row, ids: Ids) -> Seen:
        body = {
            "lists": [ids.lists[scan["list"]]],
            "secret": scan["code"],
            "source_type": scan["source"],
            "answers": answers(world, scan, ids),
            **{
                name: scan[name]
                for name in ("type", "force", "ignore_unpaid", "questions_supported", "nonce", "simulate")
            },
        }
        if scan["by_clock"]:
            self.clock(scan["at"])
        else:
            body["datetime"] = scan["at"]
        found = self._session.post(
            f"{self.url}/api/v1/organizers/{ORGANIZER}/checkinrpc/redeem/",
            json=body,
            headers={"Authorization": f"Device {TOKENS[scan['device']]}"},
            timeout=60,
        )
        if found.status_code == 500:
            return Seen(status="500")
        said = found.json()
        assert "status" in said, (found.status_code, said)
        questions = [ids.questions.index(one["id"]) for one in said.get("questions", [])]
        position = (said.get("position") or {}).get("id")
        return Seen(
            said["status"],
            said.get("reason"),
            None if position is None else ids.positions.index(position),
            tuple(questions),
            said["require_attention"],
            tuple(said["checkin_texts"]),
        )

    def _rig(self, path: str, **body: Any) -> Any:
        found = self._session.post(f"{self.url}/rig/{path}", json=body, timeout=60)
        assert found.ok, found.text[:2000]
        return found.json()


def answers(world: Row, scan: Row, ids: Ids) -> Row:
    found: Row = {}
    for number, answer in scan["answers"].items():
        place, value = int(number), answer
        if isinstance(answer, dict):
            options = ids.options[place]
            chosen = [options[one] if one >= 0 else 999_999 for one in answer["options"]]
            value = ",".join(map(str, chosen)) if world["questions"][place]["type"] == "M" else str(chosen[0])
        found[str(ids.questions[place])] = value
    return found
