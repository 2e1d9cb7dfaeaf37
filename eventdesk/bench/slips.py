"""Typing errors: one slip of the fingers in a name."""

from random import Random


def slip(random: Random, name: str) -> str:
    """The name with one random error in a random word: two letters swapped, one left out, doubled or
    replaced by another of the alphabet (of the name's own letters, where it is not Latin)."""
    words = name.split()
    at = random.choice([at for at, word in enumerate(words) if len(word) > 1] or [0])
    words[at] = random.choice((_swapped, _left_out, _doubled, _replaced))(random, words[at])
    return " ".join(words)


def _swapped(random: Random, word: str) -> str:
    at = random.randrange(max(len(word) - 1, 1))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _left_out(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    return word[: at + 1] + word[at:]


def _replaced(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    letters = "abcdefghijklmnopqrstuvwxyz" if ord(word[at]) < 0x250 else word
    return word[:at] + random.choice(letters) + word[at + 1 :]
