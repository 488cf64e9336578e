"""A file of ours says by which command it was written, and any change to it shows."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.written import read_signed, sign

BODY = "name: x\njobs: {}\n"


@given(st.text(), st.sampled_from(["#", "//"]))
def test_what_was_written_is_read_again(body: str, comment: str) -> None:
    body = body.replace("\r\n", "\n")
    signed = read_signed(sign(body, "pratique ci init x", comment), comment)

    assert signed is not None
    assert (signed.command, signed.body, signed.intact) == ("pratique ci init x", body, True)


def test_a_changed_line_shows() -> None:
    changed = sign(BODY, "c", "#").replace("jobs: {}", "jobs: []")
    signed = read_signed(changed, "#")

    assert signed is not None
    assert not signed.intact


def test_line_ends_of_another_system_are_no_change() -> None:
    signed = read_signed(sign(BODY, "c", "#").replace("\n", "\r\n"), "#")

    assert signed is not None
    assert signed.intact


@given(st.text())
def test_another_file_is_not_ours(text: str) -> None:
    assert read_signed(text, "#") is None


def test_one_line_alone_is_not_enough() -> None:
    first, second, _ = sign(BODY, "c", "#").split("\n", 2)

    assert read_signed(f"{first}\n{BODY}", "#") is None
    assert read_signed(f"{second}\n{BODY}", "#") is None
