"""The grammar reads what Falco's reads, refuses what it refuses, and is bounded."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import (
    MAX_CHARS,
    MAX_DEPTH,
    operand_at,
    parse_condition,
    parse_field,
)
from pratique.formats.falco.syntax import (
    And,
    Check,
    FieldRef,
    Items,
    ListRef,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)
from tests.makers.conditions import grammar_rows

_PIECES = [
    "proc.name",
    "evt.type",
    "fd.name[1]",
    "a_macro",
    "and",
    "or",
    "not",
    "(",
    ")",
    "=",
    "!=",
    "in",
    "pmatch",
    "exists",
    "contains",
    "regex",
    "oneof",
    "anyof",
    "'x",
    "y'",
    '"z"',
    "cat",
    "0x1f",
    "-3",
    "1.5",
    ",",
    "tolower(",
    "val(",
    "join(",
    "[",
    "]",
    "\\",
    "'",
    '"',
    "\n",
]


def test_every_case_of_falco_parses_or_fails_as_it_does(shared: Path) -> None:
    """Valid conditions parse; those invalid by their grammar alone do not."""
    wrong = [
        (row.text, row.valid)
        for row in grammar_rows(shared)
        if (row.valid or row.stage == "parse") and _parses(row.text) != row.valid
    ]

    assert wrong == []


def test_blanks_around_a_condition_change_nothing(shared: Path) -> None:
    """What is valid is valid between blanks, too, and means the same."""
    valid = [row.text for row in grammar_rows(shared) if row.valid and row.stage == "parse"]

    assert len(valid) > 300
    for text in valid:
        assert parse_condition(f" \t\n{text}\r\n ") == parse_condition(text)


def test_and_binds_stronger_than_or_and_not_strongest() -> None:
    """``a or b and not c`` is ``a or (b and (not c))``."""
    assert parse_condition("a or b and not c") == Or(
        (Macro("a"), And((Macro("b"), Not(Macro("c")))))
    )


def test_two_negations_are_none() -> None:
    """``not not a`` is ``a``; brackets keep them apart."""
    assert parse_condition("not not a") == Macro("a")
    assert parse_condition("not (not a)") == Not(Not(Macro("a")))


def test_a_check_holds_its_field_operator_and_constant() -> None:
    """Arguments, quotes and lists are read as what they are."""
    assert parse_condition("proc.aname[2]='a b'") == Check(
        FieldRef("proc.aname", "2"), "=", Text("a b")
    )
    assert parse_condition('fd.name in (/etc, "x")') == Check(
        FieldRef("fd.name"), "in", Texts((Text("/etc", bare=True), Text("x")))
    )
    assert parse_condition("fd.name pmatch folders").right == ListRef("folders")  # type: ignore[union-attr]


def test_a_modifier_is_one_only_before_a_list() -> None:
    """``= oneof (a)`` compares with a list, ``= oneof`` with the word."""
    assert parse_condition("proc.name = oneof (a)").modifier == "oneof"  # type: ignore[union-attr]
    assert parse_condition("proc.name = oneof").right == Text("oneof", bare=True)  # type: ignore[union-attr]


def test_transformers_nest_and_hold_lists() -> None:
    """``toupper(join("-", (a.b, c.d)))`` is a tree of its parts."""
    found = parse_condition('toupper(join("-", (fd.name, proc.name))) = X')

    joined = Transform("join", (Text("-"), Items((FieldRef("fd.name"), FieldRef("proc.name")))))
    assert found == Check(Transform("toupper", (joined,)), "=", Text("X", bare=True))


def test_a_list_with_an_odd_name_is_one_word_where_it_is_known() -> None:
    """A list called ``my tools`` can be named between brackets."""
    found = parse_condition("proc.name in (my tools, cat)", ["my tools"])

    assert isinstance(found, Check)
    assert found.right == Texts((Text("my tools", bare=True), Text("cat", bare=True)))


@pytest.mark.parametrize("opened", ["(", "not(", "a and (", "tolower("])
def test_depth_is_bounded(opened: str) -> None:
    """A hundred thousand brackets are an error, not a crash."""
    with pytest.raises(ConditionError, match=f"more than {MAX_DEPTH} deep"):
        parse_condition(opened * 100_000 if len(opened) == 1 else opened * 20_000)


def test_the_deepest_allowed_condition_parses() -> None:
    """As many brackets as the bound says are read."""
    assert parse_condition("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == Macro("a")


def test_size_is_bounded() -> None:
    """A condition of too many characters is refused before it is read."""
    with pytest.raises(ConditionError, match="characters"):
        parse_condition("a" * (MAX_CHARS + 1))


def test_an_error_says_where_and_what() -> None:
    """The place counts characters from 0, and the hint leads to the grammar."""
    with pytest.raises(ConditionError) as caught:
        parse_condition("proc.name = cat xor b")

    assert caught.value.at == 16
    assert "rules-language" in caught.value.hint()


def test_a_field_is_read_alone() -> None:
    """What exceptions name is a field or transformer, and nothing behind it."""
    assert parse_field(" fd.sip ") == FieldRef("fd.sip")
    with pytest.raises(ConditionError):
        parse_field("fd.sip = 1")
    with pytest.raises(ConditionError):
        parse_field("macro")


def test_an_operand_is_found_within_a_text() -> None:
    """Where none begins, nothing is taken."""
    assert operand_at("no field", 3) == (None, 3)
    assert operand_at("%evt.arg[flags];", 1) == (FieldRef("evt.arg", "flags"), 15)


@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join))
)
def test_any_text_parses_or_is_an_error(text: str) -> None:
    """The parser never fails in another way."""
    with contextlib.suppress(ConditionError):
        parse_condition(text)


def _parses(text: str) -> bool:
    try:
        parse_condition(text)
    except ConditionError:
        return False
    return True
