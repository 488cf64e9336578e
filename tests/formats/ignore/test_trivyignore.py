"""Read .trivyignore."""

import pytest

from pratique.formats.ignore.rule import EVERY_KIND
from pratique.formats.ignore.trivyignore import MAX_LINES, read_trivyignore
from pratique.model.errors import FormatError

SAID = b"""# Accept the risk
CVE-2018-14618

  CVE-2019-14697 exp:2023-01-01
aws-access-key-id # a sample
CVE-2020-1 expires:never
CVE-2020-2 exp:2023-1-1
"""


def test_lines_are_ids_with_an_end() -> None:
    """Of every kind; a date that is none is told and its line left out, as Trivy does."""
    found = read_trivyignore(SAID, ".trivyignore")
    assert [(one.names, one.expires, one.reason, one.place) for one in found.rules] == [
        (("CVE-2018-14618",), "", "", ".trivyignore:2"),
        (("CVE-2019-14697",), "2023-01-01", "", ".trivyignore:4"),
        (("aws-access-key-id",), "", "a sample", ".trivyignore:5"),
        (("CVE-2020-1",), "", "", ".trivyignore:6"),
    ]
    assert {one.kinds for one in found.rules} == {EVERY_KIND}
    (problem,) = found.problems
    assert problem.startswith(".trivyignore:7: '2023-1-1' is no date")


@pytest.mark.parametrize("content", [b"\xff", b"x\n" * (MAX_LINES + 1)])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    """Not text, or endless."""
    with pytest.raises(FormatError):
        read_trivyignore(content, "f")
