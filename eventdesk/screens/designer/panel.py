"""What is chosen, with all that can be set about it; each entry is a step of undo."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.checking import Checked, Fault
from eventdesk.screens.designer.design import Design
from eventdesk.screens.designer.drawing import Drawn
from eventdesk.screens.designer.element_words import kind_words
from eventdesk.screens.designer.fields.condition import ConditionField
from eventdesk.screens.designer.fields.fills import FillsField
from eventdesk.screens.designer.fields.template import TemplateField
from eventdesk.screens.designer.kinds import Bound, own_fields, place_fields, shared_fields
from eventdesk.screens.designer.offers import Offers
from eventdesk.screens.manage.field import Wrong
from eventdesk.screens.manage.look import fill, heading, note, say

_PLACED = frozenset({"x", "y", "to_x", "to_y", "width", "height", "rotation"})
_OFFERED = (TemplateField, ConditionField, FillsField)


class ElementPanel(QWidget):
    """Fields for the chosen elements: all of one kind, or what any kind has."""

    def __init__(self, design: Design) -> None:
        super().__init__()
        self._design = design
        self._offers = Offers()
        self._shape: object = None
        self._checked: Checked | None = None
        self._drawn: Drawn | None = None
        self.bound: dict[str, Bound] = {}
        self.head = heading("")
        self.wrong = note(tone="bad")
        self._fields = QWidget()
        self._column = fill(self, self.head, self.wrong, self._fields, 1)
        # A field may be in the middle of telling its change: it goes afterwards.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.show_chosen)
        design.changed.connect(self.show_chosen)
        design.chosen_changed.connect(self.show_chosen)

    def offer(self, offers: Offers) -> None:
        """What the event has."""
        self._offers = offers
        self._offer()

    def tell(self, checked: Checked) -> None:
        """What is wrong with the chosen element, at its field."""
        self._checked = checked
        self._tell()

    def tell_drawn(self, drawn: Drawn) -> None:
        """What the renderer had to do to it."""
        self._drawn = drawn
        self._tell()

    def focus_content(self) -> None:
        """To what a person changes first of this kind."""
        for member in ("content", "data", "fill", "thickness", "width"):
            if member in self.bound:
                self.bound[member].field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def show_chosen(self) -> None:
        elements = self._design.chosen_elements()
        if not elements:
            return
        kinds = {str(one.get("type")) for one in elements}
        own = tuple(self._design.data.get("fonts") or ())
        back = edits.has_back(self._design.data)
        shape = (frozenset(kinds), len(elements) == 1, own, back)
        if shape != self._shape:
            self._shape = shape
            self._build(kinds, len(elements) == 1, own, back=back)
        self._show_head(elements, kinds)
        for bound in self.bound.values():
            bound.field.put(elements[0].get(bound.member, bound.otherwise))
        self._tell()

    def _show_head(self, elements: Sequence[dict[str, Any]], kinds: set[str]) -> None:
        if len(elements) == 1:
            self.head.setText(kind_words(min(kinds)))
        else:
            self.head.setText(tr("{number} elements", number=len(elements)))

    def _build(self, kinds: set[str], alone: bool, own: Sequence[str], *, back: bool) -> None:
        of_kind = [*own_fields(min(kinds), own), *place_fields(min(kinds))] if len(kinds) == 1 else []
        every = [one for one in (*of_kind, *shared_fields(back=back)) if alone or not one.alone]
        self.bound = {one.member: one for one in every}
        fields = QWidget()
        _arrange(fields, every)
        for one in every:
            one.field.changed.connect(lambda one=one: self._edited(one))
        old = self._column.replaceWidget(self._fields, fields)
        if old is not None:
            self._fields.hide()
            self._fields.deleteLater()
        self._fields = fields
        self._offer()

    def _offer(self) -> None:
        for one in self.bound.values():
            if isinstance(one.field, _OFFERED):
                one.field.offer(self._offers)

    def _edited(self, bound: Bound) -> None:
        try:
            value = bound.field.value()
        except Wrong as wrong:
            bound.field.tell(str(wrong))
            return
        chosen, member = self._design.chosen, bound.member
        needed = member in {"x", "y", "to_x", "to_y", "width", "height", "content", "size"}
        kept = value if needed or value != bound.otherwise else None
        words = tr("Change: {what}", what=bound.field.label_text)
        self._design.become(self._put(chosen, member, kept), words, merge=f"{sorted(chosen)} {member}")

    def _put(self, chosen: frozenset[int], member: str, value: Any) -> dict[str, Any]:
        """What would lie off the page comes back onto it."""
        made = edits.put(self._design.data, chosen, member, value)
        if member not in _PLACED:
            return made
        page = edits.page_of(made)
        return edits.changed(made, chosen, lambda one: placing.onto_page(one, page))

    def _tell(self) -> None:
        fault = self._fault()
        for member, bound in self.bound.items():
            words = fault.words if fault is not None and fault.member == member else ""
            if words or not isinstance(bound.field, ConditionField) or bound.field.check():
                bound.field.tell(words)
        beside = fault.words if fault is not None and fault.member not in self.bound else ""
        if beside:
            say(self.wrong, beside, "bad")
        elif self._cut():
            say(self.wrong, tr("For this guest the text has to be cut. Make the element larger."), "warn")
        else:
            say(self.wrong, "")

    def _fault(self) -> Fault | None:
        """Of the first of those chosen that has one."""
        faults = dict(self._drawn.failed) if self._drawn else {}
        if self._checked is not None:
            faults |= self._checked.faults
        return next((faults[place] for place in sorted(self._design.chosen) if place in faults), None)

    def _cut(self) -> bool:
        return self._drawn is not None and bool(self._drawn.cut & self._design.chosen)


def _arrange(holder: QWidget, bounds: Sequence[Bound]) -> None:
    """Two narrow ones side by side, wide ones on a line of their own."""
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    line = column = 0
    for one in bounds:
        if column and not one.half:
            line, column = line + 1, 0
        one.field.caption.setWordWrap(True)
        grid.addWidget(one.field, line, column, 1, 1 if one.half else 2, Qt.AlignmentFlag.AlignTop)
        line, column = (line, 1) if one.half and not column else (line + 1, 0)
