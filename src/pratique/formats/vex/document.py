"""
Hold what one VEX document says, and what of it could not be understood.
"""

from msgspec import Struct

from pratique.model.vex import VexStatement

MAX_TEXT = 2000


class VexDocument(Struct, frozen=True, kw_only=True):
    """
    The statements of one document, in its order.

    ``format`` says what it is (``OpenVEX 0.2.0``). ``problems`` are sentences about what was left
    out; a statement that is not understood never suppresses anything.
    """

    format: str
    statements: tuple[VexStatement, ...] = ()
    problems: tuple[str, ...] = ()


def words(text: str) -> str:
    """
    Return an author's free text on one line, cut to a bound.

    >>> words("Not\\n  called.")
    'Not called.'
    """
    joined = " ".join(text[: 2 * MAX_TEXT].split())
    return joined if len(joined) <= MAX_TEXT else joined[: MAX_TEXT - 1] + "…"
