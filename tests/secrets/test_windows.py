"""Law: each place lies in one core, with what is around it, and lines count on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.secrets.windows import AHEAD, BACK, STEP, windows


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, STEP), min_size=1, max_size=6), st.integers(1, 97))
def test_the_cores_are_the_text(sizes, period):
    line = b"x" * period + b"\n"
    pieces = [(line * (size // len(line) + 1))[:size] for size in sizes]
    whole, at = b"".join(pieces), 0
    for window in windows(pieces):
        assert window.offset + window.start == at
        assert whole[window.offset : window.offset + len(window.text)] == window.text
        assert window.line == 1 + whole.count(b"\n", 0, window.offset)
        assert window.start == min(at, BACK) or window.offset == 0
        at = window.offset + window.stop
        assert len(window.text) - window.stop in (0, AHEAD)
    assert at == len(whole)
