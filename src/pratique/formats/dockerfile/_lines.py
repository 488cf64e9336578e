"""
Cut a Dockerfile into physical lines, and tell comments, blanks and continuations.

Source: BuildKit, frontend/dockerfile/parser/parser.go.
"""

from msgspec import Struct

SPACE = b" \t\v\f\r"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(Struct, frozen=True, gc=False):
    """
    One physical line.

    ``end`` is where its line end begins (carriage returns belong to it), ``next`` where the
    following line starts; ``number`` counts from 1.
    """

    number: int
    start: int
    end: int
    next: int
    text: bytes

    @property
    def indent(self) -> int:
        """Return how many bytes of white space it begins with."""
        return len(self.text) - len(self.text.lstrip(SPACE))

    @property
    def is_blank(self) -> bool:
        """Return whether nothing but white space is on it."""
        return not self.text.strip(SPACE)

    @property
    def is_comment(self) -> bool:
        """Return whether the first thing on it is ``#``."""
        return self.text.lstrip(SPACE).startswith(b"#")


def lines_of(content: bytes, start: int = 0) -> list[Line]:
    """
    Return the physical lines from byte ``start`` on; only a line feed ends one.

    >>> [(line.text, line.next) for line in lines_of(b"a\\r\\n\\nb")]
    [(b'a', 3), (b'', 4), (b'b', 5)]
    """
    found: list[Line] = []
    at = start
    while at < len(content):
        feed = content.find(b"\n", at)
        after = len(content) if feed < 0 else feed + 1
        text = content[at : after if feed < 0 else feed].rstrip(b"\r")
        found.append(Line(len(found) + 1, at, at + len(text), after, text))
        at = after
    return found


def continued(text: bytes, escape: bytes) -> int:
    r"""
    Return how many bytes count before the mark that continues the line, -1 where there is none.

    A doubled mark is no mark.

    >>> continued(b"RUN a \\ ", b"\\"), continued(b"RUN a \\\\", b"\\")
    (6, -1)
    """
    cut = text.rstrip(b" \t")
    if not cut.endswith(escape) or cut[:-1].endswith(escape):
        return -1
    return len(cut) - 1
