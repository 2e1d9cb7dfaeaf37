"""The designer's questions, on the lane that only reads."""

from eventdesk.desk.design.commands import FindSamples, ShowLayouts
from eventdesk.desk.design.values import LayoutsShown, SampleBadge, SamplesFound
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.desk.printing.jobs import contents_of
from eventdesk.storage.store import Store

# A search that is typed meanwhile waits so long at most.
LOOK_SECONDS = 0.5


class DesignLooking:
    def __init__(self, store: Store, hooks: Hooks) -> None:
        self._store = store
        self._hooks = hooks

    def handlers(self) -> Handlers:
        return {ShowLayouts: self.show_layouts, FindSamples: self.find_samples}

    def show_layouts(self, command: ShowLayouts) -> None:
        with self._store.reader() as reader:
            found = reader.layouts(command.log)
        self._hooks.layouts_shown(LayoutsShown(command.request, command.log, found))

    def find_samples(self, command: FindSamples) -> None:
        with self._store.reader() as reader:
            catalogue = reader.catalogue(command.log)
            some = reader.samples(command.log, LOOK_SECONDS)
            tickets = [(one.why, reader.ticket(command.log, one.ticket)) for one in some]
        badges = [SampleBadge(why, contents_of(one, catalogue)) for why, one in tickets if one is not None]
        self._hooks.samples_found(SamplesFound(command.request, command.log, badges))
