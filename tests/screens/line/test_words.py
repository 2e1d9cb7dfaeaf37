"""The line in words: calm when alone, the age and what waits never left out."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.upstream.values import LineState, Reach
from eventdesk.screens.line.status import LineStatus
from eventdesk.screens.line.words import brief, glance, needs, next_change_ms, sentences, tone
from eventdesk.screens.words import ISOLATES
from tests.screens.line.making import alone, connected
from tests.screens.making import CATALOGUE, NOON, Desk

ZONE = CATALOGUE.event.zone


def shown(state: LineState) -> str:
    return glance(state, NOON, ZONE).translate(ISOLATES)


@pytest.mark.parametrize(
    ("state", "words", "toned"),
    [
        (LineState(), "Alone", "muted"),
        (connected(), "Hub Messe · up to date", "muted"),
        (connected(reach=Reach.CENTRE, waiting=2), "Centre Messe · up to date · 2 waiting", ""),
        (alone(), "Alone · knows all until 11:53 (7 min) · 3 waiting", ""),
        (alone(heard_at=None, waiting=0), "Alone · nothing heard yet", "muted"),
        (connected(refused=1), "Hub Messe · up to date · 1 refused", "warn"),
        (connected(clock_error_ms=-420_000), "Hub Messe · up to date · clock 7 min slow", "warn"),
        (connected(clock_error_ms=119_000), "Hub Messe · up to date", "muted"),
        (
            connected(heard_at=NOON - timedelta(minutes=2)),
            "Hub Messe · knows all until 11:58 (2 min)",
            "muted",
        ),
        (alone(trouble="No cable."), "Alone · knows all until 11:53 (7 min) · 3 waiting · No cable.", ""),
        (alone(revoked=True), "Shut out", "warn"),
    ],
)
def test_a_glance_tells_with_whom_how_old_and_what_waits(state: LineState, words: str, toned: str) -> None:
    assert (shown(state), tone(state)) == (words, toned)


def test_the_brief_form_keeps_age_and_numbers() -> None:
    assert brief(alone(refused=2), NOON) == "Alone · 7 min · 3 ↑ · 2 ✕"
    assert brief(connected(), NOON) == "Hub"


def test_an_unpaired_desk_is_not_blamed() -> None:
    told = " ".join(sentences(LineState(), NOON))
    assert "nothing is missing" in told
    assert needs(LineState()) == []


def test_trouble_comes_with_its_remedy() -> None:
    told = sentences(alone(trouble="The network wants a log-in.", remedy="Open a browser."), NOON, ZONE)
    assert told[1:3] == ["The network wants a log-in.", "Open a browser."]
    assert "It knows all that happened until 11:53:00; that is 7 min old." in told


@pytest.mark.parametrize("minutes", [0, 1, 5, 89, 600])
def test_the_words_are_others_when_the_timer_says_so(minutes: int) -> None:
    state = alone(heard_at=NOON - timedelta(minutes=minutes, seconds=20))
    wait = timedelta(milliseconds=next_change_ms(state, NOON))
    assert wait > timedelta(0)
    assert glance(state, NOON) != glance(state, NOON + wait)


def test_nothing_ticks_where_no_words_will_change() -> None:
    assert next_change_ms(LineState(), NOON) == 0
    assert next_change_ms(alone(heard_at=None), NOON) == 0


def test_the_status_shows_what_there_is_room_for(qtbot: QtBot, desk: Desk) -> None:
    status = LineStatus(desk.bridge, now=lambda: NOON)
    qtbot.addWidget(status)
    desk.stand()
    desk.hooks.line_changed(alone(trouble="The network wants a log-in page first."))
    status.resize(status.sizeHint())
    status.show()
    assert "log-in page first" in status.text()
    status.resize(status.sizeHint().width() - 80, 40)
    assert "3 waiting" in status.text()
    assert status.text().endswith("…")
    status.resize(status.minimumSizeHint().width() + 60, 40)
    assert status.text() == "Alone · 7 min · 3 waiting"
    status.resize(status.minimumSizeHint().width(), 40)
    assert status.text() == "Alone · 7 min · 3 ↑"
    assert "3 waiting" in status.accessibleName()
    assert "The network wants a log-in page first." in status.toolTip()


def test_one_timer_runs_to_the_next_change(qtbot: QtBot, desk: Desk) -> None:
    status = LineStatus(desk.bridge, now=lambda: NOON)
    qtbot.addWidget(status)
    assert not status._timer.isActive()
    for _ in range(50):
        desk.hooks.line_changed(alone())
    assert status._timer.isSingleShot()
    assert 50_000 < status._timer.remainingTime() <= 64_000
    desk.hooks.line_changed(LineState())
    assert not status._timer.isActive()
