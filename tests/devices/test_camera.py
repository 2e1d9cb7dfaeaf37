"""Cameras and what stands in for them, on real captures: films, folders, streams over HTTP."""

import http.server
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import pytest

from eventdesk.devices.camera.camera import Camera
from eventdesk.devices.camera.listing import CameraInfo, cameras, name_of, where
from eventdesk.devices.camera.slot import Frame, Slot
from eventdesk.devices.camera.sources import Kind, parse, without_credentials
from eventdesk.devices.codes.values import Image, Reading
from eventdesk.devices.states import DeviceState, Status
from eventdesk.errors import BadInput
from tests.rigs.frames import frame

SMALL = (640, 360)


class Watcher:
    """Takes a camera's callbacks and waits for what is expected of it."""

    def __init__(self, source: str) -> None:
        self.frames = 0
        self.texts: list[str] = []
        self.states: list[DeviceState] = []
        self._news: queue.Queue[None] = queue.Queue()
        self.camera = Camera(parse(source), self._frame, self._reading, self._state)

    def _frame(self, image: Image, captured: float) -> None:
        assert 0 <= time.monotonic() - captured < 5
        self.frames += 1

    def _reading(self, reading: Reading, captured: float) -> None:
        self.texts += reading.texts
        self._news.put(None)

    def _state(self, state: DeviceState) -> None:
        self.states.append(state)
        self._news.put(None)

    def wait(self, until: Callable[[], bool], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not until():
            try:
                self._news.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"not within {seconds} s: texts {self.texts}, states {self.states}")

    @property
    def statuses(self) -> list[Status]:
        return [state.status for state in self.states]


@contextmanager
def watching(source: str) -> Iterator[Watcher]:
    watcher = Watcher(source)
    watcher.camera.start()
    try:
        yield watcher
    finally:
        watcher.camera.stop()


def small(text: str | None) -> Image:
    return frame(text, module=5, size=SMALL)


def test_a_film_plays_once_to_its_end(tmp_path: Path) -> None:
    film = str(tmp_path / "film.avi")
    writer = cv2.VideoWriter(film, cv2.VideoWriter.fourcc(*"MJPG"), 25, SMALL)
    for text in [None] * 5 + ["FIRST"] * 10 + [None] * 5 + ["SECOND"] * 10:
        writer.write(small(text))
    writer.release()
    with watching(film) as watcher:
        watcher.wait(lambda: Status.GONE in watcher.statuses)
    assert watcher.texts == ["FIRST", "SECOND"]
    assert watcher.frames == 30
    assert watcher.states[0].status is Status.READY
    assert watcher.states[-1].message == "The film has ended."


def test_a_folder_of_pictures_is_a_camera_too(tmp_path: Path) -> None:
    for number, text in enumerate(["ONE", "ONE", "TWO"]):
        cv2.imwrite(str(tmp_path / f"{number}.png"), small(text))
    with watching(str(tmp_path)) as watcher:
        watcher.wait(lambda: watcher.texts == ["ONE", "TWO"])
        watcher.wait(lambda: Status.GONE in watcher.statuses)


def test_a_broken_picture_in_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with watching(str(tmp_path)) as watcher:
        watcher.wait(lambda: Status.GONE in watcher.statuses)
    assert "broken.png" in watcher.states[-1].message


