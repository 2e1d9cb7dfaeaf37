"""What a Brother printer tells over SNMP: on the network its port for jobs takes bytes and answers none.

One question in SNMP version 1 (RFC 1157), whose encoding is too small for a library: its 32 bytes of status,
and for how long it has been on.
"""

import secrets
import socket
from dataclasses import dataclass

PORT = 161
ANSWER_SECONDS = 0.7
TRIES = 2
STATUS = (1, 3, 6, 1, 4, 1, 2435, 3, 3, 9, 1, 6, 1, 0)
UPTIME = (1, 3, 6, 1, 2, 1, 1, 3, 0)
_INTEGER, _STRING, _NULL, _OID, _SEQUENCE, _TICKS = 0x02, 0x04, 0x05, 0x06, 0x30, 0x43
_GET, _RESPONSE = 0xA0, 0xA2


@dataclass(frozen=True, slots=True)
class Answer:
    """`uptime` in hundredths of a second."""

    status: bytes
    uptime: int


class SideDoor:
    """The printer at `host`, beside its port for jobs."""

    def __init__(self, host: str, port: int = PORT) -> None:
        self._address = host, port

    def ask(self) -> Answer:
        """Raises OSError; TimeoutError where it is silent, or does not tell its status so."""
        number = secrets.randbelow(2**31)
        question = _question(number)
        info = socket.getaddrinfo(*self._address, type=socket.SOCK_DGRAM)[0]
        with socket.socket(info[0], info[1]) as line:
            line.settimeout(ANSWER_SECONDS)
            line.connect(info[4])
            for _ in range(TRIES):
                line.send(question)
                try:
                    if (found := _answer(line.recv(2048), number)) is not None:
                        return found
                except TimeoutError:
                    continue
        raise TimeoutError("the printer does not tell its status over SNMP")


def _question(number: int) -> bytes:
    wanted = b"".join(_field(_SEQUENCE, _oid(oid) + _field(_NULL, b"")) for oid in (STATUS, UPTIME))
    asked = _whole(number) + _whole(0) + _whole(0) + _field(_SEQUENCE, wanted)
    return _field(_SEQUENCE, _whole(0) + _field(_STRING, b"public") + _field(_GET, asked))


def _answer(data: bytes, number: int) -> Answer | None:
    """None for what is no answer to this question."""
    try:
        _, _, (kind, told) = _fields(_fields(data)[0][1])
        (_, same), (_, fault), _, (_, found) = _fields(told)
        values = dict(_pair(value) for _, value in _fields(found))
        status, ticks = values[_encoded(STATUS)], values[_encoded(UPTIME)]
    except (IndexError, ValueError, KeyError):
        return None
    if kind != _RESPONSE or int.from_bytes(same) != number or int.from_bytes(fault):
        return None
    right = status[0] == _STRING and len(status[1]) >= 32 and ticks[0] == _TICKS
    return Answer(status[1][:32], int.from_bytes(ticks[1])) if right else None


def _pair(value: bytes) -> tuple[bytes, tuple[int, bytes]]:
    (_, oid), told = _fields(value)
    return oid, told


def _fields(data: bytes) -> list[tuple[int, bytes]]:
    """The fields of a sequence: kind and content. Raises ValueError where one is cut off."""
    found = []
    while data:
        if len(data) < 2:
            raise ValueError(data)
        kind, size, at = data[0], data[1], 2
        if size & 0x80:
            at += size & 0x7F
            size = int.from_bytes(data[2:at])
        if len(data) < at + size:
            raise ValueError(data)
        found.append((kind, data[at : at + size]))
        data = data[at + size :]
    return found


def _field(kind: int, content: bytes) -> bytes:
    size = len(content)
    head = bytes((size,)) if size < 0x80 else b"\x82" + size.to_bytes(2)
    return bytes((kind,)) + head + content


def _whole(value: int) -> bytes:
    return _field(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def _oid(oid: tuple[int, ...]) -> bytes:
    return _field(_OID, _encoded(oid))


def _encoded(oid: tuple[int, ...]) -> bytes:
    """The first two numbers in one byte, the others in groups of seven bits."""
    done = bytes((oid[0] * 40 + oid[1],))
    for number in oid[2:]:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        done += bytes(reversed(groups))
    return done
