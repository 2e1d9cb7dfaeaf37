"""What the manage pages are put together from, beside `screens/widgets/basics.py`."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QScrollArea,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from eventdesk.screens.widgets import basics

PAGE_MARGIN = 20
FORM_WIDTH = 760
# What a tab has round its text (see the style sheet), in bold letters.
TAB_FRAME = 42


def title(text: str) -> QLabel:
    return basics.label(text, "title")


def heading(text: str) -> QLabel:
    return basics.label(text, "heading", wrap=True)


def note(text: str = "", tone: str = "muted") -> QLabel:
    """A sentence that wraps."""
    return basics.label(text, tone, wrap=True)


def say(label: QLabel, text: str, tone: str = "muted") -> None:
    """Another sentence on a note, shown only where there is one."""
    label.setText(text)
    basics.set_tone(label, tone)
    label.setVisible(bool(text))


def button(text: str, pressed: Callable[[], object], kind: str = "", icon: str = "") -> basics.Button:
    return basics.Button(text, icon, kind, pressed)


def alone(control: QWidget) -> QWidget:
    """A control no wider than it needs, on a line of its own."""
    return basics.boxed(basics.row(control, 1))


def fill(holder: QWidget, *parts: QWidget | int, margin: int = 0, spacing: int = 10) -> QVBoxLayout:
    """Widgets one below the other in `holder`; a number is a stretch."""
    made = basics.column(*parts, spacing=spacing)
    made.setContentsMargins(margin, margin, margin, margin)
    holder.setLayout(made)
    return made


def card(*parts: QWidget | int, margin: int = 18) -> QFrame:
    """A raised surface around widgets."""
    made = basics.card(margin)
    layout = made.layout()
    assert isinstance(layout, QVBoxLayout)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addStretch(part)
    return made


def scrolled(widget: QWidget, wide: bool = False) -> QScrollArea:
    """A page that may be taller than the window; no wider than is good to read unless it is `wide`."""
    if not wide:
        widget.setMaximumWidth(FORM_WIDTH)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(_inset(widget))
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scroll there once it has its size: on a small screen it may begin below what is seen."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(widget, 0, 14)
        holder = holder.parentWidget()


def table_of(model: QAbstractItemModel, name: str, widths: Sequence[int]) -> QTableView:
    """A table of rows to choose from; `widths` are those of all columns but the last, which takes the rest.

    Tab leaves the table; the arrow keys move in it.
    """
    made = QTableView()
    made.setModel(model)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setAlternatingRowColors(True)
    made.setWordWrap(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(round(made.fontMetrics().height() * 2))
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    for section, width in enumerate(widths):
        # A column is never narrower than its own title, in whatever language.
        header.resizeSection(section, max(width, header.sectionSizeHint(section)))
    made.setAccessibleName(name)
    return made


def _inset(widget: QWidget) -> QWidget:
    """Room between the page and its scroll bar."""
    holder = QWidget()
    fill(holder, widget).setContentsMargins(0, 4, 8, 4)
    return holder


def tabs(name: str) -> QTabWidget:
    """Tabs without a frame of their own."""
    made = _Tabs()
    made.setDocumentMode(True)
    made.tabBar().setDrawBase(False)
    made.tabBar().setAccessibleName(name)
    made.tabBar().setUsesScrollButtons(False)
    made.tabBar().setElideMode(Qt.TextElideMode.ElideRight)
    return made


class _Tabs(QTabWidget):
    """All tabs stay in sight: where there is little room, in small letters, closer together, then cut."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        texts = [self.tabText(place) for place in range(self.count())]
        wanted = sum(metrics.horizontalAdvance(text) + TAB_FRAME for text in texts)
        basics.set_tone(self.tabBar(), str(wanted > event.size().width()).lower(), "narrow")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
