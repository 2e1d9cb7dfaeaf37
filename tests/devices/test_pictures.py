"""Files of every usual kind, whole and broken, as `eventdesk read` meets them."""

import argparse
import io
import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from eventdesk.bench import read as bench
from eventdesk.cli import read as command
from eventdesk.devices.codes.files import FileReader
from eventdesk.errors import BadInput
from tests.rigs.frames import TEXT, code, frame

Save = Callable[[Path, Pillow.Image], None]


def _ticket() -> Pillow.Image:
    return Pillow.fromarray(code())


def _transparent(path: Path, ticket: Pillow.Image) -> None:
    ink = Pillow.new("RGBA", ticket.size, (0, 0, 0, 0))
    ink.putalpha(Pillow.fromarray(255 - np.asarray(ticket)))
    ink.save(path)


def _sideways(path: Path, ticket: Pillow.Image) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # orientation: turned a quarter
    ticket.save(path, exif=exif)


KINDS: list[tuple[str, str, Save]] = [
    ("gray PNG", "t.png", lambda path, ticket: ticket.save(path)),
    ("black and white PNG", "t.png", lambda path, ticket: ticket.convert("1").save(path)),
    ("palette PNG", "t.png", lambda path, ticket: ticket.convert("P").save(path)),
    ("16-bit PNG", "t.png", lambda path, ticket: _deep(ticket).save(path)),
    ("transparent PNG", "t.png", _transparent),
    ("JPEG", "t.jpg", lambda path, ticket: ticket.convert("RGB").save(path)),
    ("CMYK JPEG", "t.jpg", lambda path, ticket: ticket.convert("CMYK").save(path)),
    ("JPEG turned by EXIF", "t.jpg", _sideways),
    ("WebP", "t.webp", lambda path, ticket: ticket.convert("RGB").save(path)),
    ("TIFF", "t.tif", lambda path, ticket: ticket.save(path)),
    ("float TIFF", "t.tif", lambda path, ticket: ticket.convert("F").save(path)),
    ("BMP", "t.bmp", lambda path, ticket: ticket.save(path)),
    ("GIF", "t.gif", lambda path, ticket: ticket.save(path)),
    ("picture of no known ending", "ticket", lambda path, ticket: ticket.save(path, format="PNG")),
]


def _deep(ticket: Pillow.Image) -> Pillow.Image:
    return Pillow.fromarray(np.asarray(ticket).astype(np.uint16) * 200)


@pytest.mark.parametrize(("kind", "name", "save"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_a_ticket_in_any_kind_of_file(tmp_path: Path, kind: str, name: str, save: Save) -> None:
    save(tmp_path / name, _ticket())
    reading = FileReader().read(tmp_path / name)
    assert [found.text for found in reading.codes] == [TEXT]
    assert reading.ms > 0


@pytest.mark.parametrize("ending", ["gif", "tif"])
def test_every_page_of_a_file_counts(tmp_path: Path, ending: str) -> None:
    first, second = (Pillow.fromarray(code(text)) for text in ("PAGE-1", "PAGE-2"))
    first.save(tmp_path / f"t.{ending}", save_all=True, append_images=[second])
    reading = FileReader().read(tmp_path / f"t.{ending}")
    assert [found.text for found in reading.codes] == ["PAGE-1", "PAGE-2"]
    assert reading.frames == 2


def _broken() -> dict[str, bytes]:
    whole = io.BytesIO()
    _ticket().save(whole, format="PNG")
    data = whole.getvalue()
    return {
        "empty.png": b"",
        "words.png": b"this is no picture",
        "cut.png": data[: len(data) // 2],
        "header.png": data[:20],
        "bent.png": data[:60] + bytes(40) + data[100:],
        "cut.jpg": b"\xff\xd8\xff\xe0" + bytes(30),
        "words.mp4": b"this is no film",
        "empty.avi": b"",
    }


@pytest.mark.parametrize("name", list(_broken()))
def test_a_broken_file_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(_broken()[name])
    with pytest.raises(BadInput, match=name):
        FileReader().read(file)


@pytest.mark.parametrize("side", [200_000, 13_000])
def test_a_bomb_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    """A few hundred bytes that claim more pixels than the memory takes."""
    data = io.BytesIO()
    Pillow.new("1", (8, 8)).save(data, format="PNG")
    bomb = bytearray(data.getvalue())
    bomb[16:24] = side.to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    (tmp_path / "bomb.png").write_bytes(bytes(bomb))
    with pytest.raises(BadInput, match=r"bomb\.png has more than 150 million pixels"):
        FileReader().read(tmp_path / "bomb.png")


def film(path: Path, texts: list[str | None]) -> Path:
    four = {".mp4": "mp4v", ".avi": "MJPG"}[path.suffix]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*four), 10, (640, 360))
    assert writer.isOpened()
    for text in texts:
        writer.write(frame(text, module=5, size=(640, 360)))
    writer.release()
    return path


@pytest.mark.parametrize("name", ["film.mp4", "film.avi"])
def test_a_film_gives_its_codes_in_the_order_first_seen(tmp_path: Path, name: str) -> None:
    path = film(tmp_path / name, [None, "SECOND", None, "FIRST", "FIRST", "SECOND", None])
    reading = FileReader().read(path)
    assert [found.text for found in reading.codes] == ["SECOND", "FIRST"]
    assert reading.frames == 7


def test_a_folder_is_read_by_names(tmp_path: Path) -> None:
    for name, text in {"b.png": "B", "a.png": "A", "c.txt": "C"}.items():
        Pillow.fromarray(code(text)).save(tmp_path / name, format="PNG")
    assert [found.text for found in FileReader().read(tmp_path).codes] == ["A", "B"]


def test_a_folder_without_pictures_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=str(tmp_path)):
        FileReader().read(tmp_path)


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["read", *arguments])
    return int(args.run(args))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_that_may_never_end_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(BadInput, match="is no file"):
        FileReader().read(tmp_path / "pipe.png")


