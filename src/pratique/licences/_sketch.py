"""
Hash the runs of words of a text, and hold what is known of reference texts by such hashes.

A reference text is never kept: its sketch holds the hashes of its runs of five words, and of those
only the ones whose low bits are zero, so few enough bits that at most ``MOST`` are left. The same
choice is made in every text, so the share of a sketch that a text has is an estimate of the share
of the whole.

Source: Broder, "On the resemblance and containment of documents" (1997); the choice by low bits is
"0 mod p" of Schleimer, Wilkerson, Aiken, "Winnowing" (2003), section 2.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, chain, repeat
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct

RUN = 5
"""Words of one run."""
MOST = 160
"""Hashes that a sketch holds at most."""
POSSIBLE = 0.62
"""The share of a sketch that has to be there for its text to be there at all."""
_SHORT = 25
"""Runs below which a text must be there whole, or nearly: there is little to go by."""
_SHORT_SHARE = 0.9
DATA = Path(__file__).with_name("texts.bin")
_HASH_BYTES = 4


class Sketch(Struct, frozen=True, array_like=True):
    """
    What is known of one reference text.

    ``length`` counts its runs of words; ``zero_bits`` is how many low bits of the kept hashes are
    zero; ``hashes`` are 4 bytes each, big-endian, ascending.
    """

    expression: str
    length: int
    zero_bits: int
    hashes: bytes

    @property
    def size(self) -> int:
        """Return how many hashes it holds."""
        return len(self.hashes) // _HASH_BYTES

    @property
    def wanted(self) -> float:
        """Return the share of it that has to be in a text."""
        return _SHORT_SHARE if self.length < _SHORT else POSSIBLE

    def numbers(self) -> tuple[int, ...]:
        """Return the hashes as numbers."""
        return struct.unpack(f">{self.size}I", self.hashes)


class Reference(Struct, frozen=True, dict=True):
    """All sketches, and which of them hold a hash, ascending."""

    sketches: tuple[Sketch, ...]
    holders: Mapping[int, Sequence[int]]

    @cached_property
    def least(self) -> tuple[int, ...]:
        """How many hashes of each sketch a text must have, rounded down."""
        return tuple(int(one.size * one.wanted) for one in self.sketches)


def runs(words: Sequence[str]) -> list[int]:
    """
    Return the hash of each run of five words; of a shorter text that of all its words.

    >>> len(runs("a licence of just seven words here".split())), runs([])
    (3, [])
    """
    joined = " ".join(words).encode()
    if len(words) < RUN:
        return [crc32(joined)] if words else []
    starts = [0, *accumulate(map((1).__add__, map(len, words)))]  # a space is behind each word
    return [crc32(joined[a : b - 1]) for a, b in zip(starts, starts[RUN:], strict=False)]


def sketch_of(expression: str, words: Sequence[str]) -> Sketch:
    """
    Return the sketch of a reference text.

    >>> sketch_of("X", [str(n) for n in range(1000)]).zero_bits > 0
    True
    """
    hashes = runs(words)
    kept, bits = set(hashes), 0
    while len(kept) > MOST:
        bits += 1
        kept = {one for one in kept if not one & ((1 << bits) - 1)}
    packed = b"".join(one.to_bytes(_HASH_BYTES, "big") for one in sorted(kept))
    return Sketch(expression, len(hashes), bits, packed)


class _Packed(Struct, frozen=True, array_like=True):
    """
    The data file: the sketches, and which of them hold a hash, made ready.

    ``groups`` are the different sets of sketches that hold one hash or another, and how many each
    holds; ``hashes`` are these, group after group.
    """

    sketches: tuple[Sketch, ...]
    groups: tuple[tuple[tuple[int, ...], int], ...]
    hashes: bytes


def packed(sketches: tuple[Sketch, ...]) -> bytes:
    """Return sketches as the data file holds them."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for one, holders in sorted(reference_of(sketches).holders.items()):
        groups.setdefault(tuple(holders), []).append(one)
    ordered = [one for members in groups.values() for one in members]
    told = tuple((holders, len(members)) for holders, members in groups.items())
    hashes = struct.pack(f">{len(ordered)}I", *ordered)
    return msgspec.msgpack.encode(_Packed(sketches, told, hashes))


def unpacked(content: bytes) -> Reference:
    """
    Return what ``packed`` made bytes of.

    >>> sketches = (sketch_of("A", ["same", "words"]), sketch_of("B", ["same", "words"]))
    >>> unpacked(packed(sketches)).holders == {runs(["same", "words"])[0]: (0, 1)}
    True
    """
    data = msgspec.msgpack.decode(content, type=_Packed)
    hashes = struct.unpack(f">{len(data.hashes) // _HASH_BYTES}I", data.hashes)
    owners = chain.from_iterable(repeat(group, count) for group, count in data.groups)
    return Reference(data.sketches, dict(zip(hashes, owners, strict=True)))


@cache
def reference() -> Reference:
    """Return the sketches that come with the program; read once, about 0.007 s."""
    return unpacked(DATA.read_bytes())


def reference_of(sketches: tuple[Sketch, ...]) -> Reference:
    """
    Return sketches with what tells which of them hold a hash.

    >>> made = reference_of((sketch_of("A", ["same", "words"]), sketch_of("B", ["same", "words"])))
    >>> made.holders[runs(["same", "words"])[0]]
    [0, 1]
    """
    holders: dict[int, Sequence[int]] = {}
    shared: dict[int, list[int]] = {}
    for index, sketch in enumerate(sketches):
        own: dict[int, Sequence[int]] = dict.fromkeys(sketch.numbers(), (index,))
        for one in holders.keys() & own.keys():  # a quarter of all
            if one in shared:
                shared[one].append(index)
            else:
                holders[one] = shared[one] = [*holders[one], index]
            del own[one]
        holders.update(own)
    return Reference(sketches, holders)
