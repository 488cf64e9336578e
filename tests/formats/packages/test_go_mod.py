"""Prove that go.mod is read as the Go command reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.go_mod import MAX_LINE_CHARS, Requirement, parse_go_mod
from pratique.model.errors import FormatError


def test_blocks_lines_quotes_and_comments():
    """All four mean the same."""
    content = b"""\
module "a.b/m" // the module
require(
\t"a.b/c" v1.0.0 // indirect
\t`a.b/d` v1.1.0//indirect

\t// nothing
)
require a.b/e v1.2.0
replace (
\ta.b/c v1.0.0 => ../c
\ta.b/e => a.b/f v2.0.0
)
exclude a.b/g v0.1.0
retract [v1.0.0, v1.9.9] // oops
"""
    found = parse_go_mod(content)

    assert found.module == "a.b/m"
    assert [(one.path, one.version) for one in found.requires] == [
        ("a.b/c", "v1.0.0"),
        ("a.b/d", "v1.1.0"),
        ("a.b/e", "v1.2.0"),
    ]
    assert [(one.path, one.version, one.by) for one in found.replaces] == [
        ("a.b/c", "v1.0.0", Requirement("../c", "")),
        ("a.b/e", "", Requirement("a.b/f", "v2.0.0")),
    ]
    assert found.excludes == (Requirement("a.b/g", "v0.1.0"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"require a.b/c v1.0.0\n",
        b"module m\nrequire a.b/c\n",
        b"module m\nrequire a.b/c v1 x\n",
        b"module m\nreplace a.b/c a.b/d\n",
        b"module m\nreplace a.b/c =>\n",
        b"module m\nrequire (\n",
        b'module "m\n',
        b"module m\n// " + b"x" * MAX_LINE_CHARS,
        b"\xff",
    ],
)
def test_broken_files_are_refused(content):
    """Half of the modules are not all of them."""
    with pytest.raises(FormatError):
        parse_go_mod(content)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_else(content):
    """Only FormatError."""
    try:
        parse_go_mod(b"module m\n" + content)
    except FormatError:
        pass
