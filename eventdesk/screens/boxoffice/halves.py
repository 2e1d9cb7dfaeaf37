"""How the box office stands on a screen: work and cart side by side, or one below the other."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from eventdesk.screens.boxoffice.actions import Actions
from eventdesk.screens.boxoffice.side import Side
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.widgets.basics import boxed, row

SIDE_SHARE, SIDE_PX = 0.36, 380
UPRIGHT = 700
SMALL = QSize(860, 560)
ROOMY = 1000


class Halves(QBoxLayout):
    """`number` is how many of the next product were typed."""

    def __init__(self, work: Work, side: Side, actions: Actions, number: QLabel) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._work, self._side, self._actions = work, side, actions
        foot = row(number, actions)
        foot.setStretch(1, 1)
        self._foot: QWidget = boxed(foot)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(work, 1)
        left.addWidget(self._foot)
        self.setSpacing(10)
        self.addLayout(left, 64)
        self.addWidget(side, 36)

    def arrange(self, size: QSize) -> None:
        """On an upright screen the cart stands below; on a small one a sheet has all the room."""
        small = size.width() < SMALL.width() or size.height() < SMALL.height()
        alone = small and self._work.is_open()
        self._side.setVisible(not alone)
        self._foot.setVisible(not alone)
        self._side.set_slim(small)
        upright = size.width() < min(UPRIGHT, size.height())
        ways = QBoxLayout.Direction
        self.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
        self._side.setMinimumWidth(0 if upright else min(SIDE_PX, round(size.width() * SIDE_SHARE)))
        self._actions.set_slim(size.width() < ROOMY)
