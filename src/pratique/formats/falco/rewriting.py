"""
Make another condition of one, comparison by comparison.

Law: what does not change stays the same object, so what rules share (a macro) they go on sharing.
"""

from collections.abc import Callable
from typing import TypeAlias

from pratique.formats.falco.syntax import And, Check, Condition, Macro, Not, Or

Leaf: TypeAlias = Check | Macro


def rewritten(tree: Condition, replaced: Callable[[Leaf], Condition]) -> Condition:
    """
    Return a condition with what ``replaced`` makes of each comparison and macro in their places.

    >>> from pratique.formats.falco.parsing import parse_condition
    >>> from pratique.formats.falco.printing import printed
    >>> tree = parse_condition("not (a and fd.num = 1)")
    >>> printed(rewritten(tree, lambda leaf: Macro("b") if isinstance(leaf, Macro) else leaf))
    'not (b and fd.num = 1)'
    """
    match tree:
        case And(parts) | Or(parts):
            made = tuple(rewritten(part, replaced) for part in parts)
            same = all(one is before for one, before in zip(made, parts, strict=True))
            return tree if same else type(tree)(made)
        case Not(part):
            inner = rewritten(part, replaced)
            return tree if inner is part else Not(inner)
        case Check() | Macro():
            return replaced(tree)
