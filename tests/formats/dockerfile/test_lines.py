"""Physical lines cover the content; only a line feed ends one."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile._lines import continued, lines_of


@given(st.binary(max_size=200))
def test_lines_cover_everything(content: bytes) -> None:
    lines = lines_of(content)
    assert b"".join(content[line.start : line.next] for line in lines) == content
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_kinds_of_lines() -> None:
    blank, comment, other = lines_of(b" \t\r\n  # a\n x #\n")
    assert (blank.is_blank, comment.is_comment, other.is_comment) == (True, True, False)
    assert other.indent == 1


def test_only_a_single_mark_at_the_end_continues() -> None:
    assert continued(b"a\\", b"\\") == 1
    assert continued(b"a\\ b", b"\\") == -1
    assert continued(b"\\", b"\\") == 0
    assert continued(b"a\\", b"`") == -1
