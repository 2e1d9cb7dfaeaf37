"""The doctor's looks at label printers and at a turnstile."""

from pathlib import Path

from eventdesk.desk import settings as keys
from eventdesk.desk.checks.check import Status
from eventdesk.desk.checks.door_devices import check_label_printers, check_turnstile
from eventdesk.desk.doctor import Desk, checks
from eventdesk.devices.printers.labels.printers import LabelPrinters
from eventdesk.domain.printing.setup import PrinterSetup, PrintingSetup
from tests.rigs.gates.board import COIL, INPUT, relay_board
from tests.rigs.labels.brother import Brother
from tests.rigs.labels.wire import on_network
from tests.rigs.printers.processes import free_port


def test_label_printers_are_looked_at_where_the_settings_name_them(tmp_path: Path) -> None:
    assert not {"labels", "turnstile"} & set(checks(Desk(tmp_path, tmp_path)))
    settings = {keys.PRINT_ROUTES: [{"queues": ["zebra://127.0.0.1"]}], keys.TURNSTILE: "modbus://127.0.0.1"}
    assert {"labels", "turnstile"} <= set(checks(Desk(tmp_path, tmp_path, settings=lambda: settings)))


def test_the_worst_of_the_label_printers_counts() -> None:
    with on_network(Brother()) as well, on_network(Brother(media=None)) as empty:
        addresses = [f"brother://127.0.0.1:{wire.port}" for wire in (well, empty)]
        printers = LabelPrinters(lambda: PrintingSetup({one: PrinterSetup() for one in addresses}))
        try:
            one = check_label_printers(printers, addresses[:1])
            both = check_label_printers(printers, addresses)
            strange = check_label_printers(printers, [*addresses[:1], "zebra:nowhere"])
        finally:
            printers.close()
    assert one.status is Status.READY
    assert both.status is Status.DEGRADED
    assert "Out of paper" in both.message
    assert strange.status is Status.GONE
    assert "zebra:nowhere" in strange.message


def test_a_turnstile_is_looked_at_and_not_touched() -> None:
    with relay_board() as board:
        board.released = True
        address = f"modbus://127.0.0.1:{board.port}?coil={COIL}&input={INPUT}"
        assert check_turnstile(address).status is Status.READY
        assert board.released
    gone = check_turnstile(f"modbus://127.0.0.1:{free_port()}")
    assert (gone.status, gone.message) == (Status.GONE, "The turnstile can't be reached.")
    assert check_turnstile("modbus").status is Status.GONE


def test_a_turnstile_that_calls_by_itself_keeps_its_port() -> None:
    with relay_board() as board:
        listens = f"127.0.0.1:{free_port()}"
        address = f"http?open=http://127.0.0.1:{board.port}/&listen={listens}&token=0123456789abcdef"
        assert check_turnstile(address).status is Status.READY
    assert (
        check_turnstile(f"http?open=http://127.0.0.1:{free_port()}/&listen={listens}").status is Status.GONE
    )
