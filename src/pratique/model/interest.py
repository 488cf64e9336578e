"""Say which events anybody wants, so that the kernel never sends the others."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace


class Interest(Struct, frozen=True, kw_only=True):
    """
    What the loaded rules and detectors need.

    ``types`` are event types. ``every_open`` asks for all opens; otherwise opens for writing come if
    ``open_writes``, and reads of a path under one of ``read_prefixes``, of one of ``read_names``
    (base names), or with one of ``read_endings``. Opens by handle come whatever their path. Law: a
    filter may let more through than is asked for, never less.
    """

    types: frozenset[str]
    every_open: bool = True
    open_writes: bool = True
    read_prefixes: frozenset[str] = frozenset()
    read_names: frozenset[str] = frozenset()
    read_endings: frozenset[str] = frozenset()
    failed_opens: bool = False
    upper_layer_reads: bool = False
    """Reads of files in the writable layer of an overlay: what was not in the image."""
    variables: frozenset[str] = frozenset()
    """Variables of the environment that are asked for by name, beside those that are always told."""
    data: bool = False
    """The first bytes of what sockets send and receive."""


EVERYTHING = Interest(types=frozenset())
"""No types named: everything is wanted."""


def merged(interests: Iterable[Interest]) -> Interest:
    """
    Return what serves all of them; of none, an interest in nothing but losses.

    >>> merged([Interest(types=frozenset({"execve"})), EVERYTHING]).types
    frozenset()
    """
    wanted = tuple(interests)
    variables = frozenset[str]().union(*(one.variables for one in wanted))
    data = any(one.data for one in wanted)
    if any(not one.types for one in wanted):
        return replace(EVERYTHING, variables=variables, data=data)
    return Interest(
        types=frozenset({"lost"}).union(*(one.types for one in wanted)),
        every_open=any(one.every_open for one in wanted),
        open_writes=any(one.open_writes for one in wanted),
        read_prefixes=frozenset().union(*(one.read_prefixes for one in wanted)),
        read_names=frozenset().union(*(one.read_names for one in wanted)),
        read_endings=frozenset().union(*(one.read_endings for one in wanted)),
        failed_opens=any(one.failed_opens for one in wanted),
        upper_layer_reads=any(one.upper_layer_reads for one in wanted),
        variables=variables,
        data=data,
    )