def test_the_command_gives_a_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _ticket().save(tmp_path / "t.png")
    Pillow.new("L", (200, 200), 128).save(tmp_path / "none.png")
    (tmp_path / "bad.png").write_bytes(b"bad")
    files = [str(tmp_path / name) for name in ("none.png", "bad.png", "missing.png", "t.png")]
    assert _run([*files, "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["file"] for row in rows] == files
    assert [row["texts"] for row in rows] == [[], [], [], [TEXT]]
    assert [row["symbology"] for row in rows] == [None, None, None, "QRCode"]
    assert [("error" in row) for row in rows] == [False, True, True, False]
    assert all(row["ms"] > 0 for row in rows if "error" not in row)


def test_the_command_speaks_to_people_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _ticket().save(tmp_path / "t.png")
    assert _run([str(tmp_path / "t.png")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 't.png'}: {TEXT}\n"


def test_a_code_can_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Pillow.fromarray(code("a\x1b[2Jb\nc")).save(tmp_path / "t.png")
    assert _run([str(tmp_path / "t.png")]) == 0
    assert capsys.readouterr().out.endswith("t.png: a\\x1b[2Jb\\nc\n")


@pytest.mark.parametrize("formats", ["qr,ean13", "", ","])
def test_an_unknown_format_is_refused(formats: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _run(["t.png", "--formats", formats])
    assert "choose from qr, aztec" in capsys.readouterr().err


def test_the_bench_counts_right_wrong_and_missed(tmp_path: Path) -> None:
    for name, text in {"right.png": "RIGHT", "wrong.png": "OTHER", "two.png": "ONE"}.items():
        Pillow.fromarray(code(text)).save(tmp_path / name)
    Pillow.new("L", (200, 200), 128).save(tmp_path / "none.png")
    (tmp_path / "manifest.csv").write_text(
        "file,set,expected_text,symbology\n"
        "right.png,made,RIGHT ,QRCode\n"
        "wrong.png,made,MEANT,QRCode\n"
        "two.png,two,ONE,QRCode\ntwo.png,two,TWO,QRCode\n"
        "none.png,empty,,none\n",
        encoding="utf-8",
    )
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    report = bench.measure(parser.parse_args([str(tmp_path)]))
    sets = report["sets"]
    assert {name: (row["rate"], row["wrong"]) for name, row in sets.items()} == {
        "made": (0.5, 1),
        "two": (0.5, 0),
        "empty": (1.0, 0),
    }
    assert all(row["ms_p95"] >= row["ms_p50"] > 0 for row in sets.values())
    assert report["readers"]["zxing-cpp"]["sets"]["made"]["rate"] == 0.5


def test_a_bench_without_a_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"manifest\.csv"):
        bench.manifest(tmp_path)


@pytest.mark.long
def test_the_shared_pictures_are_read_as_measured(shared_data: Path) -> None:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    report = bench.measure(parser.parse_args([str(shared_data / "qr"), "--pipeline-only"]))
    wrong = sum(row["wrong"] for row in report["sets"].values())
    assert (wrong, report["nocode"]["rate"]) == (0, 1.0)
    read = {
        name: row["rate"] for name, row in report["sets"].items() if name.startswith(("zxing/", "zxingcpp/"))
    }
    assert min(read.values()) >= 0.86
