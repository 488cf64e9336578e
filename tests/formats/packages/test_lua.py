"""Read the plain assignments of a Lua file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.lua import assignments
from pratique.model.errors import FormatError
from tests.makers.mutations import only_format_errors


def test_strings_of_all_kinds() -> None:
    """Both quotes, escapes, long brackets; comments of both kinds are passed over."""
    found = assignments(b"""
-- a = "no"
--[==[ a = "no" ]==]
a = "x\\ty" b = 'z' c = [=[
long ]] text]=]
""")

    assert found == {("a",): ["x\ty"], ("b",): ["z"], ("c",): ["long ]] text"]}


def test_what_must_be_computed_is_not_known() -> None:
    """Calls, comparisons and conditions; joined names are read."""
    found = assignments(b"""
local n, v = "a", "1"
name = f("no")
a = n == "dev" and "no" or n
m = "x" c = m .. "-" .. m
d = tostring(1) .. "no"
""")

    assert ("name",) not in found
    assert ("a",) not in found
    assert ("d",) not in found
    assert found[("c",)] == ["x-x"]


def test_tables_are_places() -> None:
    """Strings without a key are those of their table."""
    found = assignments(b'd = { "a"; "b", k = "c", { "e" }, ["x"] = 1, [2] = { z = "f" } }')

    assert found[("d",)] == ["a", "b"]
    assert found[("d", "k")] == ["c"]
    assert found[("d", "")] == ["e"]


def test_doubling_is_bounded() -> None:
    """A name joined to itself again and again would take all memory."""
    found = assignments(b'a = "' + b"x" * 1000 + b'"\n' + b"a = a .. a\n" * 60)

    assert max(map(len, found[("a",)])) <= 1 << 16


def test_depth_is_bounded() -> None:
    """And zero bytes are no text."""
    with pytest.raises(FormatError, match="nested"):
        assignments(b"a = " + b"{" * 100)
    with pytest.raises(FormatError, match="text"):
        assignments(b"\0")


@given(st.text(alphabet="ab=.,;{}[]()\"'-\\ \n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else escapes."""
    only_format_errors(assignments, text.encode())
