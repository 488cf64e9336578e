"""A condition is made anew comparison by comparison, and only where something changes."""

from collections.abc import Callable

import pytest

from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.printing import printed
from pratique.formats.falco.rewriting import Leaf, rewritten
from pratique.formats.falco.syntax import And, Check, Condition, Macro, Not, Or

TEXT = "not (quiet and (fd.num = 1 or proc.name = sh)) and proc.name = sh"


def swapped(leaf: Leaf) -> Condition:
    """Put two comparisons in the place of each macro."""
    ours = parse_condition("fd.num = 7 or fd.num = 8")
    return ours if isinstance(leaf, Macro) else leaf


@pytest.mark.parametrize(
    ("replaced", "text"),
    [
        (lambda leaf: leaf, TEXT),
        (swapped, TEXT.replace("quiet", "(fd.num = 7 or fd.num = 8)")),
        (Not, "not (not quiet and (not fd.num = 1 or not proc.name = sh)) and not proc.name = sh"),
    ],
)
def test_each_comparison_and_macro_is_replaced_where_it_stands(
    replaced: Callable[[Leaf], Condition], text: str
) -> None:
    """What is put in its place is not looked into again, and nothing else moves."""
    assert printed(rewritten(parse_condition(TEXT), replaced)) == text


def test_what_does_not_change_stays_the_same_object() -> None:
    """Rules share macros, and who reads many rules knows a shared part by its identity."""
    tree = parse_condition(TEXT)
    assert rewritten(tree, lambda leaf: leaf) is tree

    made = rewritten(tree, swapped)
    assert isinstance(tree, And)
    assert isinstance(made, And)
    assert made is not tree
    assert made.parts[1] is tree.parts[1]
    assert isinstance(tree.parts[0], Not)
    assert isinstance(made.parts[0], Not)
    before, after = tree.parts[0].part, made.parts[0].part
    assert isinstance(before, And)
    assert isinstance(after, And)
    assert isinstance(after.parts[0], Or)
    assert after.parts[1] is before.parts[1]


def test_an_equal_comparison_that_is_another_object_is_put_in_place() -> None:
    """Identity is asked, not equality, which would walk the tree at every step."""
    tree = parse_condition("proc.name = sh")
    assert isinstance(tree, Check)
    other = Check(tree.left, tree.operator, tree.right)

    assert rewritten(tree, lambda _: other) is other
