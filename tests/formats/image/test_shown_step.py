import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.shown_step import shown_step

VALUE = "v4lue" * 3


@pytest.mark.parametrize("prefix", ["", "RUN "])
@pytest.mark.parametrize("shell", ["/bin/sh -c make", "/bin/bash -eo pipefail -c make", "/usr/local/bin/bash -c make", ""])  # fmt: skip
@pytest.mark.parametrize("value", [VALUE, f"two {VALUE} words", f"a={VALUE}", f"{VALUE}\nline"])
def test_no_value_of_a_build_argument_is_left(prefix: str, shell: str, value: str):
    """Whatever the value holds and whichever shell follows, names and command stay, the value goes."""
    shown = shown_step(f"{prefix}|2 TOKEN={value} USER=me {shell}".rstrip())
    assert VALUE not in shown
    assert shown.startswith(f"{prefix}|2 TOKEN=… ")
    assert shown.endswith(shell)


@given(st.text(max_size=60))
def test_other_steps_stay_as_they_are(line: str):
    """A step without build arguments is nobody's secret to hide."""
    if not line.removeprefix("RUN ").startswith("|"):
        assert shown_step(line) == line


@given(st.text(alphabet="ab=| /sh-c\n…", max_size=80))
def test_any_line_is_read(line: str):
    """It never fails, and doing it twice changes nothing."""
    once = shown_step(f"|1 {line}")
    assert shown_step(once) == once
