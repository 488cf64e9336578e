"""The bounds of a recording hold each other."""

from pratique.formats.recording.values import MAX_FRAME_BYTES, MAX_RUN_BYTES, RUN


def test_a_full_run_of_long_observations_fits_a_frame() -> None:
    """The kernel's longest record is some kilobytes; a run of them stays below both bounds."""
    assert RUN * 12_000 < MAX_FRAME_BYTES < MAX_RUN_BYTES
