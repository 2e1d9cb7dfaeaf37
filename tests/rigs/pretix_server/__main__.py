"""A pretix to try things on: python -m tests.rigs.pretix_server [ORDERS]."""

import json
import signal
import sys
import tempfile
from pathlib import Path

from tests.rigs.pretix_server.installing import python
from tests.rigs.pretix_server.server import PretixServer


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = PretixServer(python(), Path(tempfile.mkdtemp(prefix="pretix-")))
    try:
        server.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
        server.start()
        sys.stdout.write(json.dumps({"url": server.url, **server.state}, indent=1) + "\n")
        sys.stdout.flush()
        signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        server.remove()


if __name__ == "__main__":
    main()
