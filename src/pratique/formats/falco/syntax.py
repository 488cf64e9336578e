"""
Describe a condition of Falco's rule language as a tree of values.

Law: ``parse(print(tree)) == tree`` for every tree that ``parsing`` makes. Names of macros and lists
stand in it as written; nothing is known here of fields or their types.
Source: the grammar in ``userspace/libsinsp/filter/parser.h`` of falcosecurity/libs, read 2026-11.
"""

from typing import TypeAlias

from msgspec import Struct

TRANSFORMERS = ("tolower", "toupper", "b64", "basename", "len", "join", "concat", "getopt")
"""What a field can be wrapped in; ``val`` stands on the right side alone."""
NUMERIC = ("<=", "<", ">=", ">")
TEXTUAL = (
    "==",
    "=",
    "!=",
    "glob",
    "iglob",
    "contains",
    "icontains",
    "bcontains",
    "startswith",
    "bstartswith",
    "endswith",
    "regex",
)
LISTED = ("intersects", "in", "pmatch")
OPERATORS = ("exists", *NUMERIC, *TEXTUAL, *LISTED)
MODIFIERS = ("oneof", "anyof", "allof")


class FieldRef(Struct, frozen=True):
    """A field, ``proc.aname[2]``: its name, and what stands in the brackets."""

    name: str
    argument: str | None = None


class Text(Struct, frozen=True):
    """A constant as written; ``bare`` without quotes, so it may be the name of a list."""

    value: str
    bare: bool = False


class Items(Struct, frozen=True):
    """A list inside a transformer: fields, transformers and constants."""

    parts: "tuple[FieldRef | Transform | Text, ...]"


class Transform(Struct, frozen=True):
    """A transformer and what it is applied to: ``join("-", (fd.name, proc.name))``."""

    name: str
    parts: "tuple[FieldRef | Transform | Text | Items, ...]"
    argument: str | None = None


class Texts(Struct, frozen=True):
    """The right side of ``in`` and its like: constants, each of which may name a list."""

    values: tuple[Text, ...]


class ListRef(Struct, frozen=True):
    """A list by its name alone, without brackets."""

    name: str


Left: TypeAlias = FieldRef | Transform
Right: TypeAlias = Text | Texts | ListRef | Transform | None


class Check(Struct, frozen=True):
    """One comparison; ``right`` is None for ``exists``, a ``Transform`` for another field."""

    left: Left
    operator: str
    right: Right = None
    modifier: str = ""


class Macro(Struct, frozen=True):
    """A macro by its name."""

    name: str


class Not(Struct, frozen=True):
    """The opposite of a condition."""

    part: "Condition"


class And(Struct, frozen=True):
    """All of at least two conditions."""

    parts: "tuple[Condition, ...]"


class Or(Struct, frozen=True):
    """Any of at least two conditions."""

    parts: "tuple[Condition, ...]"


Condition: TypeAlias = Check | Macro | Not | And | Or
