"""
Read what shellcheck says as JSON (``--format=json1``), in which a tab is one column.

Source: https://www.shellcheck.net/wiki/ and its manual page, §Formats.
"""

from msgspec import DecodeError, Struct, ValidationError, field
from msgspec.json import Decoder

from pratique.model.errors import FormatError


class Comment(Struct, frozen=True, rename="camel"):
    """One finding: lines and columns count from 1, the end is exclusive; ``code`` is 2086 of SC2086."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    level: str
    code: int
    message: str


class _Report(Struct):
    comments: list[Comment] = field(default_factory=list)


_DECODER = Decoder(_Report)


def comments_of(content: bytes) -> tuple[Comment, ...]:
    """
    Return the findings in their order.

    Raises:
        FormatError: it is no such report.

    >>> comments_of(b'{"comments": []}')
    ()
    """
    try:
        return tuple(_DECODER.decode(content).comments)
    except (DecodeError, ValidationError) as error:
        raise FormatError(f"no report of shellcheck: {error}") from None
