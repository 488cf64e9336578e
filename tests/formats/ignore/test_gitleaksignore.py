"""Read fingerprints of gitleaks."""

import pytest

from pratique.formats.ignore.gitleaksignore import read_gitleaksignore
from pratique.model.errors import FormatError
from pratique.model.finding import FindingKind


def test_a_fingerprint_names_file_rule_and_line() -> None:
    """With a commit or without; in the image the file may lie deeper."""
    text = b"# accepted\n\nconf/a.env:github-pat:3\ncd5226711335c68be1e720b318b7bc3135a30eb2:win\\b.ini:jwt:14\n"
    first, second = read_gitleaksignore(text, ".gitleaksignore").rules
    assert (first.paths, first.names, first.line) == (
        ("conf/a.env", "**/conf/a.env"),
        ("github-pat",),
        3,
    )
    assert (second.paths[0], second.names, second.line) == ("win/b.ini", ("jwt",), 14)
    assert first.kinds == (FindingKind.SECRET,)
    assert second.place == ".gitleaksignore:4"


@pytest.mark.parametrize(
    "line", ["CVE-2020-1", "a:b", "a:b:c", "a:b:0", "a:b:c:d:5", "**/*:jwt:3", "a:jwt:-1"]
)
def test_what_is_no_fingerprint_is_told(line: str) -> None:
    """Left out, so that it hides nothing."""
    read = read_gitleaksignore(line.encode(), "f")
    assert read.rules == ()
    assert len(read.problems) == 1


def test_what_is_no_text_is_refused() -> None:
    """Nor an endless list."""
    with pytest.raises(FormatError):
        read_gitleaksignore(b"\xff", "f")
    with pytest.raises(FormatError):
        read_gitleaksignore(b"\n" * 100_002, "f")
