"""`eventdesk tickets`: signed codes for all guests of an event, what one says, and the keys that sign."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from eventdesk.bridges.files.writing import format_for, write_table
from eventdesk.cli.choosing import add_event, event_of
from eventdesk.cli.database import add_database, opened
from eventdesk.cli.lined import Lined, lined
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.upstream.present import Present
from eventdesk.desk.upstream.signer import Signer
from eventdesk.domain.facts import Kind
from eventdesk.domain.rights import Right
from eventdesk.domain.signed import SignedTicket, stub, to_sign
from eventdesk.domain.tickets import OrderStatus, Ticket
from eventdesk.signing.errors import NotTrusted
from eventdesk.signing.keyring import Keyring, NewKey
from eventdesk.signing.revoked import newest
from eventdesk.signing.tickets import is_signed, issue, verify
from eventdesk.storage.store import Reader, Store

PAGE = 1_000
HEADERS = ("Ticket", "Name", "Code")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "tickets",
        help="sign tickets for all guests, or tell what a signed code says",
        description="Without an option: the keys that sign the event's tickets. Exit code 1 where a code "
        "that is checked does not hold.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--sign-all", type=Path, metavar="FILE", help="a code for each guest, to a CSV or XLSX file"
    )
    what.add_argument("--check", metavar="CODE", help="what a code says, and whether it holds")
    add_event(parser)
    add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 done, 1 a code that does not hold. Raises EventDeskError."""
    if args.sign_all:
        with lined(args) as desk:
            return _sign_all(desk, event_of(desk.store, args).id, args.sign_all)
    with opened(args) as store:
        log = event_of(store, args).id
        return _keys(store, log) if args.check is None else _check(store, log, args.check)


def _sign_all(desk: Lined, log: str, path: Path) -> int:
    """Raises NotAllowed, KeyringUnavailable, BadInput where the file can't be written."""
    format_for(path)
    present = Present(desk.membership, Preferences(desk.store), desk.clock)
    present.check(log, Right.SELL)
    key = _key(desk.store, log, Signer(desk.membership.secrets, present), present)
    with desk.store.reader() as reader:
        rows = _rows(reader, log, key, desk.clock.now())
        done = write_table(path, HEADERS, rows, "Tickets")
        left = reader.guest_count(log) - done
    print(
        f"{done} tickets signed with key {key.id}, written to {path}; canceled or blocked, so without: {left}"
    )
    return 0


def _key(store: Store, log: str, signer: Signer, present: Present) -> NewKey:
    """This desk's own, known to the event before it signs anything."""
    with store.reader() as reader:
        removed = frozenset(one.key.id for one in reader.ticket_keys_ever(log) if one.removed)
    key = signer.prepare(log, removed)
    with store.transaction() as tx:
        tx.append(log, present.signed(signer.definition(tx, log, key)))
    return key


def _rows(reader: Reader, log: str, key: NewKey, now: datetime) -> Iterator[tuple[str, str, str]]:
    back, after = reader.taken_back(log), None
    while page := reader.guests(log, after, PAGE):
        after = page[-1].ticket
        for ticket in reader.tickets_by_id(log, [row.ticket for row in page]).values():
            if not _is_canceled(ticket):
                yield ticket.id, ticket.name, _code(ticket, log, key, now, replaced=ticket.id in back)


def _is_canceled(ticket: Ticket) -> bool:
    return ticket.canceled or ticket.blocked or ticket.order.status is OrderStatus.CANCELED


def _code(ticket: Ticket, log: str, key: NewKey, now: datetime, *, replaced: bool) -> str:
    """One code for a ticket: what was signed stays. One whose code was replaced is known by its new code
    alone, as its id is on the list of revoked ones."""
    if replaced or is_signed(ticket.secret):
        return ticket.secret
    return issue(to_sign(ticket, log, now), key.private, key.id)


def _check(store: Store, log: str, code: str) -> int:
    with store.reader() as reader:
        keys = Keyring({log: reader.ticket_keys(log)})
        try:
            signed = verify(code, keys, datetime.now(UTC))
        except NotTrusted as error:
            print(f"It does not hold. {error}")
            return 1
        lists = newest(reader.facts(log, log, Kind.REVOCATIONS_SIGNED), keys, log)
        known = reader.ticket(log, signed.ticket)
        product = reader.catalogue(log).products.get(stub(signed, reader.catalogue(log)).product)
    _tell(signed, product.name if product else "(unknown here)")
    print(f"guest     {known.name if known else '(its sale is not known here)'}")
    return _held(known, lists is not None and lists.holds(signed.ticket))


def _tell(signed: SignedTicket, product: str) -> None:
    print(f"ticket    {signed.ticket}")
    print(f"product   {product}")
    print(f"issued    {_local(signed.issued)}")
    for words, at in (("from     ", signed.valid_from), ("until    ", signed.valid_until)):
        if at is not None:
            print(f"{words} {_local(at)}")


def _held(known: Ticket | None, revoked: bool) -> int:
    if revoked:
        print("Its signature holds, but it was revoked.")
    elif known is not None and _is_canceled(known):
        print("Its signature holds, but it is canceled or blocked.")
    else:
        print("It holds.")
        return 0
    return 1


def _keys(store: Store, log: str) -> int:
    with store.reader() as reader:
        for one in reader.ticket_keys_ever(log):
            first = reader.facts(log, one.key.id, Kind.TICKET_KEY_DEFINED)[0]
            since = _local(datetime.fromtimestamp(first.stamp.wall / 1000, UTC))
            print(f"{one.key.id}  desk {first.desk}  since {since}  {'REMOVED' if one.removed else 'in use'}")
    return 0


def _local(at: datetime) -> str:
    return at.astimezone().isoformat(sep=" ", timespec="seconds")
