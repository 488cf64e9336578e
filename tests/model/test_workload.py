"""Law: a workload is complete unless said otherwise, and has no verdict unless the store gave one."""

from pratique.model.workload import ImageFacts, PodFacts, Workload


def test_a_workload_starts_without_facts() -> None:
    workload = Workload(id="a" * 64, engine="podman")
    assert workload.complete
    assert workload.facts is None


def test_an_image_that_was_never_judged_has_no_verdict() -> None:
    assert ImageFacts(digest="sha256:" + "0" * 64).verdict == ""


def test_only_a_replica_set_with_its_hash_names_a_deployment() -> None:
    hashed = (("pod-template-hash", "5d69"),)
    assert PodFacts(labels=hashed, owner_kind="ReplicaSet", owner="web-5d69").deployment == "web"
    assert PodFacts(labels=hashed, owner_kind="Job", owner="web-5d69").deployment == ""
    assert PodFacts(labels=hashed, owner_kind="ReplicaSet", owner="web-77").deployment == ""
    assert PodFacts(owner_kind="ReplicaSet", owner="web-5d69").deployment == ""


def test_what_people_made_is_named_before_what_was_made_of_it() -> None:
    hashed = (("pod-template-hash", "5d69"),)
    web = PodFacts(labels=hashed, owner_kind="ReplicaSet", owner="web-5d69")
    assert web.made_by == ("Deployment", "web")
    assert PodFacts(owner_kind="Job", owner="nightly").made_by == ("Job", "nightly")
    assert PodFacts().made_by == ("", "")
