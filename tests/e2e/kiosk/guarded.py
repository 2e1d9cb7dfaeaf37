"""A kiosk under its real guardian, whose child has hands: somebody stands before it and does as told.

python -m tests.e2e.kiosk.guarded FOLDER KEY
"""

import sys
from pathlib import Path

from eventdesk.app import guardian
from eventdesk.app.application import application


def main(folder: Path, key: bytes) -> int:
    vars(guardian)["program"] = lambda: [sys.executable, "-m", "tests.e2e.kiosk.stand"]
    return guardian.guard(application(), folder, key)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
