"""Damage valid files in many ways, to show that a parser says so and nothing worse."""

from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from pratique.model.errors import FormatError

_PIECES = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\\",
    b"{}",
    b"[]",
    b"[" * 40,
    b"null",
    b"-1",
    b"1e999",
    b"<a>",
    b"</a>",
    b"<!DOCTYPE a>",
    b"&x;",
    b":",
    b"\n",
    b"(",
    b"CVE-2026-1",
    b"9" * 30,
]


def mutated(*samples: bytes) -> st.SearchStrategy[bytes]:
    """Return files made from ``samples`` by a few cuts, insertions and repeats."""
    step = st.tuples(
        st.integers(0, 1 << 16),
        st.integers(0, 64),
        st.sampled_from(_PIECES) | st.binary(max_size=8),
    )
    return st.builds(_apply, st.sampled_from(samples), st.lists(step, max_size=4))


def _apply(sample: bytes, steps: Iterable[tuple[int, int, bytes]]) -> bytes:
    for where, length, piece in steps:
        at = where % (len(sample) + 1)
        sample = sample[:at] + piece + sample[at + length :]
    return sample


def only_format_errors(parse: Callable[[bytes], object], content: bytes) -> None:
    """Run a parser to its end; nothing but ``FormatError`` may escape."""
    try:
        found = parse(content)
        if hasattr(found, "__next__"):
            for _ in found:  # type: ignore[attr-defined]
                pass
    except FormatError:
        pass
