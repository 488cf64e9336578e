"""What is asked of the answerer is read whatever it is; what it answers is in tests/responses/test_fanotify_gate.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.responses._gate_answering import GUARD, MAX_MESSAGE, request_of


@pytest.mark.parametrize(
    ("message", "container", "asking"),
    [
        (b"guard c0ffee 77", "c0ffee", 77),
        (b"guard c0ffee 77 more", "c0ffee", 77),
        (b"guard  77", "", 77),
        (b"guard c0ffee -1", "c0ffee", 0),
        (b"guard c0ffee 1e9", "c0ffee", 0),
        (b"guard", "", 0),
    ],
)
def test_a_request_names_the_container_and_who_asks(
    message: bytes, container: str, asking: int
) -> None:
    """What is missing, or no number, is nobody."""
    assert request_of(message) == (container, asking)


@given(st.binary(max_size=MAX_MESSAGE))
def test_any_bytes_are_a_request_of_bounded_length(rest: bytes) -> None:
    """Its name goes into what is told of each refusal."""
    container, asking = request_of(GUARD + rest)

    assert len(container) <= 128
    assert asking >= 0
