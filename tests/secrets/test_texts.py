"""Laws: UTF-16 becomes UTF-8 whatever the pieces; strings of binaries are not cut in two."""

import pytest

from pratique.secrets.texts import is_binary, pieces_of, printable_pieces
from pratique.secrets.windows import STEP
from tests.secrets.noise import TextFile


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf_16_over_many_pieces(mark):
    text = "wörd 😀\n" * (STEP // 10)
    data = ("\ufeff" + text).encode(mark)
    assert b"".join(pieces_of(TextFile("a", data))).decode() == text


def test_damaged_utf_16_is_read_on():
    data = b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00\xd8" + "cd\n".encode("utf-16-le")
    assert b"".join(pieces_of(TextFile("a", data))).decode() == "ab\ufffdcd\n"


def test_a_string_over_the_edge_of_a_piece_is_whole():
    data = b"\0" * (STEP - 5) + b"one-string-here" + b"\0" * 9 + b"short\0and-another"
    assert b"".join(printable_pieces(TextFile("a", data))) == b"one-string-here\nand-another\n"


def test_a_nul_makes_a_binary_but_for_utf_16():
    assert is_binary(b"\x7fELF\0")
    assert not is_binary("x".encode("utf-16"))
    assert not is_binary(b"")
