"""Relay boards that speak Modbus TCP: a coil unlocks the turnstile, a discrete input says that it turned."""

from typing import Any

from eventdesk.devices.gates.driver import Edges, RelayRefused

PORT = 502
ANSWER_SECONDS = 1.0


class ModbusDriver:
    """`unit` is the board's number (1 for most), `coil` and `input_` count from 0. `rests_high`: the input is
    on while the turnstile stands still."""

    def __init__(
        self, host: str, port: int, unit: int, coil: int, input_: int, *, rests_high: bool = False
    ) -> None:
        from pymodbus.client import ModbusTcpClient

        self._client: Any = ModbusTcpClient(host, port=port, timeout=ANSWER_SECONDS, retries=0)
        self._unit = unit
        self._coil = coil
        self._input = input_
        self._rests_high = rests_high
        self._edges = Edges()

    def release(self, seconds: float) -> None:  # noqa: ARG002
        self._write(True)

    def lock(self) -> None:
        self._write(False)

    def turns(self) -> int:
        answer = self._asked("read_discrete_inputs", self._input, count=1)
        return self._edges.count(bool(answer.bits[0]) is not self._rests_high)

    def close(self) -> None:
        self._client.close()

    def _write(self, on: bool) -> None:
        self._asked("write_coil", self._coil, on)

    def _asked(self, request: str, *arguments: Any, **options: Any) -> Any:
        """The board's answer. Raises OSError where there is none, or where it refuses."""
        from pymodbus.exceptions import ModbusException

        try:
            if not self._client.connected:
                self._edges.forget()
                if not self._client.connect():
                    raise ConnectionError("the relay board does not answer")
            answer = getattr(self._client, request)(*arguments, device_id=self._unit, **options)
        except ModbusException as error:
            self._client.close()
            raise ConnectionError(str(error)) from error
        if answer.isError():
            raise RelayRefused(f"the relay board refuses: {answer}")
        return answer
