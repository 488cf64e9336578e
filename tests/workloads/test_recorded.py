"""A recording's word on a control group counts until it says another; silence is doubt."""

from pratique.model.observation import CgroupChanged
from pratique.model.workload import Workload
from pratique.workloads.recorded import RecordedIndex

WEB = Workload(id="ab" * 32, engine="podman")


def test_a_group_is_whose_the_recording_says() -> None:
    """Also the node's own, which is told like the others."""
    index = RecordedIndex()
    index.tell(7, 3, WEB)
    index.tell(1, 1, None)

    assert index.of(7, 3) is WEB
    assert index.of(1, 1) is None


def test_a_group_that_is_not_told_is_in_doubt() -> None:
    """It is not the node's, and a birth alone says nothing."""
    index = RecordedIndex()
    index.observe(CgroupChanged("/libpod-" + "ab" * 32, 9), 5)
    doubtful = index.of(9)

    assert doubtful is not None
    assert not doubtful.complete
