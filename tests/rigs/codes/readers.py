"""Readers of barcodes that share no code with the writer, which is Zint within zxing-cpp.

ZBar, libdmtx, and ZXing in JavaScript, which is installed once into a folder of the tests' own. Tests are
skipped, in words, where one of them can't be.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image

ZXING = "@zxing/library@0.23.0"
HERE = Path(__file__).parent
HOME = Path(tempfile.gettempdir()) / f"eventdesk-code-readers-{os.getuid()}"
OF_ZXING = {"pdf417": "PDF_417", "aztec": "AZTEC"}


def read(kind: str, picture: Path) -> str:
    """The text of the one code of this kind in a PNG."""
    if kind in OF_ZXING:
        return _by_zxing(OF_ZXING[kind], picture)
    if kind == "datamatrix":
        return _run(["dmtxread", "--milliseconds=20000", str(picture)])
    return _run(["zbarimg", "--quiet", "--raw", str(picture)]).rstrip("\n")


def _by_zxing(name: str, picture: Path) -> str:
    for program in ("node", "npm"):
        _need(program)
    home = _installed()
    image = Image.open(picture).convert("L")
    dots = picture.with_suffix(".dots")
    dots.write_bytes(image.tobytes())
    return _run(["node", str(home / "decode.mjs"), str(dots), str(image.width), str(image.height), name])


def _installed() -> Path:
    HOME.mkdir(exist_ok=True, mode=0o700)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (HOME / "done").exists():
            command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(HOME), ZXING]
            try:
                subprocess.run(command, capture_output=True, timeout=240, check=True)
            except (OSError, subprocess.SubprocessError) as error:
                pytest.skip(f"{ZXING} can't be installed here: {error}")
            (HOME / "done").touch()
        shutil.copy(HERE / "decode.mjs", HOME / "decode.mjs")
    return HOME


def _run(command: list[str]) -> str:
    _need(command[0])
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout


def _need(name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
