"""
Apply edits to bytes, and show the difference as a patch.

Law: what no edit names stays byte-identical. Edits may not overlap; two that insert at one place
keep their order. Source of the patch form: POSIX diff, unified, with git's file header.
"""

import difflib
from collections.abc import Iterable

from pratique.model.edit import Edit
from pratique.model.errors import FormatError


def apply_edits(content: bytes, edits: Iterable[Edit]) -> bytes:
    """
    Return the content with all edits of one file made.

    Raises:
        FormatError: two edits overlap, or one lies outside.

    >>> apply_edits(b"FROM a\\n", [Edit("Dockerfile", 5, 6, b"b")])
    b'FROM b\\n'
    """
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if not at <= edit.start <= edit.end <= len(content):
            raise FormatError("two edits overlap, or one lies outside its file", offset=edit.start)
        parts += [content[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*parts, content[at:]])


def overlap(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """
    Return whether an edit touches what one of the others changes.

    >>> overlap([Edit("a", 0, 2, b"")], [Edit("a", 1, 1, b"")])
    True
    """
    mine = list(edits)
    return any(
        one.file == other.file and one.start < other.end and other.start < one.end
        for one in mine
        for other in others
    )


def unified_diff(name: str, before: bytes, after: bytes) -> bytes:
    """
    Return the difference as a patch that ``patch -p1`` and ``git apply`` take; empty for none.

    >>> print(unified_diff("Dockerfile", b"a\\n", b"b\\n").decode(), end="")
    --- a/Dockerfile
    +++ b/Dockerfile
    @@ -1 +1 @@
    -a
    +b
    """
    lines: list[bytes] = []
    old, new = _lines(before), _lines(after)
    for line in difflib.diff_bytes(
        difflib.unified_diff, old, new, f"a/{name}".encode(), f"b/{name}".encode()
    ):
        lines.append(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")
    return b"".join(lines)


def _lines(content: bytes) -> list[bytes]:
    """Return lines with their ends; only a line feed ends one."""
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
