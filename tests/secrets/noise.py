"""Values that look like secrets, made when a test runs: the repository holds none."""

import random
import string

LETTERS = string.ascii_letters + string.digits


class TextFile:
    """A file of a layer, held in memory."""

    mode = 0o644

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.size_bytes = len(data)

    def read(self, offset: int, size: int) -> bytes:
        return self.data[offset : offset + size]


def noise(count: int, seed: int = 1) -> str:
    """Return letters and digits, some of each kind."""
    dice = random.Random(seed * 1000 + count)
    text = "".join(dice.choice(LETTERS) for _ in range(count - 3))
    return text[: count // 2] + "7aQ" + text[count // 2 :]
