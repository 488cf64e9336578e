"""
Read the licences of a machine-readable Debian copyright file (DEP-5), paragraph by paragraph.

Law: the synopsis of a ``License`` field names the licence; a name that nobody knows stands for the
text below it, which is then recognised like any other. Bounds: linear; ``MOST`` paragraphs.

Source: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ sections 4-7.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

MOST = 4096
_FORMAT = re.compile(r"\A\s*format(?:-specification)?:\s*\S*(?:copyright-format|dep5|dep-5)", re.IGNORECASE)  # fmt: skip
_FIELD = re.compile(r"^license:[ \t]*([^\n]*)\n((?:[ \t][^\n]*\n?)*)", re.IGNORECASE | re.MULTILINE)


class Stated(Struct, frozen=True):
    """One ``License`` field: the synopsis, the text below it, and the position of the field."""

    name: str
    body: str
    at: int


def is_copyright_file(text: str) -> bool:
    """
    Return whether a text says that it is in this format.

    >>> is_copyright_file("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    True
    """
    return _FORMAT.match(text[:400]) is not None


def stated(text: str) -> Iterator[Stated]:
    r"""
    Yield the ``License`` fields.

    >>> [(one.name, one.body) for one in stated("Files: *\nLicense: MIT\n Permission\n\nLicense: ISC\n")]
    [('MIT', ' Permission\n'), ('ISC', '')]
    """
    for number, match in enumerate(_FIELD.finditer(text + "\n")):
        if number == MOST:
            return
        if match[1].strip() or match[2].strip():
            yield Stated(match[1].strip(), match[2], match.start())
