"""Law: a workload is complete unless said otherwise, and has no verdict unless the store gave one."""

from pratique.model.workload import ImageFacts, Workload


def test_a_workload_starts_without_facts() -> None:
    workload = Workload(id="a" * 64, engine="podman")
    assert workload.complete
    assert workload.facts is None


def test_an_image_that_was_never_judged_has_no_verdict() -> None:
    assert ImageFacts(digest="sha256:" + "0" * 64).verdict == ""
