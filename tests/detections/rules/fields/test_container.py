"""``container.*`` and ``k8s.*`` say where it happened; on the node itself, that it did."""

from msgspec.structs import replace

from pratique.model.workload import BindMount, PodFacts, Workload
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import DIGEST, START, WEB, executed

FULL = replace(
    WEB,
    privileged=True,
    started_ns=START - 5,
    init_pid=7,
    pod="web-1",
    namespace="shop",
    pod_uid="u1",
    labels=(("app", "web"), ("tier", "front")),
    mounts=(BindMount("/var/run", "/host", writable=False), BindMount("/data", "/srv")),
)


def test_a_container_is_named_and_numbered() -> None:
    """Short and whole."""
    seen = executed("/bin/sh", workload=FULL)

    assert read(seen, "container.id", "container.full_id", "container.name", "container.type") == [
        FULL.id[:12],
        FULL.id,
        "web",
        "podman",
    ]
    assert read(seen, "container.privileged", "container.duration", "container.host_pid") == [
        True,
        5,
        7,
    ]


def test_an_image_is_taken_apart() -> None:
    """A port of a registry is no tag."""
    names = ("container.image.repository", "container.image.tag", "container.image.digest")
    odd = Workload(id="c", engine="podman", image="registry.example:5000/app@sha256:00")

    assert read(executed("/x", workload=FULL), *names) == [
        "registry.example/shop/web",
        "1.4",
        DIGEST,
    ]
    assert read(executed("/x", workload=odd), *names) == ["registry.example:5000/app", None, None]


def test_mounts_are_asked_for_by_place_or_source() -> None:
    """A source may be a pattern; one that is not there says so, as Falco does."""
    seen = executed("/x", workload=FULL)

    assert read(seen, "container.mount[0]") == ["/var/run:/host::false:"]
    assert read(seen, "container.mount.dest[/var*]", "container.mount.source[1]") == [
        "/host",
        "/data",
    ]
    assert read(seen, "container.mount.rdwr[/data]") == ["true"]
    assert read(seen, "container.mount.dest[/etc]", "container.mount[9]") == ["N/A", "N/A"]
    assert read(seen, "container.mounts") == ["/var/run:/host::false:,/data:/srv::true:"]


def test_labels_and_pods() -> None:
    """As the engine tells them."""
    seen = executed("/x", workload=FULL)

    assert read(seen, "container.label[app]", "container.label[x]") == ["web", None]
    assert read(seen, "k8s.ns.name", "k8s.pod.name", "k8s.pod.uid") == ["shop", "web-1", "u1"]
    assert read(seen, "k8s.pod.label.tier", "container.labels") == ["front", "app:web, tier:front"]


def test_the_node_itself_is_called_host() -> None:
    """And has no image."""
    seen = executed("/x", workload=None)

    assert read(seen, "container.id", "container.full_id", "container.name") == ["host"] * 3
    assert read(seen, "container.image", "container.privileged", "container.mount[0]") == [None] * 3
    assert read(seen, "container.duration", "k8s.pod.name") == [None] * 2


def test_a_pod_and_what_made_it() -> None:
    """As the cluster tells it; where nobody told it, nothing."""
    facts = PodFacts(
        labels=(("app", "shop"), ("pod-template-hash", "5d69")),
        sandbox="ab" * 32,
        address="10.0.0.7",
        owner_kind="ReplicaSet",
        owner="web-5d69",
        owner_uid="u2",
    )
    names = ("k8s.pod.ip", "k8s.deployment.name", "k8s.rs.name", "k8s.rs.id", "k8s.rc.name")
    seen = executed("/x", workload=replace(FULL, pod_facts=facts))

    assert read(seen, *names) == ["10.0.0.7", "web", "web-5d69", "u2", None]
    assert read(seen, "k8s.pod.sandbox_id", "k8s.pod.full_sandbox_id") == ["ab" * 6, "ab" * 32]
    assert read(seen, "k8s.pod.label[app]", "container.label[app]") == ["shop", "web"]
    assert read(seen, "k8s.pod.labels") == ["app:shop, pod-template-hash:5d69"]
    assert read(executed("/x", workload=FULL), *names) == [None] * 5
