"""The part of the lock that a node needs: its own packages and theirs, with the versions and digests there.

    python deploy/node_packages.py [--build] requirements.lock

`--build`: what builds the wheel instead. tests/test_deploy.py holds the names against what a node imports.
"""

import re
import sys
from pathlib import Path

NODE = frozenset(
    [
        "anyio",
        "argon2-cffi",
        "argon2-cffi-bindings",
        "babel",
        "base45",
        "cbor2",
        "certifi",
        "cffi",
        "charset-normalizer",
        "click",
        "cryptography",
        "h11",
        "httptools",
        "idna",
        "ifaddr",
        "importlib-metadata",
        "jaraco-classes",
        "jaraco-context",
        "jaraco-functools",
        "jeepney",
        "keyring",
        "lazy-importer",
        "backports-tarfile",
        "more-itertools",
        "msgspec",
        "platformdirs",
        "prometheus-client",
        "psycopg",
        "psycopg-binary",
        "pycparser",
        "qrcode",
        "rapidfuzz",
        "requests",
        "secretstorage",
        "sqlalchemy",
        "sqlcipher3",
        "starlette",
        "typing-extensions",
        "tzdata",
        "urllib3",
        "uvicorn",
        "uvloop",
        "zeroconf",
        "zipp",
        "zstandard",
    ]
)
BUILD = frozenset(["hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers", "tomlkit"])
_NAME = re.compile(r"([a-z0-9._-]+)==")


def part(lock: str, names: frozenset[str]) -> str:
    """The entries of these packages. Raises ValueError where the lock lacks one."""
    entries = [entry for entry in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE) if _NAME.match(entry)]
    found = {_name(entry): entry for entry in entries}
    missing = sorted(names - found.keys())
    if missing:
        raise ValueError(f"the lock lacks {', '.join(missing)}")
    return "".join(found[name] for name in sorted(names))


def _name(entry: str) -> str:
    match = _NAME.match(entry)
    assert match is not None
    return match[1]


if __name__ == "__main__":
    sys.stdout.write(
        part(Path(sys.argv[-1]).read_text(encoding="utf-8"), BUILD if "--build" in sys.argv else NODE)
    )
