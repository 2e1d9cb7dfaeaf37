"""The fonts that a layout brings along: TTF or OTF in base64, by the family name the layout gives them.

Qt's fonts are the whole program's, by family. So a layout's font is registered under a name of its own, made
of its bytes: two layouts may call different fonts "Brand", and none takes the place of a bundled one.
"""

import base64
import binascii
import hashlib
import struct
from collections.abc import Mapping
from functools import lru_cache

MOST_FONTS = 8
# Of base64: three quarters of it in bytes. Fonts of whole Latin families have a tenth, those of Chinese more.
LARGEST = 2_800_000
REFUSED = "this is no TTF or OTF font that can be used"
_VERSIONS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_NEEDED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"}
_HEADER, _ENTRY = struct.Struct(">4sHHHH"), struct.Struct(">4sLLL")


@lru_cache(maxsize=16)
def check(data: str) -> None:
    """Raises ValueError, in words, for what is no font that can be used."""
    renamed(data)
    # Here and not above, so that who reads a layout without fonts never loads Qt's.
    from eventdesk.badges import fonts

    if not fonts.of_layout(data):
        raise ValueError(REFUSED)


def renamed(data: str) -> tuple[str, bytes]:
    """A family name of the font's own, and the font under that name. Raises ValueError, in words."""
    if len(data) > LARGEST:
        raise ValueError(
            f"a font may have {LARGEST // 4 * 3 // 1000} kB; this one has {len(data) // 4000 * 3} kB"
        )
    try:
        file = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("this is not base64") from None
    name = f"layout-{hashlib.sha256(file).hexdigest()[:16]}"
    tables = _tables(file)
    if missing := sorted(tag.decode() for tag in _NEEDED - set(tables)):
        raise ValueError(f"{REFUSED}: it has no table {missing[0]}")
    tables[b"name"] = _names(name)
    return name, _built(file[:4], tables)


def _tables(file: bytes) -> dict[bytes, bytes]:
    """The tables of a font by their tags (OpenType, "Organization of an OpenType font")."""
    try:
        version, count, *_ = _HEADER.unpack_from(file)
        rows = [_ENTRY.unpack_from(file, _HEADER.size + number * _ENTRY.size) for number in range(count)]
    except struct.error:
        raise ValueError(REFUSED) from None
    if version not in _VERSIONS or any(start + length > len(file) for _, _, start, length in rows):
        raise ValueError(REFUSED)
    return {tag: file[start : start + length] for tag, _, start, length in rows}


def _names(family: str) -> bytes:
    """A table `name` with the four names every font has, for Windows in English."""
    texts = {1: family, 2: "Regular", 4: family, 6: family}
    stored = b"".join(text.encode("utf-16-be") for text in texts.values())
    records, place = b"", 0
    for number, text in texts.items():
        length = 2 * len(text)
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, length, place)
        place += length
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + stored


def _built(version: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    """A font file of these tables. Checksums are none of Qt's cares, but for order's sake right."""
    power = 1 << (len(tables).bit_length() - 1)
    head = _HEADER.pack(version, len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16)
    place = len(head) + len(tables) * _ENTRY.size
    rows, bodies = b"", b""
    for tag in sorted(tables):
        body = tables[tag]
        padded = body + bytes(-len(body) % 4)
        total = sum(word for (word,) in struct.iter_unpack(">L", padded)) & 0xFFFFFFFF
        rows += _ENTRY.pack(tag, total, place + len(bodies), len(body))
        bodies += padded
    return head + rows + bodies
