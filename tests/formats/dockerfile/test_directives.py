"""Directives stand at the very beginning, before anything else."""

import pytest

from pratique.formats.dockerfile.parsing import parse


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"# syntax = a/b:1 \n#check=skip=X;error=true\nFROM a", {"syntax": "a/b:1", "check": "skip=X;error=true"}),
        (b"#ESCAPE=`\n", {"escape": "`"}),
        (b"\n# syntax=a\n", {}),
        (b"# a comment\n# syntax=a\n", {}),
        (b"# unknown=a\n# syntax=a\n", {}),
        (b"FROM a\n# escape=`\n", {}),
    ],
)  # fmt: skip
def test_where_directives_end(content: bytes, found: dict[str, str]) -> None:
    assert parse(content).directives == found


def test_the_place_of_a_value() -> None:
    content = b"# syntax =  docker/x:1 \r\n"
    (one,) = parse(content).pieces
    assert one.value_span.of(content) == b"docker/x:1"
