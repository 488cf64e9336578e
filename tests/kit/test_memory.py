"""Memory is bounded inside the block, and only there."""

import os
import resource

import pytest

from pratique.kit.memory import bounded_memory, lift_bound


def test_growth_is_bounded_inside_only() -> None:
    """What is held already does not count; afterwards there is room again."""
    held = bytearray(200 << 20)
    with bounded_memory(100 << 20):
        small = bytearray(50 << 20)
        with pytest.raises(MemoryError):
            bytearray(150 << 20)
    assert len(bytearray(150 << 20)) + len(held) + len(small) == 400 << 20


def test_the_bound_ends_with_an_error_too() -> None:
    """As it was before."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with pytest.raises(ValueError, match="x"), bounded_memory(1 << 30):
        raise ValueError("x")
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_tighter_bound_of_the_user_stands() -> None:
    """An inner block never loosens what is set already."""
    with bounded_memory(100 << 20):
        tight = resource.getrlimit(resource.RLIMIT_DATA)
        with bounded_memory(1 << 40):
            assert resource.getrlimit(resource.RLIMIT_DATA) == tight


def test_a_child_can_drop_it() -> None:
    """It has a bound of its own."""
    with bounded_memory(50 << 20):
        pid = os.fork()
        if not pid:
            status = 1
            try:
                lift_bound()
                bytearray(100 << 20)
                status = 0
            finally:
                os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
