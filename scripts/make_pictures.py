"""The guide's pictures: the demo's windows, made small. `python scripts/make_pictures.py [DEMO_OUTPUT]`.

Without a folder the scripted demo is run first. Writes into docs/pictures.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
SHOWN = ("admitted", "question", "venue", "designer", "kiosk-welcome", "kiosk-sign", "kiosk-done")
WIDTH, COLOURS = 800, 96
LARGEST = 120_000


def main() -> int | str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else _demo(Path(folder))
        TARGET.mkdir(exist_ok=True)
        for name in SHOWN:
            if _shrink(source / f"{name}.png", TARGET / f"{name}.png") > LARGEST:
                return f"{name}.png is too large: take fewer colours."
    return 0


def _demo(folder: Path) -> Path:
    command = [sys.executable, "-m", "eventdesk", "demo", "--scripted", "--output", str(folder)]
    subprocess.run(command, check=True)
    return folder


def _shrink(source: Path, target: Path) -> int:
    """Returns the bytes of what was written."""
    with Image.open(source) as picture:
        high = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, high), Image.Resampling.LANCZOS)
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    return target.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
