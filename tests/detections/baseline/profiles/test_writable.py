"""What is written lies in a writable folder, and no folder in another."""

from hypothesis import given

from pratique.detections.baseline.merging import normal
from pratique.detections.baseline.profiles._writable import is_writable, writable_folders
from pratique.model.baseline import Baseline
from tests.makers.baselines import baselines


@given(baselines)
def test_every_write_is_in_one(one: Baseline) -> None:
    one = normal(one)
    folders = writable_folders(one)
    assert all(is_writable(path, folders) for path in one.writes)
    for folder in folders:
        others = [other for other in folders if other != folder]
        assert not is_writable(folder.folder, others) or folder.folder == "/"


def test_what_differs_from_run_to_run_is_not_mounted() -> None:
    one = Baseline(digest="", workload="x", writes=("/data/*/x", "/proc/*/comm"))
    (only,) = writable_folders(one)
    assert (only.folder, only.memory) == ("/data", False)
