"""Builds the test webcam and runs a program that sees it as /dev/video0."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import pytest

from eventdesk.devices.codes.values import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent


class Webcam:
    """A webcam that shows the frames it is given, over and over, at 30 a second."""

    def __init__(self, folder: Path) -> None:
        """Builds the shim in `folder`. Skips the test where the machine lacks what it takes."""
        for tool in ("gcc", "unshare", "mount"):
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not here: no test webcam")
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
            pytest.skip("mount namespaces are not allowed here: no test webcam")
        self.frames = folder / "frames"
        self.frames.mkdir()
        self._folder = folder
        self._shim = folder / "webcam.so"
        build = ["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", str(self._shim), str(HERE / "shim.c")]
        subprocess.run([*build, "-ldl", "-lpthread"], check=True)

    def show(self, frames: Sequence[Image]) -> None:
        for number, frame in enumerate(frames):
            assert frame.shape == (720, 1280, 3), frame.shape
            cv2.imwrite(str(self.frames / f"f{number:04d}.jpg"), frame, [cv2.IMWRITE_JPEG_QUALITY, 88])

    def before(self) -> list[str]:
        """The words before a program that shall have this webcam."""
        unshare = ["unshare", "--mount", str(HERE / "with_webcam.sh"), str(self._folder)]
        # Only the program itself gets the shim: a shell that had it would be a camera too.
        return [*unshare, "env", f"LD_PRELOAD={self._shim}", f"WEBCAM_FRAMES={self.frames}"]

    def start(self, arguments: Sequence[str]) -> "subprocess.Popen[str]":
        """This Python with these arguments, in front of the webcam; it is spoken to by pipes."""
        return subprocess.Popen(
            [*self.before(), sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        )

    def unplug(self) -> None:
        (self.frames / "unplugged").touch()

    def plug_in(self) -> None:
        (self.frames / "unplugged").unlink()

    def hang(self) -> None:
        (self.frames / "silent").touch()