class _Streamer(http.server.BaseHTTPRequestHandler):
    """An MJPEG camera on the network: 30 frames a second for as long as it is asked."""

    pictures: list[bytes]
    switched_off: threading.Event

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        number = 0
        while not self.switched_off.wait(1 / 30):
            data = self.pictures[number % len(self.pictures)]
            head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data)
            try:
                self.wfile.write(head + data + b"\r\n")
            except OSError:
                return
            number += 1

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Silent: tests print nothing."""


@contextmanager
def streaming(texts: list[str | None], port: int = 0) -> Iterator[int]:
    class Streamer(_Streamer):
        pictures = [cv2.imencode(".jpg", small(text))[1].tobytes() for text in texts]  # noqa: RUF012
        switched_off = threading.Event()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Streamer)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        Streamer.switched_off.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_stream_over_http_is_read_and_comes_back_when_it_was_off() -> None:
    with streaming([None] * 20 + ["NET-1"] * 40) as port:
        watcher = Watcher(f"http://user:secret@127.0.0.1:{port}/video?token=secret")
        watcher.camera.start()
        watcher.wait(lambda: "NET-1" in watcher.texts)
    try:
        watcher.wait(lambda: Status.GONE in watcher.statuses)
        with streaming(["NET-2"] * 30, port):
            watcher.wait(lambda: "NET-2" in watcher.texts)
            watcher.camera.stop()
    finally:
        watcher.camera.stop()
    assert Status.READY in watcher.statuses[watcher.statuses.index(Status.GONE) :]
    told = " ".join(f"{state.name} {state.message} {state.remedy}" for state in watcher.states)
    assert "secret" not in told
    assert "127.0.0.1" in told


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_dead_stream_does_not_hold_the_program(scheme: str) -> None:
    """An address that takes the call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        watcher = Watcher(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/video")
        watcher.camera.start()
        time.sleep(0.3)
        began = time.monotonic()
        watcher.camera.stop()
        assert time.monotonic() - began < 5
        assert not any(thread.name.startswith("camera") for thread in threading.enumerate())


def test_a_camera_that_is_not_there_says_so_and_what_to_do() -> None:
    with watching("63") as watcher:
        watcher.wait(lambda: Status.GONE in watcher.statuses)
    assert watcher.states[0].name == "camera 63"
    assert "Plug it in" in watcher.states[0].remedy


def test_a_camera_that_never_ran_can_be_stopped() -> None:
    watcher = Watcher("0")
    assert watcher.camera.state.status is Status.GONE
    watcher.camera.stop()


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("0", Kind.DEVICE, "0"),
        (" /dev/video2 ", Kind.DEVICE, "2"),
        ("http://cam.example/mjpg", Kind.STREAM, "http://cam.example/mjpg"),
        ("rtsp://cam.example:554/1", Kind.STREAM, "rtsp://cam.example:554/1"),
    ],
)
def test_a_setting_names_a_source(text: str, kind: Kind, address: str) -> None:
    source = parse(text)
    assert (source.kind, source.address) == (kind, address)


@pytest.mark.parametrize(
    "text", ["", "-1", "nothing/here.mp4", "ftp://cam.example/x", "http://", "http://[x"]
)
def test_what_is_no_source_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_a_refused_address_shows_no_password() -> None:
    with pytest.raises(BadInput) as refused:
        parse("ftp://user:secret@cam.example/x?token=secret")
    assert "secret" not in str(refused.value)


def test_a_name_fit_for_screens() -> None:
    assert without_credentials("rtsp://u:p@[::1]:554/a?b=c#d") == "rtsp://[::1]:554/a"


def test_cameras_are_listed_with_their_makers_names(tmp_path: Path) -> None:
    for node, name, index in [("video10", "Door", "0"), ("video2", "Desk", "0"), ("video3", "Desk", "1")]:
        (tmp_path / node).mkdir()
        (tmp_path / node / "name").write_text(name + "\n", encoding="utf-8")
        (tmp_path / node / "index").write_text(index + "\n", encoding="utf-8")
    (tmp_path / "video5").mkdir()
    assert cameras(tmp_path) == (
        CameraInfo("2", "Desk"),
        CameraInfo("5", "camera 5"),
        CameraInfo("10", "Door"),
    )


def test_a_camera_is_found_again_under_another_number(tmp_path: Path) -> None:
    def plug_in(node: str, name: str) -> Path:
        (tmp_path / node).mkdir()
        (tmp_path / node / "name").write_text(name + "\n", encoding="utf-8")
        return tmp_path / node

    node = plug_in("video0", "Door")
    assert name_of("0", tmp_path) == "Door"
    assert where("0", "Door", tmp_path) == "0"
    node.rename(tmp_path / "video4")
    assert where("0", "Door", tmp_path) == "4"
    plug_in("video0", "Desk")
    assert where("0", "Door", tmp_path) == "4"
    assert where("0", "Gone", tmp_path) == "0"
    assert where("0", "", tmp_path) == "0"


def test_no_camera_is_an_empty_list(tmp_path: Path) -> None:
    assert cameras(tmp_path / "none") == ()


def test_the_newest_frame_wins() -> None:
    slot = Slot()
    for number in range(3):
        slot.put(Frame(frame(None, size=(64, 64)), float(number)))
    taken = slot.take(1)
    assert taken is not None
    assert taken.captured == 2.0
    assert slot.take(0.01) is None
