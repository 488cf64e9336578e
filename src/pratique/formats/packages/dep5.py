"""
Read the short licence names out of a machine-readable Debian copyright file.

Only files in the DEP-5 format say licences in a form a program can trust; others yield nothing.
Exceptions and "or later" stay part of the name, as written (``GPL-2+``, ``LGPL-2.1+ with …``).
Bounds: linear; files over ``FILE_BYTES`` are not read.
Source: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

import re

FILE_BYTES = 1 << 20
NAMES = 64
"""Licences of one package; the kernel's own file has about 60."""
FIELDS = 4096
"""Fields of one file that are looked at; chromium's own has some hundred."""
_FORMAT = re.compile(rb"\AFormat:\s*\S*copyright-format", re.IGNORECASE)
_FIELD = b"\nLicense:"
_NAME_BYTES = 120


def licences(content: bytes) -> tuple[str, ...]:
    """
    Return the short names of the ``License:`` fields, sorted, without repetition.

    >>> licences(b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\\n"
    ... b"\\nFiles: *\\nLicense: GPL-2+\\n text\\n")
    ('GPL-2+',)
    """
    if len(content) > FILE_BYTES or not _FORMAT.match(content.lstrip()[:200]):
        return ()
    # Not a regular expression: the files are a megabyte an image, and find is ten times as fast.
    names, at, fields = set(), content.find(_FIELD), 0
    while at >= 0 and (fields := fields + 1) <= FIELDS:
        at += len(_FIELD)
        value = content[at : at + _NAME_BYTES].partition(b"\n")[0]
        names.add(value.decode(errors="replace").strip())
        at = content.find(_FIELD, at)
    return tuple(sorted(name for name in names if name and name.isprintable())[:NAMES])
