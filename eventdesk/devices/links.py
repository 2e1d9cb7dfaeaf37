"""The wires to receipt and label printers. Any method but `close` raises OSError."""

import socket
from abc import ABC, abstractmethod
from typing import Any, Protocol

CONNECT_SECONDS = 3.0
# How long a printer may take no byte: it warms up, or its buffer is full.
STALL_SECONDS = 5.0
PRINTER_CLASS = 7  # of USB interfaces


class Link(Protocol):
    @property
    def speaks(self) -> bool:
        """Whether an open link carries answers at all."""
        ...

    def open(self) -> None: ...

    def send(self, data: bytes) -> None: ...

    def listen(self, seconds: float) -> bytes:
        """What the printer says next: nothing where it says nothing, or can't."""
        ...

    def close(self) -> None: ...


class EscposLink(ABC):
    """A connection of python-escpos, which is loaded when it is opened for the first time."""

    speaks = True

    def __init__(self) -> None:
        self._line: Any = None

    def open(self) -> None:
        from escpos.exceptions import DeviceNotFoundError

        try:
            self._line = self._opened_line()
        except (DeviceNotFoundError, RuntimeError, ValueError) as error:
            self._line = None
            raise ConnectionError(str(error).replace("\n", " ")) from error

    def send(self, data: bytes) -> None:
        # python-escpos has no public way for bytes that want no answer.
        self._line._raw(data)

    def listen(self, seconds: float) -> bytes:
        return self._read(self._line.device, seconds)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    @abstractmethod
    def _opened_line(self) -> Any: ...

    @abstractmethod
    def _read(self, device: Any, seconds: float) -> bytes: ...


class NetworkLink(EscposLink):
    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self.host = host
        self._address = host, port

    def _opened_line(self) -> Any:
        from escpos.printer import Network

        # Its own way knows no IPv6, and loses the socket of a printer that is not there.
        device = socket.create_connection(self._address, CONNECT_SECONDS)
        device.settimeout(STALL_SECONDS)
        line = Network(*self._address)
        line.device = device
        return line

    def _read(self, device: Any, seconds: float) -> bytes:
        device.settimeout(seconds)
        try:
            said = bytes(device.recv(16))
        except TimeoutError:
            return b""
        finally:
            device.settimeout(STALL_SECONDS)
        if not said:
            raise ConnectionResetError("the printer hung up")
        return said


class SerialLink(EscposLink):
    """`flow` is dsrdtr, rtscts or xonxoff."""

    def __init__(self, path: str, baud: int, flow: str) -> None:
        super().__init__()
        self._path, self._baud, self._flow = path, baud, flow

    def _opened_line(self) -> Any:
        from escpos.printer import Serial

        flow = self._flow
        line = Serial(self._path, self._baud, xonxoff=flow == "xonxoff", dsrdtr=flow == "dsrdtr")
        line.open()
        line.device.write_timeout = STALL_SECONDS
        line.device.rtscts = flow == "rtscts"
        return line

    def _read(self, device: Any, seconds: float) -> bytes:
        device.timeout = seconds
        # One byte, then what is there: it would wait for all that it is asked for.
        said = bytes(device.read(1))
        return said + bytes(device.read(device.in_waiting)) if said else b""


class UsbLink(EscposLink):
    def __init__(self, vendor: int, product: int) -> None:
        super().__init__()
        self._ids = vendor, product
        self._back = 0

    def _opened_line(self) -> Any:
        from escpos.printer import Usb

        out, self._back = _endpoints(*self._ids)
        line = Usb(*self._ids, timeout=int(STALL_SECONDS * 1000), in_ep=self._back, out_ep=out)
        line.open()
        return line

    def _read(self, device: Any, seconds: float) -> bytes:
        from usb.core import USBTimeoutError

        try:
            return bytes(device.read(self._back, 16, max(1, int(seconds * 1000))))
        except USBTimeoutError:
            return b""


def _endpoints(vendor: int, product: int) -> tuple[int, int]:
    """Where the printer's interface takes bytes and where it gives them."""
    import usb.core
    import usb.util

    device = usb.core.find(idVendor=vendor, idProduct=product)
    if device is None:
        raise ConnectionError(f"no USB device {vendor:04x}:{product:04x} is plugged in")
    for interface in device.get_active_configuration():
        if interface.bInterfaceClass == PRINTER_CLASS:
            ends = [end.bEndpointAddress for end in interface]
            out = [end for end in ends if usb.util.endpoint_direction(end) == usb.util.ENDPOINT_OUT]
            back = [end for end in ends if usb.util.endpoint_direction(end) == usb.util.ENDPOINT_IN]
            if out:
                return out[0], back[0] if back else 0x82
    raise ConnectionError(f"the USB device {vendor:04x}:{product:04x} is no printer")
