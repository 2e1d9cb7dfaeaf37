"""Makes the sounds of the door: `python scripts/make_sounds.py` writes `resources/sounds/*.wav`.

They differ in pitch, in rhythm and in length, so that each is known without the screen and on a bad
loudspeaker: admitted rises (two short, high), refused is low, rough and long (three), attention
calls (high-low, twice), alarm climbs (four steps, twice).
"""

import math
import struct
import wave
from pathlib import Path

RATE = 44_100
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"

# (frequencies in Hz that sound together, seconds); no frequency is a pause
Note = tuple[tuple[float, ...], float]

SOUNDS: dict[str, list[Note]] = {
    "admitted": [((1046.5, 2093.0), 0.09), ((), 0.02), ((1568.0, 3136.0), 0.16)],
    "refused": [((196.0, 207.7, 392.0), 0.19), ((), 0.06)] * 2 + [((155.6, 164.8, 311.1), 0.42)],
    "attention": [((880.0, 1760.0), 0.12), ((587.3, 1174.7), 0.14), ((), 0.07)] * 2,
    "information": [((698.5,), 0.11)],
    "alarm": [((f, 2 * f), 0.11) for f in (740.0, 880.0, 1046.5, 1244.5)] * 2,
}


def samples(note: Note) -> list[float]:
    """One note between -1 and 1, its ends rounded so that the loudspeaker does not click."""
    frequencies, seconds = note
    count = int(RATE * seconds)
    edge = int(RATE * 0.008)
    made = []
    for i in range(count):
        gain = min(1.0, i / edge, (count - i) / edge)
        wave_sum = sum(math.sin(2 * math.pi * f * i / RATE) for f in frequencies)
        made.append(0.8 * gain * wave_sum / max(1, len(frequencies)))
    return made


def write(name: str, notes: list[Note]) -> None:
    """One sound as 16-bit stereo: some devices play nothing else."""
    values = [int(32_000 * sample) for note in notes for sample in samples(note)]
    with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<hh", value, value) for value in values))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for sound, melody in SOUNDS.items():
        write(sound, melody)
