"""A report of shellcheck is read, and anything else is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.shellcheck_report import comments_of
from pratique.model.errors import FormatError

ONE = {
    "file": "0.sh",
    "line": 3,
    "endLine": 3,
    "column": 6,
    "endColumn": 8,
    "level": "info",
    "code": 2086,
    "message": "Double quote to prevent globbing and word splitting.",
    "fix": {"replacements": []},
}


def test_a_finding() -> None:
    """Fields by their names; what is not needed is passed over."""
    (found,) = comments_of(json.dumps({"comments": [ONE]}).encode())

    assert (found.line, found.end_column, found.code) == (3, 8, 2086)


@given(st.binary(max_size=60))
def test_anything_else_is_refused(content: bytes) -> None:
    """Any bytes give a report without findings, or an error of the format."""
    try:
        assert comments_of(content) == ()
    except FormatError:
        pass


def test_a_finding_without_a_place_is_refused() -> None:
    """Nothing is made up."""
    with pytest.raises(FormatError):
        comments_of(b'{"comments": [{"code": 1}]}')
