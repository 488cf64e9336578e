"""What is printed parses to what it was."""

from pathlib import Path

from hypothesis import given

from pratique.formats.falco.parsing import parse_condition, parse_field
from pratique.formats.falco.printing import printed, printed_operand
from pratique.formats.falco.syntax import Condition
from tests.makers.conditions import grammar_rows, trees


@given(trees)
def test_a_printed_tree_parses_to_itself(tree: Condition) -> None:
    """Brackets, quotes and escapes are all written that are needed."""
    assert parse_condition(printed(tree)) == tree


def test_every_valid_case_of_falco_prints_to_itself(shared: Path) -> None:
    """What people write survives, too."""
    rows = [row.text for row in grammar_rows(shared) if row.valid and row.stage == "parse"]

    assert rows
    for text in rows:
        tree = parse_condition(text)
        assert parse_condition(printed(tree)) == tree, text


def test_brackets_stand_only_where_they_are_needed() -> None:
    """``and`` inside ``or`` needs none, the other way round it does."""
    text = "a and not b or c"

    assert printed(parse_condition(text)) == text
    assert printed(parse_condition("a and (b or c)")) == "a and (b or c)"


def test_an_operand_prints_as_outputs_name_it() -> None:
    """The names of output fields are those of the rule."""
    for text in ("proc.aname[2]", "toupper(fd.name)", 'join("-", (a.b, c.d))'):
        assert printed_operand(parse_field(text)) == text
