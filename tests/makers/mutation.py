"""Damage bytes in the ways files get damaged: cut, overwritten, spliced, repeated."""

from collections.abc import Sequence

from hypothesis import strategies as st


@st.composite
def damaged(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """Draw one of ``samples`` with up to eight wounds."""
    content = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(content)))
        kind = draw(st.sampled_from(("cut", "write", "insert", "repeat", "ones")))
        if kind == "cut":
            del content[at : at + draw(st.integers(1, 5000))]
        elif kind == "write":
            new = draw(st.binary(min_size=1, max_size=8))
            content[at : at + len(new)] = new
        elif kind == "insert":
            content[at:at] = draw(st.binary(min_size=1, max_size=40))
        elif kind == "repeat":
            content += content[at : at + 2000]
        else:
            content[at : at + 4] = b"\xff" * 4
    return bytes(content)
