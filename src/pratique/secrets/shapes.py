"""
Say what a credential looks like, once, and make both its pattern and its samples from that.

A shape is text with places in braces::

    dop_v1_{hex:64}            64 characters of the alphabet ``hex``
    hvs.{url:90-120}           90 to 120 characters
    sk_{live|test}_{alnum:24}  one of the words
    {uuid}                     a UUID in either case
    {b64:86}{pad:2}            up to two ``=`` at the end

A shape compiles to a bytes expression without unbounded repeats, and fills itself with random
characters from a seed: a sample is put together when it is asked for, and no literal in the
source looks live.
"""

import math
import re
import string
from collections.abc import Iterator
from functools import cache, cached_property
from random import Random

_UUID = "{hexes:8}-{hexes:4}-{hexes:4}-{hexes:4}-{hexes:12}"
_PLACE = re.compile(r"\{([^{}]+)\}")
_LOWER, _UPPER, _DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits

ALPHABETS: dict[str, tuple[str, str]] = {
    "digit": ("0-9", _DIGITS),
    "hex": ("0-9a-f", "0123456789abcdef"),
    "HEX": ("0-9A-F", "0123456789ABCDEF"),
    "hexes": ("0-9A-Fa-f", "0123456789abcdef"),
    "az": ("a-z", _LOWER),
    "AZ": ("A-Z", _UPPER),
    "alpha": ("A-Za-z", string.ascii_letters),
    "lower": ("a-z0-9", _LOWER + _DIGITS),
    "upper": ("A-Z0-9", _UPPER + _DIGITS),
    "base32": ("A-Z2-7", _UPPER + "234567"),
    "bech32": ("02-9AC-HJ-NP-Zac-hj-np-z", "023456789acdefghjklmnpqrstuvwxyz"),
    "base58": ("1-9A-HJ-NP-Za-km-z", "".join(sorted(set(string.ascii_letters) - set("IOl")))),
    "alnum": ("0-9A-Za-z", string.ascii_letters + _DIGITS),
    "word": ("0-9A-Za-z_", string.ascii_letters + _DIGITS + "_"),
    "url": ("0-9A-Za-z_-", string.ascii_letters + _DIGITS + "_-"),
    "dot": ("0-9A-Za-z_.-", string.ascii_letters + _DIGITS + "_.-"),
    "b64": ("0-9A-Za-z+/", string.ascii_letters + _DIGITS + "+/"),
    "param": ("0-9A-Za-z_=-", string.ascii_letters + _DIGITS + "_-"),
    "pad": ("=", "="),
}
"""Name -> (class of an expression, the characters samples are made of)."""

_DEMANDED = 0.62
"""
Share of the entropy that all different letters would have, which is asked of a value.

Random text of 20 letters and more keeps above it in each of ten thousand cases (a test); words and
runs of one letter stay below. Digits repeat sooner: half of it is asked of them.
"""
_DEMANDED_OF_DIGITS = 0.5


class Run:
    """A place of a shape: ``least`` to ``most`` characters of an alphabet."""

    def __init__(self, name: str, least: int, most: int) -> None:
        self.ranges, self.letters = ALPHABETS[name]
        self.least, self.most = least, most
        few = f"{least}" if least == most else f"{least},{most}"
        self.regex = f"[{self.ranges}]{{{few}}}"
        """The expression of this place."""


class Shape:
    """
    A compiled shape.

    >>> shape = Shape("ab_{live|test}_{hex:4}")
    >>> shape.regex
    b'ab_(?:live|test)_[0-9a-f]{4}'
    >>> shape.fill(Random(1)) == shape.fill(Random(1))
    True
    >>> shape.heads
    (b'ab_live_', b'ab_test_')
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = tuple(_parts(text.replace("{uuid}", _UUID)))

    @cached_property
    def regex(self) -> bytes:
        """The expression, unanchored."""
        return "".join(map(_regex, self._parts)).encode()

    @cached_property
    def entropy(self) -> float:
        """The least entropy in bits per character that a real value has."""
        letters = max((len(run.letters) for run in self._runs()), default=1)
        share = _DEMANDED if letters > len(_DIGITS) else _DEMANDED_OF_DIGITS
        return round(share * math.log2(max(1, min(self.noise, letters))), 1)

    @cached_property
    def noise(self) -> int:
        """How many random characters a value has at least."""
        return sum(run.least for run in self._runs())

    @cached_property
    def is_hexadecimal(self) -> bool:
        """Whether its places take digits and hexadecimal digits only."""
        return all(set(run.letters.lower()) <= set("0123456789abcdef") for run in self._runs())

    def _runs(self) -> list[Run]:
        return [part for part in self._parts if isinstance(part, Run)]

    @cached_property
    def heads(self) -> tuple[bytes, ...]:
        """The literals a value can start with, lower case; empty where it starts with a run."""
        found = [""]
        for part in self._parts:
            if isinstance(part, Run):
                break
            words = part if isinstance(part, tuple) else (part,)
            found = [head + word for head in found for word in words]
        return tuple(sorted({head.lower().encode() for head in found if head}))

    @cached_property
    def middles(self) -> tuple[bytes, ...]:
        """The longest fixed text inside, lower case: what to look for where no head is fixed."""
        literal = [part for part in self._parts if isinstance(part, str)]
        return (max(literal, key=len).lower().encode(),) if literal else ()

    def fill(self, random: Random) -> str:
        """Return a value of this shape."""
        return "".join(_filled(part, random) for part in self._parts)

    def shortest(self, random: Random) -> str:
        """Return a value as short as the shape allows."""
        return "".join(_filled(part, random, shortest=True) for part in self._parts)

    def fill_with(self, letter: str) -> str:
        """Return what people write in the place of a value: one letter over and over."""
        return "".join(
            part
            if isinstance(part, str)
            else part[0]
            if isinstance(part, tuple)
            else letter * part.least
            for part in self._parts
        )


@cache
def shape(text: str) -> Shape:
    """Return the compiled shape of a text."""
    return Shape(text)


def _parts(text: str) -> Iterator["str | tuple[str, ...] | Run"]:
    position = 0
    for place in _PLACE.finditer(text):
        if place.start() > position:
            yield text[position : place.start()]
        position = place.end()
        yield _place(place[1])
    if position < len(text):
        yield text[position:]


@cache
def _place(said: str) -> tuple[str, ...] | Run:
    name, colon, size = said.partition(":")
    if not colon or "|" in said:
        return tuple(said.split("|"))
    least, dash, most = size.partition("-")
    if name == "pad":
        return Run(name, 0, int(least))
    return Run(name, int(least), int(most) if dash else int(least))


@cache
def _regex(part: "str | tuple[str, ...] | Run") -> str:
    if isinstance(part, Run):
        return part.regex
    if isinstance(part, tuple):
        return f"(?:{'|'.join(map(re.escape, part))})"
    return re.escape(part)


def _filled(part: "str | tuple[str, ...] | Run", random: Random, *, shortest: bool = False) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, tuple):
        return random.choice(part)
    room = 0 if shortest or not part.least else min(part.most - part.least, 8)
    size = part.least + (random.randint(0, room) if room else 0)
    return "".join(random.choice(part.letters) for _ in range(size))
