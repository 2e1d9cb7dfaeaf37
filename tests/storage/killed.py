"""Run by `test_kill.py`: admits guests one after the other and tells each when it stands on the disk.

python -m tests.storage.killed DATABASE FIRST
"""

import sys
from itertools import count
from pathlib import Path

from eventdesk.storage.store import Store
from tests.storage.made import KEY, LOG, entry, guests


def main() -> None:
    with Store.open(Path(sys.argv[1]), KEY, "desk1") as store:
        for number in count(int(sys.argv[2])):
            with store.transaction() as tx:
                tx.append(LOG, [*guests(1, number), entry(f"t{number}")])
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
