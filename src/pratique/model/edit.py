"""Describe a change to a file as the bytes it replaces, so that nothing else is touched."""

from msgspec import Struct


class Edit(Struct, frozen=True, order=True):
    """
    Replace the bytes ``start`` to ``end`` (exclusive) of a file by ``text``.

    ``file`` is the name the caller gave the file. Equal positions insert. Offsets are those of the
    file before any edit.
    """

    file: str
    start: int
    end: int
    text: bytes
