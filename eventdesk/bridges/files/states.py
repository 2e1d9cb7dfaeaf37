"""The words in which ticketing systems say whether a guest has paid, in English and German."""

import re

from eventdesk.bridges.files.synonyms import plain, words_of
from eventdesk.bridges.files.values import Unreadable, clean, quoted
from eventdesk.domain.tickets import OrderStatus

CANCELED = "canceled"
APPROVAL = "approval"

_WORDS = {
    OrderStatus.PAID: """
        paid | complete | completed | attending | checked in | acquired | free | free order | confirmed |
        active | valid | ok | placed | yes | true | bezahlt | abgeschlossen | bestätigt | gültig | ja |
        teilnehmend | eingecheckt
    """,
    OrderStatus.PENDING: """
        pending | unpaid | to be paid | awaiting payment | offline payment | reserved | not paid | open | no |
        false | offen | ausstehend | unbezahlt | nicht bezahlt | reserviert | pending overdue | nein |
        ausstehend überfällig | warten auf zahlung | pending confirmed
    """,
    OrderStatus.EXPIRED: "expired | abgelaufen | verfallen",
    CANCELED: """
        canceled | cancelled | storniert | abgesagt | refunded | erstattet | deleted | not attending | void |
        withdrawn | rejected | released | invalidated | transferred | zurückgezogen | abgelehnt | gelöscht |
        canceled paid fee | storniert bezahlte gebühr
    """,
    APPROVAL: """
        awaiting approval | approval pending | pending approval | bestätigung ausstehend |
        genehmigung ausstehend
    """,
}
_STATES = {word: str(state) for state, words in _WORDS.items() for word in words_of(words)}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def status_of(cell: str) -> str:
    """A member of OrderStatus, CANCELED or APPROVAL; empty where the words are unknown.

    `TO_BE_PAID` and `toBePaid` are read as words, too.
    """
    return _STATES.get(plain(cell)) or _STATES.get(plain(_HUMP.sub(" ", cell)), "")


def status(cell: str) -> str:
    """As `status_of`; raises Unreadable for unknown words, empty for none."""
    text = clean(cell)
    if not text:
        return ""
    if found := status_of(text):
        return found
    raise Unreadable("{cell} is no state such as paid, pending or canceled.", cell=quoted(text))
