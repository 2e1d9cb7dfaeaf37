"""What was sent to a label printer, as a picture, drawn by programs that are not ours and share no code
with us: zpl-renderer-js (npm) and brother_ql (PyPI; its licence keeps it a program of its own). Both are
installed once into a folder of the tests' own; tests are skipped, in words, where that can't be."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

RENDERER = "zpl-renderer-js@3.4.0"
ANALYSER = ("brother_ql==0.9.4", "pillow==11.3.0", "setuptools==75.8.0")
HERE = Path(__file__).parent
HOME = Path(tempfile.gettempdir()) / f"eventdesk-label-readers-{os.getuid()}"


def draw_zpl(zpl: bytes, width: float, height: float, dots: int, folder: Path) -> Image.Image:
    """One label of `width` by `height` millimetres at `dots` a millimetre, as a Zebra would print it."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed here, which draw ZPL")
    script = _renderer()
    source, target = folder / "label.zpl", folder / "label.png"
    source.write_bytes(zpl)
    command = [node, str(script), str(source), str(target), str(width), str(height), str(dots)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return Image.open(target).convert("L")


def draw_raster(job: bytes, folder: Path) -> list[Image.Image]:
    """The labels of a job for a Brother QL, all 720 pins wide, as they come out."""
    python = _analyser()
    source = folder / "job.bin"
    source.write_bytes(job)
    read = "import sys; from brother_ql.reader import BrotherQLReader as R; R(sys.argv[1]).analyse()"
    done = subprocess.run(
        [str(python), "-c", read, str(source)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    assert "unknown opcode" not in done.stderr, done.stderr
    return [Image.open(page).convert("RGB") for page in sorted(folder.glob("label????.png"))]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time installs."""
    HOME.mkdir(exist_ok=True, mode=0o700)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _analyser() -> Path:
    home = HOME / "brother"
    python = home / "bin" / "python"
    with _alone():
        if not (home / "done").exists():
            shutil.rmtree(home, ignore_errors=True)
            _run([sys.executable, "-m", "venv", str(home)], "brother_ql")
            _run([str(python), "-m", "pip", "install", "-q", *ANALYSER], "brother_ql")
            (home / "done").touch()
    return python


def _renderer() -> Path:
    home = HOME / "zpl"
    with _alone():
        if not (home / "done").exists():
            home.mkdir(exist_ok=True)
            _run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(home), RENDERER], RENDERER)
            (home / "done").touch()
    shutil.copy(HERE / "zpl_to_png.mjs", home / "zpl_to_png.mjs")
    return home / "zpl_to_png.mjs"


def _run(command: list[str], what: str) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=240, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"{what} can't be installed here: {error}")
