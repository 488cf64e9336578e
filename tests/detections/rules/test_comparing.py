"""Values are compared by the kind of their field; what cannot be compared is an error at load."""

from collections.abc import Sequence

import pytest

from pratique.detections.rules.comparing import (
    SUITS,
    Incomparable,
    One,
    check_operator,
    constant,
    in_networks,
    over,
    single_test,
)
from pratique.detections.rules.comparing import (
    test_of as comparison,
)
from pratique.detections.rules.fields.field import Kind, Many, Value
from pratique.formats.falco.syntax import OPERATORS


@pytest.mark.parametrize(
    ("operator", "wanted", "holds", "fails"),
    [
        ("=", ["a"], "a", "b"),
        ("==", ["a"], "a", "A"),
        ("!=", ["a"], "b", "a"),
        ("contains", ["b"], "abc", "ac"),
        ("icontains", ["B"], "abc", "ac"),
        ("startswith", ["/etc"], "/etcetera", "x/etc"),
        ("startswith", ["/a", "/b"], "/bc", "/c"),
        ("endswith", [".sh"], "x.sh", ".sh.x"),
        ("glob", ["/tmp/*.sh"], "/tmp/a/b.sh", "/tmp/a.shx"),
        ("iglob", ["*.SH"], "x.sh", "x.s"),
        ("regex", ["a(b|c)+"], "abcb", "xabc"),
        ("in", ["a", "b"], "b", "c"),
        ("pmatch", ["/etc", "/home/*/.ssh"], "/home/app/.ssh/id", "/etcetera"),
        ("<", ["b"], "a", "b"),
        (">=", ["b"], "b", "a"),
        ("exists", [], "", None),
    ],
)
def test_texts_are_compared(
    operator: str, wanted: Sequence[One], holds: str, fails: str | None
) -> None:
    """Each operator says yes to one text and no to another."""
    test = comparison(Kind.TEXT, operator, "", wanted)

    assert test(holds)
    assert fails is None or not test(fails)


def test_numbers_are_compared_as_numbers() -> None:
    """Ten is more than nine."""
    assert comparison(Kind.NUMBER, ">", "", [9])(10)
    assert not comparison(Kind.NUMBER, ">", "", [9])("10")


@pytest.mark.parametrize(
    ("modifier", "holding"),
    [("oneof", ["ax", "bx"]), ("anyof", ["ax", "bx", "ab"]), ("allof", ["ab"])],
)
def test_modifiers_count_what_holds(modifier: str, holding: list[str]) -> None:
    """Exactly one, at least one, or all of the constants."""
    test = comparison(Kind.TEXT, "contains", modifier, ["a", "b"])

    assert [text for text in ("ax", "bx", "ab", "x") if test(text)] == holding
    assert not comparison(Kind.TEXT, "contains", modifier, [])("a")


def test_addresses_lie_in_networks() -> None:
    """Of both kinds; what is no address lies nowhere."""
    inside = in_networks(["10.0.0.0/8", "fe80::/10", "192.0.2.1"])

    assert [text for text in ("10.1.1.1", "fe80::1", "192.0.2.1") if inside(text)]
    assert not any(map(inside, ("11.0.0.1", "::1", "192.0.2.2", "no address", "")))
    assert comparison(Kind.NET, "!=", "", ["10.0.0.0/8"])("11.0.0.1")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.NUMBER, "0x1F", 31),
        (Kind.NUMBER, "-3", -3),
        (Kind.BOOL, "false", False),
        (Kind.ADDRESS, "::ffff", "::ffff"),
        (Kind.NET, "10.1.2.3/8", "10.0.0.0/8"),
        (Kind.TEXT, "a b", "a b"),
    ],
)
def test_constants_are_of_the_kind_of_the_field(kind: Kind, text: str, value: One) -> None:
    """A number is read as one, a network without its host's part."""
    assert constant(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.NUMBER, "one"),
        (Kind.NUMBER, "9" * 100),
        (Kind.BOOL, "1"),
        (Kind.ADDRESS, "10.0.0"),
        (Kind.NET, "10.0.0.0/99"),
        (Kind.TEXT, "a\0b"),
    ],
)
def test_a_constant_of_another_kind_is_an_error(kind: Kind, text: str) -> None:
    """It could never be equal to anything."""
    with pytest.raises(Incomparable):
        constant(kind, text)


def test_bytes_are_compared_as_hexadecimal() -> None:
    """``bcontains 6162`` looks for ``ab``."""
    assert constant(Kind.BYTES, "6162", "bcontains") == "ab"
    with pytest.raises(Incomparable, match="hexadecimal"):
        constant(Kind.BYTES, "xyz", "bstartswith")


def test_every_operator_suits_some_kind_and_not_all() -> None:
    """A number has no prefix, and no operator is left out."""
    assert set().union(*SUITS.values()) == set(OPERATORS)
    with pytest.raises(Incomparable, match="does not compare a number"):
        check_operator(Kind.NUMBER, "startswith")


@pytest.mark.parametrize(
    ("many", "operator", "values", "holds"),
    [
        (Many.ANY, "=", ("a", "b"), True),
        (Many.ANY, "!=", ("a", "b"), True),
        (Many.EITHER, "!=", ("a", "b"), False),
        (Many.EITHER, "=", ("b", "c"), False),
        (Many.LIST, "in", ("a", "b"), False),
        (Many.LIST, "in", ("a", "a"), True),
        (Many.LIST, "intersects", ("a", "b"), True),
    ],
)
def test_several_values_are_judged_by_what_the_field_means(
    many: Many, operator: str, values: Value, holds: bool
) -> None:
    """One ancestor is enough, but "neither end is a" has to hold of both ends."""
    assert over(many, operator, comparison(Kind.TEXT, operator, "", ["a"]))(values) is holds


def test_two_fields_are_compared_by_the_same_rules() -> None:
    """A text never orders with a number."""
    assert single_test("<", 3)(2)
    assert not single_test("<", "3")(2)
    assert single_test("iglob", "A*")("abc")
