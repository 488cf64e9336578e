"""
Describe one field of the rule language: its type, what it says, and how an event answers it.

Laws: a field is missing (``None``) where an event has nothing to say, and then every comparison on
it is false, ``!=`` included. Which acts a field has sources for is known before any event is seen,
so a rule that asks an act for what it cannot have is folded away. A field without any source is
``unavailable``, with the reason.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from pratique.model.event import Event

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | tuple[int, ...]
"""What a field holds: several values are a tuple."""
Read: TypeAlias = Callable[..., Value | None]
OR_NONE = "({} or None)"
"""The text of a source whose value is missing where it is empty."""


class Kind(StrEnum):
    """What a value is compared as."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    ADDRESS = "address"
    NET = "network"
    BYTES = "bytes"


class Many(StrEnum):
    """What a comparison means where a field holds several values."""

    ONE = "one"
    ANY = "any"
    """It holds when one value satisfies it: ancestors."""
    EITHER = "either"
    """As ANY; but ``!=`` has to hold of all: both ends of a connection."""
    LIST = "list"
    """Only ``in`` (all values are), ``intersects`` (one is) and ``exists``."""


class Takes(StrEnum):
    """Whether a field has an argument in brackets."""

    NOTHING = "nothing"
    INDEX = "index"
    """A number may follow; without one the field holds the values of all."""
    KEY = "key"
    """A text may follow."""
    NEEDED_KEY = "needed key"
    """A text must follow."""


class Source(Struct, frozen=True):
    """
    Where the value comes from.

    ``of`` is a path that begins with one of ``e`` (event), ``o`` (observation), ``a`` (act), ``p``
    (process), ``w`` (workload, whose absence makes the field missing). ``call`` is applied to it,
    with the argument as a second parameter where the field has one. ``text`` is the same as ``call``
    in Python, ``{}`` standing for what ``of`` leads to: a call costs as much as the rest of a rule.
    It may name the five letters too; only our own words stand in it.
    """

    of: str
    call: Read | None = None
    text: str = ""


class Field(Struct, frozen=True, kw_only=True):
    """One field; ``sources`` by class of act, under ``None`` what holds for every act."""

    name: str
    kind: Kind
    doc: str
    sources: Mapping[type | None, Source] = {}
    argued: Source | None = None
    """Where the value comes from if an argument is given."""
    many: Many = Many.ONE
    takes: Takes = Takes.NOTHING
    unavailable: str = ""
    compared: bool = True
    """It may stand on the right side, inside ``val``."""
    transformed: bool = True
    """It may stand inside a transformer."""
    items: Source | None = None
    """The same as a list, where a transformer asks for one."""
    least: int | None = None
    """A number that it is never below."""
    always: bool = False
    """Every event answers it."""

    def source(self, act: type, argument: str | None) -> Source | None:
        """Return where an act of this class has it from, None if it never has it."""
        if argument is not None:
            return self.argued
        return self.sources.get(act) or self.sources.get(None)


def field(name: str, kind: Kind, of: str, doc: str, call: Read | None = None) -> Field:
    """Return a field that every act answers alike."""
    text = OR_NONE if call is or_none else ""
    return Field(name=name, kind=kind, doc=doc, sources={None: Source(of, call, text)})


def missing(name: str, kind: Kind, doc: str, why: str) -> Field:
    """Return a field that no event of ours answers, and why."""
    return Field(name=name, kind=kind, doc=doc, unavailable=why)


def or_none(value: str) -> str | None:
    """Return a text, None where it is empty because nobody knows it."""
    return value or None


PARTS: Mapping[str, Callable[[Event], object]] = {
    "e": lambda event: event,
    "o": lambda event: event.observation,
    "a": lambda event: event.observation.act,
    "p": lambda event: event.process,
    "w": lambda event: event.workload,
}
"""What the first letter of ``Source.of`` stands for."""
