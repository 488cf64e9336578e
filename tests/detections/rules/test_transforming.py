"""Transformers make values of values; of nothing they make nothing."""

import pytest

from pratique.detections.rules.fields.field import Value
from pratique.detections.rules.transforming import MAX_CHARS, transformed


@pytest.mark.parametrize(
    ("name", "values", "made"),
    [
        ("tolower", ["ABc"], "abc"),
        ("toupper", ["abC"], "ABC"),
        ("basename", ["/usr/bin/curl/"], "curl"),
        ("basename", ["curl"], "curl"),
        ("len", ["abc"], 3),
        ("len", [("a", "b")], 2),
        ("len", [5], None),
        ("b64", ["aGVsbG8"], "hello"),
        ("b64", ["not base64!"], None),
        ("join", ["-", ("a", "b")], "a-b"),
        ("join", ["-", "a"], "a"),
        ("concat", ["a", "b", 1], "ab1"),
        ("val", ["a"], "a"),
    ],
)
def test_what_a_transformer_makes(
    name: str, values: list[Value | None], made: Value | None
) -> None:
    """One value of its parts, or nothing where it cannot."""
    assert transformed(name, values, None) == made


@pytest.mark.parametrize("name", ["tolower", "len", "join", "concat", "getopt", "b64"])
def test_of_something_missing_nothing_is_made(name: str) -> None:
    """Whatever the other parts are."""
    assert transformed(name, ["a", None], None) is None


def test_options_are_found_as_getopt_finds_them() -> None:
    """Letters together, values behind or beside, ``--`` ends them."""
    arguments = ("-ab", "-t10", "-n", "x", "--", "-c")

    assert transformed("getopt", [arguments, "abt:n:c"], None) == ("a", "b", "t", "10", "n", "x")
    assert transformed("getopt", [arguments, "abt:n:c"], "t") == "10"
    assert transformed("getopt", [arguments, "abt:n:c"], "a") == "a"
    assert transformed("getopt", [arguments, "abt:n:c"], "c") is None
    assert transformed("getopt", [("-z",), "a"], None) == ("?",)
    assert transformed("getopt", ["-n x file", "n:"], "n") == "x"
    assert transformed("getopt", [("file",), "n:"], None) is None


def test_joined_texts_are_bounded() -> None:
    """Arguments may be long."""
    long = "x" * MAX_CHARS
    assert len(str(transformed("concat", [long, long], None))) == MAX_CHARS
    assert len(str(transformed("join", ["", (long, long)], None))) == MAX_CHARS
