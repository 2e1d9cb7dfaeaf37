"""What the designer's questions are answered by; the hooks of the whole desk hold these too."""

from eventdesk.desk.design.values import LayoutsShown, SamplesFound
from eventdesk.desk.hook import Hook


class DesignHooks:
    def __init__(self) -> None:
        super().__init__()
        self.layouts_shown: Hook[LayoutsShown] = Hook()
        self.samples_found: Hook[SamplesFound] = Hook()
