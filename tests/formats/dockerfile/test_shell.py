"""Simple commands of a RUN are found with their places, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.shell import commands_of
from pratique.formats.dockerfile.tree import Folded


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return operator, program and arguments of each command."""
    found = commands_of(Folded(text, ((0, 0),)))
    return [(one.operator, one.program, one.arguments) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b && c", [("", "a", ("b",)), ("&&", "c", ())]),
        ("A=1 B=$(x y) sudo -u me apt-get -y i", [("", "apt-get", ("-y", "i")), ("", "x", ("y",))]),
        ("if a; then b 'c d'; fi", [("", "a", ()), (";", "b", ("c d",))]),
        ('echo "$(cat "x y")" # && rm z', [("", "echo", ('$(cat "x y")',)), ("", "cat", ("x y",))]),
        ("(cd x; y) | z", [("(", "cd", ("x",)), (";", "y", ()), ("|", "z", ())]),
        ("a `b c` d", [("", "a", ("`b c`", "d")), ("", "b", ("c",))]),
        ("a ${b:-c d} e", [("", "a", ("${b:-c d}", "e"))]),
        ("a $((1 + 2)) b", [("", "a", ("$((1 + 2))", "b"))]),
        ("A=1", [("", "", ())]),
    ],
)
def test_commands(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    """Operators, wrappers, assignments, keywords and substitutions as a shell reads them."""
    assert read(text) == expected


def test_redirections_are_told_apart() -> None:
    """A file that is written or read is no argument."""
    (one,) = commands_of(Folded("a b 2>&1 > /out c < in", ((0, 0),)))

    assert (one.arguments, one.writes, one.reads) == (("b", "c"), "/out", "<in")


def test_options() -> None:
    """Bundled letters count, values are found in both spellings."""
    (one,) = commands_of(Folded("tar -xzf - --dir=/x -C /y f", ((0, 0),)))

    assert one.has("-z")
    assert not one.has("-q")
    assert (one.value("--dir"), one.value("-C"), one.value("-q")) == ("/x", "/y", None)


@given(st.text(alphabet="ab ;|&()<>'\"\\`$={}#\n-é", max_size=80))
def test_any_text_is_read(text: str) -> None:
    """It ends, and every word stands where it says, in order."""
    content = text.encode()
    for one in commands_of(Folded(text, ((0, 0),))):
        for word in (*one.before, *one.words):
            assert word.span.of(content).decode() == word.raw
