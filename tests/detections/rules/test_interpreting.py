"""A condition is decided node by node, on events and on samples."""

from pathlib import Path

import pytest

from pratique.detections.rules.checking import check_condition
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import (
    attribute,
    event_reader,
    interpreted,
    operand_value,
    sample_reader,
)
from pratique.formats.falco.parsing import parse_condition, parse_field
from pratique.formats.falco.syntax import FieldRef
from tests.makers.conditions import MOCK, boolean_rows
from tests.makers.happenings import executed

FIELDS = all_fields()


def test_every_boolean_case_of_falco_comes_to_what_it_says(shared: Path) -> None:
    """And, or, not, brackets and quotes."""
    rows = list(boolean_rows(shared))
    read = event_reader(executed("/bin/sh"), MOCK)

    assert len(rows) == 40
    for text, result in rows:
        tree = parse_condition(text)
        check_condition(tree, MOCK)
        assert interpreted(tree, MOCK)(read) is result, text


@pytest.mark.parametrize("operator", ["=", "!=", "contains", "startswith", "glob", "<", ">="])
def test_every_comparison_with_something_missing_is_false(operator: str) -> None:
    """``!=`` too; so its opposite holds."""
    read = event_reader(executed("/bin/sh"), FIELDS)
    text = f"fd.name {operator} x" if operator not in "<>=" else f"fd.num {operator} 1"

    assert not interpreted(parse_condition(text), FIELDS)(read)
    assert interpreted(parse_condition(f"not {text}"), FIELDS)(read)


def test_a_field_is_compared_with_a_field() -> None:
    """Both have to be there."""
    read = event_reader(executed("/bin/sh", parents=("/bin/sh",)), FIELDS)

    assert interpreted(parse_condition("proc.name = val(proc.pname)"), FIELDS)(read)
    assert not interpreted(parse_condition("proc.name != val(fd.name)"), FIELDS)(read)
    assert interpreted(parse_condition("toupper(proc.name) = SH"), FIELDS)(read)


def test_a_sample_answers_by_name() -> None:
    """In each spelling of an argument, each kind, one value or several."""
    sample: dict[str, str | tuple[str, ...]] = {
        "proc.name": "sh",
        "proc.aname": ("bash", "nginx"),
        "proc.aname[2]": "nginx",
        "evt.arg.flags": "O_WRONLY",
        "fd.num": "-1",
        "evt.is_open_write": "true",
        "fd.snet": "10.1.2.3",
        "proc.args": "-n x",
    }
    read = sample_reader(sample, FIELDS)

    for text in (
        "proc.aname = nginx",
        "proc.aname[2] = nginx",
        "evt.arg[flags] contains WRONLY",
        "evt.arg.flags contains WRONLY",
        "fd.num < 0",
        "evt.is_open_write = true",
        "fd.snet in (10.0.0.0/8)",
        "not fd.name exists",
    ):
        assert interpreted(parse_condition(text), FIELDS)(read), text


def test_an_unknown_field_answers_nothing() -> None:
    """It was refused at load; whoever reads it all the same learns nothing."""
    unknown = FieldRef("no.field")

    assert event_reader(executed("/x"), FIELDS)(unknown, False) is None
    assert sample_reader({"no.field": "x"}, FIELDS)(unknown, False) is None


def test_operands_are_read_for_outputs() -> None:
    """Fields and what is made of them."""
    read = event_reader(executed("/bin/sh"), FIELDS)

    assert operand_value(parse_field("len(proc.name)"), read, FIELDS) == 2
    assert operand_value(parse_field("len(fd.name)"), read, FIELDS) is None


def test_a_path_into_an_event_stops_where_there_is_no_workload() -> None:
    """The node itself has no image."""
    assert attribute(executed("/x"), "w.name") == "web"
    assert attribute(executed("/x", workload=None), "w.name") is None
    assert attribute(executed("/bin/sh"), "p.name") == "sh"


def test_a_macro_that_was_not_put_in_place_is_a_mistake_of_ours() -> None:
    """Loading puts all in place."""
    with pytest.raises(ValueError, match="not resolved"):
        interpreted(parse_condition("a_macro"), FIELDS)
