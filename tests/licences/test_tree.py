"""Trees are flat, hold each licence once and are written with no needless bracket."""

from pratique.licences._tree import Group, Leaf, joined, leaves, written

MIT, ISC, GPL = Leaf("MIT"), Leaf("ISC"), Leaf("GPL-2.0-only", "Classpath-exception-2.0")


def test_equal_words_are_one_group() -> None:
    """Whatever was nested."""
    tree = joined("AND", [MIT, joined("AND", [ISC, MIT]), GPL])

    assert tree == Group("AND", (MIT, ISC, GPL))
    assert joined("OR", [MIT, MIT]) == MIT


def test_brackets_keep_the_meaning() -> None:
    """A choice inside of what all applies needs them."""
    tree = joined("AND", [joined("OR", [MIT, ISC]), GPL])

    assert written(tree) == "(MIT OR ISC) AND GPL-2.0-only WITH Classpath-exception-2.0"
    assert list(leaves(tree)) == [MIT, ISC, GPL]
