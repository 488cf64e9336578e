"""
Order versions of conda packages.

Law: ``[epoch!]version[+local]``; version and local part are cut at dots and underscores, each
component into runs of digits and others; a component that starts with text gets a 0 before it.
Numbers by value; text below numbers, without regard to case, ``dev`` below all text and ``post``
above all numbers; what is missing counts as 0, so 1.1 equals 1.1.0. An underscore at the end
belongs to the last component (openssl's ``1.0.1_``). Hyphens stand for underscores where there
are none. Bounds: ``_text.MAX_CHARS``. Source: conda's ``VersionOrder``,
https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html and CEP 26.
"""

import re
from functools import total_ordering
from itertools import zip_longest

from pratique.formats.versions._text import checked, refusal

NAME = "conda"

Piece = tuple[int, int, str]
Component = tuple[Piece, ...]
_ALLOWED = re.compile(r"[*.+!_0-9a-z]+")
_RUNS = re.compile(r"[0-9]+|\*+|[^0-9*]+")
_ZERO: Piece = (2, 0, "")


@total_ordering
class CondaKey:
    """Compare two versions place by place, a missing place being 0."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[tuple[Component, ...], ...]) -> None:
        self._parts = tuple(_trimmed(part) for part in parts)

    def __eq__(self, other: object) -> bool:
        """Return whether no place differs."""
        return isinstance(other, CondaKey) and self._parts == other._parts

    def __hash__(self) -> int:
        """Return the hash of what counts."""
        return hash(self._parts)

    def __lt__(self, other: "CondaKey") -> bool:
        """Return whether the first place that differs is smaller."""
        for mine, theirs in zip(self._parts, other._parts, strict=True):
            for one, two in zip_longest(mine, theirs, fillvalue=()):
                for a, b in zip_longest(one, two, fillvalue=_ZERO):
                    if a != b:
                        return a < b
        return False


def sort_key(version: str) -> CondaKey:
    """
    Return the key of a version.

    Raises:
        FormatError: characters outside conda's alphabet, empty components, an epoch that is no
            number.

    >>> sort_key("1.1dev1") < sort_key("1.1a1") < sort_key("1.1") == sort_key("1.1.0")
    True
    """
    text = checked(version, NAME).lower()
    if "-" in text and "_" not in text:
        text = text.replace("-", "_")
    if not _ALLOWED.fullmatch(text) or text.count("!") > 1 or text.count("+") > 1:
        raise refusal(version, NAME)
    epoch, _, rest = text.rpartition("!")
    if "!" in text and not epoch.isdigit():
        raise refusal(version, NAME)
    main, plus, local = rest.partition("+")
    tail = "_" if main.endswith("_") else ""
    parts = (
        _components(epoch or "0"),
        _components(main.removesuffix("_"), tail),
        _components(local) if plus else (),
    )
    if not all(component for part in parts for component in part):
        raise refusal(version, NAME)
    return CondaKey(parts)


def _components(part: str, tail: str = "") -> tuple[Component, ...]:
    pieces = part.replace("_", ".").split(".")
    pieces[-1] += tail
    return tuple(map(_component, pieces))


def _component(text: str) -> Component:
    pieces = tuple(map(_piece, _RUNS.findall(text)))
    return pieces if not pieces or text[0].isdigit() else (_ZERO, *pieces)


def _piece(run: str) -> Piece:
    if run[0].isdigit():
        return 2, int(run), ""
    if run == "post":
        return 3, 0, ""
    # The reference writes "dev" in capitals, so that it sorts after "*" and before letters.
    return 1, 0, "DEV" if run == "dev" else run


def _trimmed(part: tuple[Component, ...]) -> tuple[Component, ...]:
    kept: list[Component] = []
    for component in part:
        end = len(component)
        while end and component[end - 1] == _ZERO:
            end -= 1
        kept.append(component[:end])
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
