"""`eventdesk read FILE...`: the codes in pictures, films and folders of pictures."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from eventdesk.devices.codes.files import FileReader, FileReading
from eventdesk.devices.codes.values import Code, Symbology
from eventdesk.errors import EventDeskError

FORMATS = {
    "qr": Symbology.QR,
    "aztec": Symbology.AZTEC,
    "pdf417": Symbology.PDF417,
    "datamatrix": Symbology.DATA_MATRIX,
    "code128": Symbology.CODE_128,
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "read",
        help="read the codes in pictures, films and folders of pictures",
        description="Reads the codes in each FILE. A film, or a folder of pictures, gives its codes in the "
        "order first seen. Exit code 1 where a file could not be read; the others are read all the same.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, one line a file")
    parser.add_argument(
        "--formats",
        type=formats,
        default=frozenset({Symbology.QR}),
        metavar="LIST",
        help=f"the kinds of code to look for, with commas between: {','.join(FORMATS)} (default: qr)",
    )
    parser.set_defaults(run=run)


def formats(text: str) -> frozenset[Symbology]:
    """The kinds named in a list with commas; raises ArgumentTypeError for an unknown one."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = sorted(set(names) - set(FORMATS))
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{text!r}: choose from {', '.join(FORMATS)}")
    return frozenset(FORMATS[name] for name in names)


def run(args: argparse.Namespace) -> int:
    reader = FileReader(args.formats)
    failed = False
    for file in args.files:
        try:
            row = _row(file, reader.read(file))
        except (EventDeskError, OSError) as error:
            failed = True
            row = {"file": str(file), "texts": [], "symbology": None, "ms": 0.0, "error": str(error)}
        _print(row, args.json)
    return 1 if failed else 0


def _row(file: Path, reading: FileReading) -> dict[str, Any]:
    """`symbology` names the kind of the codes; several kinds stand with commas between."""
    kinds = dict.fromkeys(code.symbology.value for code in reading.codes)
    row: dict[str, Any] = {
        "file": str(file),
        "texts": [code.text for code in reading.codes],
        "symbology": ",".join(kinds) or None,
        "ms": round(reading.ms, 3),
        "codes": [_details(code) for code in reading.codes],
    }
    if reading.cause:
        row["cause"] = reading.cause.value
    return row


def _details(code: Code) -> dict[str, Any]:
    """`hex` is there where the bytes are no UTF-8, so that nothing of them is lost in the text."""
    corners = [[round(x), round(y)] for x, y in code.corners]
    details = {
        "text": code.text,
        "symbology": code.symbology.value,
        "corners": corners,
        "reader": code.reader,
    }
    try:
        code.raw.decode("utf-8")
    except UnicodeDecodeError:
        details["hex"] = code.raw.hex()
    return details


def _print(row: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(row), flush=True)
    elif "error" in row:
        print(_visible(row["error"]), file=sys.stderr, flush=True)
    else:
        words = row["texts"] or [row.get("cause", "nothing to read").replace("_", " ")]
        for text in words:
            print(_visible(f"{row['file']}: {text}"), flush=True)


def _visible(text: str) -> str:
    """Fit for a terminal, which a code or a file's name must not be able to steer."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
