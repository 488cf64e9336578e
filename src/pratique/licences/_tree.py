"""
Hold a licence expression as a tree, and write it as SPDX does.

Source: SPDX 2.3, annex D (licence expressions): WITH binds tighter than AND, AND than OR.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct


class Leaf(Struct, frozen=True):
    """One licence, with its exception or none; ``LicenseRef-…`` where SPDX lists none."""

    licence: str
    exception: str = ""


class Group(Struct, frozen=True):
    """Licences that all apply (AND) or of which one may be chosen (OR); two or more."""

    word: Literal["AND", "OR"]
    parts: "tuple[Tree, ...]"


Tree = Leaf | Group


def joined(word: Literal["AND", "OR"], parts: "list[Tree]") -> Tree:
    """
    Return the group of some trees, flat and each once; one alone is itself.

    >>> written(joined("AND", [Leaf("MIT"), joined("AND", [Leaf("ISC"), Leaf("MIT")])]))
    'MIT AND ISC'
    """
    flat: dict[Tree, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Group) and part.word == word else (part,)
        flat.update(dict.fromkeys(inner))
    return next(iter(flat)) if len(flat) == 1 else Group(word, tuple(flat))


def written(tree: Tree, inside: str = "") -> str:
    """
    Return the expression.

    >>> written(Group("AND", (Leaf("MIT"), Group("OR", (Leaf("ISC"), Leaf("GPL-2.0-only", "x"))))))
    'MIT AND (ISC OR GPL-2.0-only WITH x)'
    """
    if isinstance(tree, Leaf):
        return f"{tree.licence} WITH {tree.exception}" if tree.exception else tree.licence
    text = f" {tree.word} ".join(written(part, tree.word) for part in tree.parts)
    return f"({text})" if inside else text


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Yield the licences of a tree."""
    if isinstance(tree, Leaf):
        yield tree
    else:
        for part in tree.parts:
            yield from leaves(part)
