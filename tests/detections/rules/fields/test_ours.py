"""``pratique.*`` says what only this program knows."""

from msgspec.structs import replace

from pratique.model.observation import Mapped, RingSubmitted
from pratique.model.workload import ImageFacts, PodFacts
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import DIGEST, WEB, event, executed

JUDGED = replace(
    WEB, facts=ImageFacts(digest=DIGEST, verdict="deny", flaws=(("critical", 2), ("low", 9)))
)
NAMES = ("pratique.verdict", "pratique.flaws.critical", "pratique.flaws.high")


def test_the_image_has_a_verdict_where_it_was_judged() -> None:
    """An image that nobody judged has none: unknown is never clean."""
    assert read(executed("/x", workload=JUDGED), *NAMES) == ["deny", 2, 0]
    assert read(executed("/x"), *NAMES) == [None, None, None]
    assert read(executed("/x", workload=None), *NAMES) == [None, None, None]


def test_drift_is_told_of_what_runs_or_is_mapped() -> None:
    """Of nothing else."""
    assert read(executed("/x", memfd=True), "pratique.drifted") == [True]
    assert read(executed("/x"), "pratique.drifted") == [False]
    assert read(event("mmap_exec", Mapped("/x", upper_layer=True)), "pratique.drifted") == [True]
    assert read(event("io_uring_submit", RingSubmitted(18)), "pratique.drifted") == [None]


def test_node_container_count_and_ring() -> None:
    """Where, how often, and what was handed to io_uring."""
    seen = event("io_uring_submit", RingSubmitted(18), count=3)

    assert read(seen, "pratique.node", "pratique.in_container", "pratique.count") == [
        "node-1",
        True,
        3,
    ]
    assert read(seen, "pratique.ring_operation") == [18]
    assert read(executed("/x", workload=None), "pratique.in_container") == [False]


def test_a_pod_is_of_something_that_people_made() -> None:
    """A deployment, not its replica set; nothing where nobody told it."""
    labels = (("pod-template-hash", "5d69"),)
    facts = PodFacts(
        labels=labels, owner_kind="ReplicaSet", owner="web-5d69", service_account="shopper"
    )
    names = ("pratique.pod_owner", "pratique.service_account")
    told = executed("/x", workload=replace(WEB, pod_facts=facts))
    silent = executed("/x", workload=replace(WEB, pod_facts=PodFacts(sandbox="s")))

    assert read(told, *names) == ["Deployment/web", "shopper"]
    assert read(silent, *names) == read(executed("/x", workload=WEB), *names) == [None, None]
