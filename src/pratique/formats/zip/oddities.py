"""
Find where a zip archive says one thing to one reader and another thing to the next.

Each is harmless alone in some honest file; an archive made to show a scanner other members than
Java (or Python) loads has at least one of them. Bounds: one read of 64 KiB at most per member.
Source: "A comparison of zip parsers" (You et al., "My ZIP isn't your ZIP", USENIX Security 2025);
D. Fifield, "A better zip bomb" (WOOT 2019) for overlapping members.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import BinaryIO

from msgspec import Struct

from pratique.formats.zip.directory import END, LOCAL, Directory, Member, read_at, walk
from pratique.kit.limits import Limits
from pratique.model.paths import decode_path

_LOCAL_BYTES = 30
_MOST = 100
"""How many of one kind are told."""
_SCRIPT = b"#!"


class OddityKind(StrEnum):
    """What contradicts the central directory."""

    LEADING_DATA = "leading-data"
    """Bytes before the first member that are not a shell script."""
    TRAILING_DATA = "trailing-data"
    """Bytes after the end record and its comment."""
    SEVERAL_ENDS = "several-end-records"
    """Another end record that a reader looking from the other side would take."""
    COUNT = "entry-count"
    """The end record counts other than there are."""
    OVERLAP = "overlapping-members"
    """Two members share bytes."""
    DUPLICATE = "duplicate-name"
    """Two members have one name."""
    NAME = "name-mismatch"
    """The local header of a member has another name."""
    NO_HEADER = "no-local-header"
    """There is no local header where the directory says."""


class Oddity(Struct, frozen=True):
    """One contradiction; ``detail`` is a member's name, or a number of bytes."""

    kind: OddityKind
    detail: str = ""


def oddities_of(file: BinaryIO, directory: Directory, limits: Limits) -> tuple[Oddity, ...]:
    """
    Return the contradictions of an archive, at most 100 of a kind.

    Raises:
        FormatError: its directory is damaged.
    """
    members = sorted(walk(directory, limits), key=lambda member: member.offset)
    told: Counter[OddityKind] = Counter()
    found = []
    for oddity in _all(file, directory, members):
        told[oddity.kind] += 1
        if told[oddity.kind] <= _MOST:
            found.append(oddity)
    return tuple(found)


def _all(file: BinaryIO, directory: Directory, members: Sequence[Member]) -> Iterator[Oddity]:
    yield from _around(file, directory, members)
    if len(members) & 0xFFFF != directory.count & 0xFFFF:
        yield Oddity(OddityKind.COUNT, f"{directory.count} said, {len(members)} there")
    names = Counter(member.name for member in members)
    yield from (Oddity(OddityKind.DUPLICATE, name) for name, times in names.items() if times > 1)
    end = 0
    for member in members:
        data = _header(file, member)
        if isinstance(data, Oddity):
            yield data
            continue
        name, start = data
        if name != member.name:
            yield Oddity(OddityKind.NAME, f"{member.name} is {name}")
        if member.offset < end or start + member.packed_bytes > directory.offset:
            yield Oddity(OddityKind.OVERLAP, member.name)
        end = max(end, start + member.packed_bytes)


def _around(file: BinaryIO, directory: Directory, members: Sequence[Member]) -> Iterator[Oddity]:
    first = members[0].offset if members else directory.offset
    if first > 0 and read_at(file, 0, len(_SCRIPT)) != _SCRIPT:
        yield Oddity(OddityKind.LEADING_DATA, f"{first} bytes")
    if directory.size_bytes > directory.end:
        yield Oddity(OddityKind.TRAILING_DATA, f"{directory.size_bytes - directory.end} bytes")
    # Stored archives inside have end records of their own: those lie before the directory.
    behind = read_at(file, directory.offset, directory.size_bytes - directory.offset)
    if behind.count(END) > 1:
        yield Oddity(OddityKind.SEVERAL_ENDS, f"{behind.count(END)}")


def _header(file: BinaryIO, member: Member) -> tuple[str, int] | Oddity:
    """Return the name in the local header and where the data start."""
    header = read_at(file, member.offset, _LOCAL_BYTES)
    if len(header) < _LOCAL_BYTES or header[:4] != LOCAL:
        return Oddity(OddityKind.NO_HEADER, member.name)
    name_bytes = int.from_bytes(header[26:28], "little")
    extra_bytes = int.from_bytes(header[28:30], "little")
    name = read_at(file, member.offset + _LOCAL_BYTES, name_bytes)
    return decode_path(name), member.offset + _LOCAL_BYTES + name_bytes + extra_bytes
