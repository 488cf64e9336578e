"""Split opam's files into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.opam import Token, formula, opam_fields, strings
from pratique.model.errors import FormatError
from tests.makers.mutations import only_format_errors

SAMPLE = rb'''
# comment
opam-version: "2.0"
name: "a\"b\n"
synopsis: """three "quotes" """
depends: [ "x" {>= "1" & < "2"} | "y" (* not "z" *) ]
url { src: "u" name: "no" }
license: "MIT"
'''


def test_fields_stand_at_the_top() -> None:
    """What a section holds is left out, comments too."""
    fields = opam_fields(SAMPLE)

    assert strings(fields["name"]) == ('a"b\n',)
    assert strings(fields["synopsis"]) == ('three "quotes" ',)
    assert strings(fields["license"]) == ("MIT",)
    assert "src" not in fields
    assert [(name, len(rest)) for name, rest in formula(fields["depends"])] == [("x", 5), ("y", 0)]


def test_a_filter_is_no_section() -> None:
    """A field of one value may have one."""
    fields = opam_fields(b'depends: "x" {= "1"}\nextra-source "f" { src: "u" }\nname: "a"')

    assert [(name, len(rest)) for name, rest in formula(fields["depends"])] == [("x", 2)]
    assert strings(fields["name"]) == ("a",)


def test_operators_stand_alone() -> None:
    """Without blanks around them too."""
    assert opam_fields(b'a:{>="1"}')["a"][1] == Token(">=")


def test_a_run_of_colons_is_read_once() -> None:
    """Looking behind each for the end of all, 500,000 took minutes."""
    assert strings(opam_fields(b'a: "x" ' + b":" * 500_000)["a"]) == ("x",)


@pytest.mark.parametrize("content", [b'a: "x', b'a: """x"', b"a: (* x", b"\0"])
def test_what_does_not_end_is_refused(content: bytes) -> None:
    """A cut file is no shorter file."""
    with pytest.raises(FormatError):
        opam_fields(content)


@given(st.text(alphabet='ab:{}[]()"#*=<>& \n\\', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else escapes."""
    only_format_errors(opam_fields, text.encode())
