"""A content scanner that sees every line which holds a word: enough to test what carries scanners."""

import hashlib
from collections.abc import Iterable

from pratique.kit.held_file import HeldFile
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.spot import Scanner, Spot
from pratique.model.units import LayerFile


class Spotter:
    """See ``word`` wherever it stands; fail on a file that holds ``breaks``."""

    def __init__(
        self, word: bytes = b"treasure", *, name: Scanner = Scanner.SECRET, breaks: bytes = b"!!!"
    ) -> None:
        self.NAME = name
        self.word = word
        self.breaks = breaks
        self.prepared = 0
        self.version = "1"

    def prepare(self) -> None:
        self.prepared += 1

    def wants(self, path: str, head: bytes, size_bytes: int) -> bool:
        return b"\0" not in head

    def scan(self, file: LayerFile) -> Iterable[Spot]:
        content = file.content()
        if self.breaks in content:
            raise ValueError(f"cannot stand {content!r}")
        for number, line in enumerate(content.split(b"\n"), 1):
            if self.word in line:
                yield Spot(
                    self.NAME,
                    "buried-treasure",
                    "treasure",
                    Severity.HIGH,
                    Confidence.HIGH,
                    line=number,
                    shown="tre…",
                    digest=hashlib.sha256(line).hexdigest() if self.NAME is Scanner.SECRET else "",
                )

    def scan_text(self, label: str, text: bytes) -> Iterable[Spot]:
        """See the word in a text of an image's config."""
        return self.scan(HeldFile(label, 0, text))

    def masked(self, label: str, text: bytes) -> bytes:
        """Mask the word wherever it stands."""
        return text.replace(self.word, b"***")
