"""Trees are values: equal ones are one key."""

from pratique.formats.falco.syntax import (
    LISTED,
    NUMERIC,
    OPERATORS,
    TEXTUAL,
    And,
    Check,
    FieldRef,
    Text,
)


def test_equal_trees_are_one_key() -> None:
    """A compiler can tell what rules have in common."""
    first, second = (Check(FieldRef("a.b"), "=", Text("x")) for _ in range(2))

    assert {And((first, second)): 1}[And((second, first))] == 1


def test_no_operator_hides_a_longer_one() -> None:
    """The first operator that fits is taken, so a longer one stands before its beginning."""
    for group in (NUMERIC, TEXTUAL, LISTED):
        for at, operator in enumerate(group):
            assert not any(
                later.startswith(operator) and not operator.isalpha() for later in group[at + 1 :]
            )


def test_every_operator_is_listed_once() -> None:
    """What documents them names each once."""
    assert len(set(OPERATORS)) == len(OPERATORS)
