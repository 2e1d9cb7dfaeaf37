"""What is set for this desk's printers, read where it is needed: a change counts at once."""

from eventdesk.desk.settings import DEFAULTS, PRINT_ROUTES, PRINTER, PRINTERS, TAKE_OVER
from eventdesk.domain.printing.setup import PrintingSetup, setup_of
from eventdesk.storage.store import Reader, Store, Transaction


def printing_setup(source: Reader | Transaction) -> PrintingSetup:
    """Whatever stands in the settings: what can't be read is told in `faults`."""
    get = source.settings.get
    return setup_of(
        get(PRINTERS, DEFAULTS[PRINTERS]),
        get(PRINT_ROUTES, DEFAULTS[PRINT_ROUTES]),
        get(PRINTER, DEFAULTS[PRINTER]),
    )


def setups_of(store: Store) -> PrintingSetup:
    """As it is now; any thread."""
    with store.reader() as reader:
        return printing_setup(reader)


def may_take_over(source: Reader | Transaction) -> bool:
    return bool(source.settings.get(TAKE_OVER, DEFAULTS[TAKE_OVER]))
