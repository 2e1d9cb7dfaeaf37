"""The counts after the long morning: the centre's log, the paper, and each kiosk's own books."""

import subprocess
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eventdesk import config
from eventdesk.desk.kiosk.calls import OF_DEVICES
from eventdesk.domain.badges import JobState
from eventdesk.domain.venue import Reason
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.e2e.fleet.party import LOG
from tests.e2e.kiosk.crowd import numbers_in
from tests.e2e.kiosk.station import Station

Fact = dict[str, Any]


@dataclass
class Books:
    """Of each ticket: passes, badges as facts, and calls for help (reasons)."""

    facts: list[Fact]
    passes: Counter[str] = field(default_factory=Counter)
    badges: Counter[str] = field(default_factory=Counter)
    calls: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for fact in self.facts:
            if fact["kind"] == "admitted":
                self.passes[fact["subject"]] += 1
            elif fact["kind"] == "badge_printed":
                self.badges[fact["subject"]] += 1
            elif fact["kind"] == "help_asked" and fact["payload"].get("ticket"):
                self.calls[fact["payload"]["ticket"]].append(fact["payload"]["reason"])

    def open_device_calls(self) -> list[Fact]:
        ended = {fact["subject"] for fact in self.facts if fact["kind"] == "help_given"}
        reasons = {one.value for one in OF_DEVICES}
        asked = [fact for fact in self.facts if fact["kind"] == "help_asked"]
        return [
            one["payload"]
            for one in asked
            if one["payload"]["reason"] in reasons and one["subject"] not in ended
        ]


def on_paper(papers: list[Path]) -> Counter[str]:
    """Badges that came out, by ticket, as Poppler reads them."""
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(_read, papers))
    found = Counter(f"t{number}" for numbers in read for number in numbers)
    assert found.total() == len(papers), "a paper that is nobody's, or several people's"
    return found


def _read(paper: Path) -> set[int]:
    command = ["pdftotext", str(paper), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(numbers_in(done.stdout))


def what_is_wrong(books: Books, paper: Counter[str], guests: int) -> dict[str, list[str]]:
    """Where it is not one badge and one admission, or a call with a reason: the tickets, by what is wrong."""
    tickets = [f"t{number}" for number in range(guests)]
    passes, badges = books.passes, books.badges
    found = {
        "doubled": [one for one in tickets if max(passes[one], badges[one], paper[one]) > 1],
        "in without a badge": [one for one in tickets if passes[one] and not (paper[one] and badges[one])],
        "lost": [one for one in tickets if not passes[one] and not books.calls[one]],
        "noted, and not on paper": [one for one in tickets if badges[one] and not paper[one]],
        "nobody's": [one for one in {*passes, *badges, *paper} if one not in set(tickets)],
    }
    return {what: those for what, those in found.items() if those}


def figures(books: Books, paper: Counter[str], guests: int) -> dict[str, int]:
    tickets = [f"t{number}" for number in range(guests)]
    return {
        "guests": guests,
        "admitted": books.passes.total(),
        "papers": paper.total(),
        "badges": books.badges.total(),
        "called_for": sum(bool(reasons) for reasons in books.calls.values()),
        "not_in_but_called_for": sum(bool(books.calls[one]) and not books.passes[one] for one in tickets),
        "facts": len(books.facts),
    }


def check_desks(stations: list[Station], books: Books) -> None:
    """Each kiosk's database, after its end: nothing wrong, nothing left to hand on. Badges of which nobody
    knows whether they came out wait for the staff, who were called."""
    for one in stations:
        settings = config.load(one.folder)
        with Store.open(settings.database, one.key, settings.desk) as store:
            assert verify(store) == [], one.id
            with store.reader() as reader:
                for job in reader.jobs.waiting():
                    assert job.state is JobState.UNKNOWN, (one.id, job.state, job.detail)
                    assert Reason.BADGE_UNSURE in books.calls[job.ticket], one.id
                assert reader.unreadable(LOG) == [], one.id


def check_logs(stations: list[Station]) -> None:
    """No process has met a bug on its way, and none has written a guest's name down."""
    for one in stations:
        texts = [file for file in (one.folder, one.folder / "state") for file in file.rglob("*log*")]
        for file in texts:
            if file.is_file():
                text = file.read_text(errors="replace")
                assert "Traceback" not in text, file
                assert not numbers_in(text), f"a guest's name in {file}"
