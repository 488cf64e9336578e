"""The bounds are positive, immutable and consistent with each other."""

import msgspec
import pytest

from pratique.kit.limits import DEFAULT, Limits


@pytest.mark.parametrize("name", Limits.__struct_fields__)
def test_every_bound_is_positive(name: str) -> None:
    """No bound is switched off by default."""
    assert getattr(DEFAULT, name) > 0


def test_bounds_do_not_change_while_a_scan_runs() -> None:
    """A reader cannot loosen the bounds it was given."""
    with pytest.raises(AttributeError):
        DEFAULT.layers = 10**9  # type: ignore[misc]


def test_inner_bounds_fit_into_outer_ones() -> None:
    """What is kept of one file fits into what is kept of its layer, and so on upwards."""
    assert DEFAULT.kept_file_bytes <= DEFAULT.kept_layer_bytes <= DEFAULT.result_bytes
    assert DEFAULT.kept_layer_bytes <= DEFAULT.tar_bytes
    assert DEFAULT.path_bytes <= DEFAULT.header_bytes
    assert DEFAULT.zstd_window_bytes < DEFAULT.worker_memory_bytes


def test_memory_bounds_respect_the_promise() -> None:
    """Workers and what they send, held on both sides, stay under 512 MB with the kept files."""
    most = max(
        DEFAULT.worker_memory_bytes + DEFAULT.kept_file_bytes, 2 * DEFAULT.workers_memory_bytes
    )
    assert most + DEFAULT.kept_memory_bytes < 512 * 10**6


def test_one_bound_can_be_changed_alone() -> None:
    """A person who trusts an image raises one limit and keeps the others."""
    raised = msgspec.structs.replace(DEFAULT, entries=5)

    assert raised.entries == 5
    assert msgspec.structs.replace(raised, entries=DEFAULT.entries) == DEFAULT
