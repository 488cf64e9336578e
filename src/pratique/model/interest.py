"""Say which events anybody wants, so that the kernel never sends the others."""

from msgspec import Struct


class Interest(Struct, frozen=True, kw_only=True):
    """
    What the loaded rules and detectors need.

    ``types`` are event types. ``every_open`` asks for all opens; otherwise opens for writing come if
    ``open_writes``, and reads of a path under one of ``read_prefixes``, of one of ``read_names``
    (base names), or with one of ``read_endings``. Law: a filter may let more through than is asked
    for, never less.
    """

    types: frozenset[str]
    every_open: bool = True
    open_writes: bool = True
    read_prefixes: frozenset[str] = frozenset()
    read_names: frozenset[str] = frozenset()
    read_endings: frozenset[str] = frozenset()
    failed_opens: bool = False


EVERYTHING = Interest(types=frozenset())
"""No types named: everything is wanted."""
