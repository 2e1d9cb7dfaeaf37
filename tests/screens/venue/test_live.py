"""How fast guests go in: figures, advice, the plot, and the table that says the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from eventdesk.desk.venue.commands import WatchFlow
from eventdesk.desk.venue.values import FlowChanged
from eventdesk.domain.flow import Flow
from eventdesk.domain.guests import Figures
from eventdesk.screens.venue import words
from eventdesk.screens.venue.live import advice, minute_rows
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.venue.plot import Plotted, plotted, step_of
from eventdesk.screens.words import ISOLATES
from tests.screens.making import NOON, Desk, app
from tests.screens.venue.making import flow


@pytest.fixture
def live(venue_page: VenuePage) -> VenuePage:
    venue_page.tabs.setCurrentIndex(1)
    app().processEvents()
    return venue_page


def test_figures_are_told(live: VenuePage, desk: Desk) -> None:
    desk.hooks.figures_changed(Figures(700, 934, 3120))
    desk.hooks.flow_changed(flow(6, 16, 3120))
    part = live.live
    assert part.inside.value.text().endswith("/ 3,120")
    assert "700" in part.inside.detail.text()
    assert part.wait.detail.text() == "a queue stands"
    assert part.desks.value.text() == "6"
    assert part.wait.accessibleName().startswith("Wait now: ")
    assert part.paces.rowCount() == 6


def test_it_is_watched_only_while_it_is_seen_with_the_limit_chosen(live: VenuePage, desk: Desk) -> None:
    assert (desk.last(WatchFlow).on, desk.last(WatchFlow).limit) == (True, 5.0)
    live.live.limit.setCurrentIndex(5)
    live.live.limit.activated.emit(5)
    assert desk.last(WatchFlow).limit == 10.0
    live.tabs.setCurrentIndex(0)
    assert not desk.last(WatchFlow).on


def test_the_table_says_what_the_plot_shows(live: VenuePage, desk: Desk) -> None:
    told = flow(6, 16, 3120)
    desk.hooks.flow_changed(told)
    shown = plotted(told)
    rows = minute_rows(shown)
    assert len(rows) == len(shown.minutes)
    past = [row for row in rows if row[1]]
    assert sum(int(row[1]) for row in past) == sum(one.guests for one in told.flow.minutes)
    assert "Door 1" in past[0][3].translate(ISOLATES)
    assert rows[-1][1] == ""
    assert float(rows[-1][2]) > 0
    live.live.table_button.click()
    assert live.live.minutes.rowCount() == len(rows)
    assert live.live.minute_table.isVisible()
    assert not live.live.plot.isVisible()


def test_each_desk_has_its_colour_beside_its_name(live: VenuePage, desk: Desk) -> None:
    desk.hooks.flow_changed(flow(6, 16, 3120))
    paces = live.live.paces
    colours = [paces.index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(6)]
    assert len({QColor(one).name() for one in colours}) == 6
    image = live.live.plot.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }
    assert {QColor(one).name() for one in colours} <= seen, "what the table names is drawn"


def test_the_plot_speaks(live: VenuePage, desk: Desk) -> None:
    desk.hooks.flow_changed(flow(6, 16, 3120))
    plot = live.live.plot
    assert plot.accessibleName() == "Guests a minute, by desk"
    assert "guests in the last minute" in plot.accessibleDescription()


def test_desks_keep_their_order_by_name(live: VenuePage) -> None:
    names = [one.name for one in plotted(flow(12, 16, 5000)).series]
    assert names[:3] == ["Door 1", "Door 2", "Door 3"]
    assert names[-1] == "Door 12"


def test_nothing_has_come_yet(live: VenuePage, desk: Desk) -> None:
    empty = FlowChanged("gala", "main", Flow(NOON, entered=0, expected=300, wanted=3))
    desk.hooks.flow_changed(empty)
    assert live.live.wait.value.text() == "–"
    assert "3" in live.live.advice.text()
    live.live.plot.grab()
    assert plotted(empty).highest == 1
    assert Plotted().highest == 1


@pytest.mark.parametrize(("highest", "lines", "step"), [(1, 4, 1), (9, 4, 5), (61, 6, 20), (740, 5, 200)])
def test_lines_stand_at_round_numbers(highest: float, lines: int, step: int) -> None:
    assert step_of(highest, lines) == step


def test_figures_are_written_as_the_language_does_it() -> None:
    assert [words.rate(one) for one in (0, 0.54, 9.6, 10.4)] == ["0.0", "0.5", "9.6", "10"]
    assert [words.minutes(one) for one in (0.0, 0.8, 7.4)] == ["under a minute", "1 min", "7 min"]


def told(**members: object) -> Flow:
    shown: dict[str, object] = {"entered": 100, "expected": 900, "wait": 2.0, "worst_wait": 9.0, "desks": 4}
    shown |= {"one_more": 4.0, "wanted": 5}
    return Flow(NOON, **(shown | members))  # type: ignore[arg-type]


def test_advice_tells_what_another_desk_helps() -> None:
    text, tone = advice(told(), 5)
    assert text == "⚠ Open another desk: the longest wait falls from 9 min to 4 min."
    assert tone == "warn"
    assert advice(told(wanted=7, one_more=7.0), 5)[0].endswith("3 more are needed.")
    assert "sooner" in advice(told(one_more=8.9), 5)[0], "nothing that rounding makes untrue"
    assert advice(told(worst_wait=4.0), 5)[0] == "✓ The desks at work are enough."
    assert "Everybody" in advice(told(entered=900), 5)[0]
    assert "4" in advice(told(worst_wait=None, wait=None, wanted=4), 5)[0]
