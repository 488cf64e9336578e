"""Stacks of layers have names; a history is guessed from only where it looks like a base's end."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.lineage import chain_ids, guessed_boundary
from pratique.model.digest import sha256_of
from pratique.model.image import HistoryEntry

A, B, C = (sha256_of(name) for name in (b"a", b"b", b"c"))


def history(*steps: str) -> list[HistoryEntry]:
    """Make a history: what starts with CMD, ENTRYPOINT, ENV or #(nop) CMD makes no layer."""
    empty = ("CMD", "ENTRYPOINT", "ENV", "USER", "/bin/sh -c #(nop)  ")
    return [HistoryEntry(created_by=step, empty_layer=step.startswith(empty)) for step in steps]


def test_a_chain_is_named_as_the_specification_says() -> None:
    """ChainID(L₀|…|Lₙ) = sha256(ChainID(L₀|…|Lₙ₋₁) + " " + DiffID(Lₙ)); one layer is its diff ID."""
    two = "sha256:" + hashlib.sha256(f"{A} {B}".encode()).hexdigest()
    three = "sha256:" + hashlib.sha256(f"{two} {C}".encode()).hexdigest()

    assert chain_ids((A, B, C)) == (A, two, three)
    assert chain_ids(()) == ()
    assert chain_ids((B, A))[1] != two


@pytest.mark.parametrize(
    ("steps", "layers", "boundary"),
    [
        (("# debian.sh", 'CMD ["bash"]', "RUN make", "COPY app /app"), 3, 1),
        (("ADD x / # buildkit", "RUN a", 'CMD ["python3"]', "COPY app /", "CMD app"), 3, 2),
        (("/bin/sh -c #(nop) ADD file:0a in / ", '/bin/sh -c #(nop)  CMD ["sh"]', "RUN x"), 2, 1),
        (("ADD alpine-minirootfs-3.18.9-x86_64.tar.gz / # buildkit", "RUN x", "ENTRYPOINT y"), 2, 1),
        # Base images themselves.
        (("# debian.sh", 'CMD ["bash"]'), 1, None),
        (("/bin/sh -c #(nop) ADD file:4b in / ", "RUN set -xe", '/bin/sh -c #(nop)  CMD ["/bin/bash"]'), 2, None),
        # Nothing to go by.
        (("bazel build ...", "bazel build ..."), 2, None),
        (("COPY server /", "COPY data /"), 2, None),
        ((), 3, None),
    ],
)  # fmt: skip
def test_guesses(steps: tuple[str, ...], layers: int, boundary: int | None) -> None:
    """From histories as classic builders, BuildKit and debuerreotype write them."""
    assert guessed_boundary(history(*steps), layers) == boundary


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans())), st.integers(0, 6))
def test_a_guess_is_always_a_proper_part(steps: list[tuple[str, bool]], layers: int) -> None:
    """At least one layer is the base's and one is not."""
    made = [HistoryEntry(created_by=step, empty_layer=empty) for step, empty in steps]
    boundary = guessed_boundary(made, layers)

    assert boundary is None or 0 < boundary < layers
