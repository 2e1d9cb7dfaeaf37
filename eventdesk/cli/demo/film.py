"""A film of tickets held up to a webcam, for where there is no camera: drawn, noisy, never quite still."""

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

import cv2
import numpy as np
import qrcode
from cv2.typing import MatLike as Picture

WIDTH, HEIGHT, FRAMES_PER_SECOND = 1280, 720, 30
# A guest holds a ticket up for about a second; the next one follows after a third.
FRAMES_SHOWN, FRAMES_BETWEEN = 36, 12
GRAINS = 8


def write_film(codes: Iterable[str], file: Path, seed: int = 7) -> int:
    """Write a film (MJPEG in AVI) in which each code is held up once. Returns the number of frames."""
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), FRAMES_PER_SECOND, (WIDTH, HEIGHT))
    count = 0
    for frame in frames(codes, seed):
        writer.write(frame)
        count += 1
    writer.release()
    return count


def frames(codes: Iterable[str], seed: int = 7) -> Iterator[Picture]:
    """The film's frames: BGR, HEIGHT x WIDTH x 3."""
    random = np.random.default_rng(seed)
    room = _room()
    grains = cycle([_grain(random) for _ in range(GRAINS)])
    for code in codes:
        card = _card(code)
        tilt = float(random.uniform(-18, 18))
        for step in range(FRAMES_SHOWN):
            yield cv2.add(_seen(room, card, step / FRAMES_SHOWN, tilt), next(grains))
        for _ in range(FRAMES_BETWEEN):
            yield cv2.add(room, next(grains))


def _room() -> Picture:
    """A dim foyer, out of focus."""
    light = np.linspace(90, 40, WIDTH)[None, :] + np.linspace(25, -20, HEIGHT)[:, None]
    room: Picture = np.stack([light * 0.9, light * 0.95, light], axis=2)
    cv2.circle(room, (980, 180), 130, (150, 170, 190), -1)
    cv2.rectangle(room, (120, 300), (330, 720), (60, 70, 95), -1)
    return cv2.GaussianBlur(np.clip(room, 0, 255).astype(np.uint8), (61, 61), 0)


def _card(code: str) -> Picture:
    """A printed ticket with its QR code, as seen from straight above."""
    qr = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    qr.add_data(code)
    modules = np.array(qr.get_matrix(), dtype=bool)
    size = 320
    symbol: Picture = np.where(modules, 20, 235).astype(np.uint8)
    symbol = cv2.resize(symbol, (size, size), interpolation=cv2.INTER_NEAREST)
    card: Picture = np.full((440, 400, 3), 235, dtype=np.uint8)
    card[20 : 20 + size, 40 : 40 + size] = symbol[:, :, None]
    for row, width in ((365, 260), (395, 180)):
        cv2.rectangle(card, (40, row), (40 + width, row + 12), (110, 110, 110), -1)
    return card


def _seen(room: Picture, card: Picture, moment: float, tilt: float) -> Picture:
    """The card in a hand: it comes up, sways, and is taken away; blurred while it moves fast."""
    rise = max(0.0, 1 - 5 * moment, 5 * moment - 4)
    sway = 8 * np.sin(moment * 9)
    turn = np.asarray(cv2.getRotationMatrix2D((200, 220), tilt + sway / 3, 1.0))
    turn[:, 2] += np.array((WIDTH / 2 - 200 + sway, HEIGHT / 2 - 220 + rise * 500))
    where = cv2.warpAffine(np.full(card.shape[:2], 255, np.uint8), turn, (WIDTH, HEIGHT))
    picture: Picture = room.copy()
    cv2.copyTo(cv2.warpAffine(card, turn, (WIDTH, HEIGHT)), where, picture)
    if rise > 0:
        picture = cv2.blur(picture, (1, 1 + int(30 * min(rise, 1))))
    return cv2.GaussianBlur(picture, (3, 3), 0)


def _grain(random: np.random.Generator) -> Picture:
    """The noise of a cheap sensor in weak light."""
    noise = random.integers(0, 22, size=(HEIGHT // 2, WIDTH // 2), dtype=np.uint8)
    return cv2.cvtColor(
        cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST), cv2.COLOR_GRAY2BGR
    )
