"""
Cut a long text into windows that overlap, so that memory is bounded and nothing is cut in two.

Law: every place of the text belongs to the core of exactly one window; before a core stand
``BACK`` bytes (fewer at the start of the text), behind it ``AHEAD`` bytes (fewer at the end). A match that
starts in a core therefore lies in its window with all that is looked at around it.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pratique.formats.expression.shape import MAX_AHEAD, MAX_WIDTH

BACK = 4096
"""What stands before a core: words near a match, the name before a value, the line's beginning."""
AHEAD = MAX_WIDTH + MAX_AHEAD + 512
"""What stands behind a core: the longest match, a look-ahead, the rest of the line."""
STEP = 1 << 20
"""Bytes read at a time."""

WHOLE = STEP // 2
"""Bytes up to which a text is always one window."""


class Window(Struct, frozen=True):
    """
    A piece of a text: its core is ``text[start:stop]``.

    ``offset`` is where ``text`` begins in the whole, ``line`` the number of the line it begins in.
    """

    text: bytes
    start: int
    stop: int
    offset: int
    line: int


def windows(pieces: Iterable[bytes]) -> Iterator[Window]:
    """
    Yield the windows of a text that comes in pieces of any size.

    >>> [(w.text, w.start, w.stop, w.line) for w in windows([b"a=1", b"b"])]
    [(b'a=1b', 0, 4, 1)]
    """
    text, start, offset, line = b"", 0, 0, 1
    for piece in pieces:
        text += piece
        stop = len(text) - AHEAD
        if stop - start < STEP // 2:
            continue
        yield Window(text, start, stop, offset, line)
        cut = max(0, stop - BACK)
        line += text.count(b"\n", 0, cut)
        offset += cut
        text, start = text[cut:], stop - cut
    yield Window(text, start, len(text), offset, line)
