"""What organizers set up for kiosks: how they work, what is signed there; and who has signed what."""

from collections.abc import Callable
from typing import TypeVar

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hooks, Recorded
from eventdesk.desk.kiosk.commands import DefineDocument, DefineKiosk, ListSignatures, ShowKioskSetup
from eventdesk.desk.kiosk.values import KioskSetupShown, Signature, SignaturesListed
from eventdesk.desk.lane import Handlers
from eventdesk.desk.standing import Standing
from eventdesk.desk.upstream.present import Present
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.kiosk.definitions import document_from, kiosk_from
from eventdesk.domain.members import BadPayload
from eventdesk.domain.moments import parse_moment
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store

T = TypeVar("T")


class SettingUp:
    """Writes on the engine's lane, looks on that of lookups."""

    def __init__(self, store: Store, hooks: Hooks, standing: Standing, present: Present) -> None:
        self._store = store
        self._hooks = hooks
        self._standing = standing
        self._present = present

    def writing(self) -> Handlers:
        return {DefineKiosk: self.define_kiosk, DefineDocument: self.define_document}

    def looking(self) -> Handlers:
        return {ShowKioskSetup: self.show, ListSignatures: self.list_signatures}

    def define_kiosk(self, command: DefineKiosk) -> None:
        """Raises BadInput for members that can't be read, and NotAllowed."""
        _checked(lambda: kiosk_from(command.log, command.members))
        self._write(command, command.log, Draft(Kind.KIOSK_DEFINED, command.log, command.members))

    def define_document(self, command: DefineDocument) -> None:
        """Raises as `define_kiosk`, and for a document without a name or a text."""
        document = _checked(lambda: document_from(command.document, command.members))
        if not document.name.strip() or not any(text.strip() for text in document.text.values()):
            raise BadInput("A document needs a name and a text.", "Fill in both.")
        self._write(command, command.log, Draft(Kind.DOCUMENT_DEFINED, command.document, command.members))

    def show(self, command: ShowKioskSetup) -> None:
        log = command.log or self._standing.log
        with self._store.reader() as reader:
            setup, documents = reader.kiosk_setup(log), reader.documents(log)
        self._hooks.kiosk_setup_shown(KioskSetupShown(command.request, log, setup, documents))

    def list_signatures(self, command: ListSignatures) -> None:
        log = command.log or self._standing.log
        with self._store.reader() as reader:
            facts = reader.facts(log, command.ticket, Kind.DOCUMENT_SIGNED)
            names = {one.id: one.name for one in reader.documents(log)}
        signatures = tuple(_signature(fact, names) for fact in facts)
        self._hooks.signatures_listed(SignaturesListed(command.request, command.ticket, signatures))

    def _write(self, command: Command, log: str, draft: Draft) -> None:
        self._present.check_drafts(log, [draft])
        with self._store.transaction() as tx:
            tx.append(log, self._present.signed([draft]))
        self._hooks.facts_recorded(Recorded(command.request, log, {draft.kind.value: 1}))
        self.show(ShowKioskSetup(log, request=command.request))


def _signature(fact: Fact, names: dict[str, str]) -> Signature:
    said = fact.payload
    return Signature(
        document=said["document"],
        name=names.get(said["document"]) or said["document"],
        text=said["text"],
        at=parse_moment(said["at"]),
        signed_by=said.get("name") or "",
        path=said.get("signature") or "",
    )


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except BadPayload as error:
        raise BadInput(f"This can't be kept: {error}.", "Correct it and try again.") from None
