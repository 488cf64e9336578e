"""``container.*`` and ``k8s.*``: where it happened."""

import fnmatch
from collections.abc import Callable, Sequence

from pratique.detections.rules.fields.field import (
    Field,
    Kind,
    Source,
    Takes,
    Value,
    field,
    missing,
    or_none,
)
from pratique.model.event import Event
from pratique.model.workload import BindMount, PodFacts, Workload

SHORT = 12
"""Characters of a short id."""
_CONTROLLER = "ReplicationController"
NO_MOUNT = "N/A"
"""What Falco says of a mount that a container does not have; rules compare with it."""


def _id(event: Event) -> str:
    return event.workload.id[:SHORT] if event.workload is not None else "host"


def _full_id(event: Event) -> str:
    return event.workload.id if event.workload is not None else "host"


def _name(event: Event) -> str | None:
    return "host" if event.workload is None else event.workload.name or None


def _repository(workload: Workload) -> str | None:
    name = workload.image.partition("@")[0]
    head, slash, last = name.rpartition("/")
    return head + slash + last.partition(":")[0] or None


def _tag(workload: Workload) -> str | None:
    name = workload.image.partition("@")[0]
    return name.rpartition("/")[2].partition(":")[2] or None


def _age(event: Event) -> int | None:
    workload = event.workload
    if workload is None or not workload.started_ns:
        return None
    return max(event.observation.time_ns - workload.started_ns, 0)


def _mounts(workload: Workload) -> str:
    return ",".join(map(_mount, workload.mounts))


def _mount(mount: BindMount) -> str:
    return f"{mount.source}:{mount.destination}::{str(mount.writable).lower()}:"


def _found(workload: Workload, key: str) -> BindMount | None:
    """Return a mount by its place in the list, or by its source, which may be a pattern."""
    if key.isdigit() and len(key) < 6:
        return workload.mounts[int(key)] if int(key) < len(workload.mounts) else None
    return next((one for one in workload.mounts if fnmatch.fnmatchcase(one.source, key)), None)


def _of_mount(read: Callable[[BindMount], str]) -> Callable[[Workload, str], str]:
    def answer(workload: Workload, key: str) -> str:
        mount = _found(workload, key)
        return NO_MOUNT if mount is None else read(mount)

    return answer


def _label(workload: Workload, key: str) -> str | None:
    return next((value for name, value in workload.labels if name == key), None)


def _labels(workload: Workload) -> str:
    return ", ".join(f"{name}:{value}" for name, value in workload.labels)


def _pod_label(workload: Workload, key: str) -> str | None:
    return next((value for name, value in _of_pod(workload) if name == key), None)


def _pod_labels(workload: Workload) -> str:
    return ", ".join(f"{name}:{value}" for name, value in _of_pod(workload))


def _of_pod(workload: Workload) -> tuple[tuple[str, str], ...]:
    """Return the labels of the pod; where nobody told them, the container's own."""
    facts = workload.pod_facts
    return facts.labels if facts is not None and facts.labels else workload.labels


def _pod_field(name: str, read: Callable[[PodFacts], str], doc: str) -> Field:
    def answer(workload: Workload) -> str | None:
        facts = workload.pod_facts
        return (read(facts) or None) if facts is not None else None

    return field(f"k8s.{name}", Kind.TEXT, "w", doc, answer)


def _made_by(kind: str, read: Callable[[PodFacts], str]) -> Callable[[PodFacts], str]:
    return lambda facts: read(facts) if facts.owner_kind == kind else ""


def _positive(number: int) -> int | None:
    return number or None


def _mount_field(name: str, read: Callable[[BindMount], str], doc: str) -> Field:
    return _keyed(f"container.mount{name}", _of_mount(read), doc)


def _keyed(name: str, call: Callable[[Workload, str], Value | None], doc: str) -> Field:
    return Field(
        name=name,
        kind=Kind.TEXT,
        doc=doc,
        argued=Source("w", call),
        takes=Takes.NEEDED_KEY,
    )


FIELDS: Sequence[Field] = (
    Field(
        name="container.id",
        kind=Kind.TEXT,
        doc="the container's short id; host for the node",
        sources={None: Source("e", _id, f"(w.id[:{SHORT}] if w is not None else 'host')")},
        always=True,
    ),
    field("container.full_id", Kind.TEXT, "e", "the container's id; host for the node", _full_id),
    field("container.name", Kind.TEXT, "e", "the container's name; host for the node", _name),
    field("container.image", Kind.TEXT, "w.image", "the image as it was asked for", or_none),
    field("container.image.repository", Kind.TEXT, "w", "the image without tag", _repository),
    field("container.image.tag", Kind.TEXT, "w", "the image's tag", _tag),
    field("container.image.digest", Kind.TEXT, "w.digest", "the image's digest", or_none),
    field("container.type", Kind.TEXT, "w.engine", "the engine: podman, docker…", or_none),
    field("container.privileged", Kind.BOOL, "w.privileged", "the container is privileged"),
    field("container.start_ts", Kind.NUMBER, "w.started_ns", "when it began (ns)", _positive),
    field("container.duration", Kind.NUMBER, "e", "nanoseconds since it began", _age),
    field("container.mounts", Kind.TEXT, "w", "all mounts, source:destination", _mounts),
    field("container.host_pid", Kind.NUMBER, "w.init_pid", "its first process", _positive),
    _mount_field("", _mount, "one mount, by its place or source"),
    _mount_field(".source", lambda one: one.source, "the source of one mount"),
    _mount_field(".dest", lambda one: one.destination, "where one mount is seen"),
    _mount_field(".rdwr", lambda one: str(one.writable).lower(), "one mount is writable"),
    _mount_field(".mode", lambda _: "", "the mode of one mount; always empty"),
    _mount_field(".propagation", lambda _: "", "the propagation of one mount; always empty"),
    field("container.labels", Kind.TEXT, "w", "all labels, name:value", _labels),
    _keyed("container.label", _label, "one label"),
    field("k8s.ns.name", Kind.TEXT, "w.namespace", "the pod's namespace", or_none),
    field("k8s.pod.name", Kind.TEXT, "w.pod", "the pod", or_none),
    field("k8s.pod.uid", Kind.TEXT, "w.pod_uid", "the pod's uid", or_none),
    field("k8s.pod.id", Kind.TEXT, "w.pod_uid", "the pod's uid", or_none),
    field("k8s.pod.labels", Kind.TEXT, "w", "the pod's labels, name:value", _pod_labels),
    _keyed("k8s.pod.label", _pod_label, "one label of the pod"),
    _pod_field("pod.ip", lambda one: one.address, "the pod's address"),
    _pod_field("pod.sandbox_id", lambda one: one.sandbox[:SHORT], "the short id of its sandbox"),
    _pod_field("pod.full_sandbox_id", lambda one: one.sandbox, "the id of its sandbox"),
    _pod_field("deployment.name", lambda one: one.deployment, "the deployment that made the pod"),
    _pod_field("rs.name", _made_by("ReplicaSet", lambda one: one.owner), "its replica set"),
    _pod_field("rs.id", _made_by("ReplicaSet", lambda one: one.owner_uid), "its replica set's uid"),
    _pod_field("rc.name", _made_by(_CONTROLLER, lambda one: one.owner), "its controller"),
    _pod_field("rc.id", _made_by(_CONTROLLER, lambda one: one.owner_uid), "its controller's uid"),
    *(
        missing(name, Kind.TEXT, "of the container", "engines are not asked for it")
        for name in (
            "container.image.id",
            "container.healthcheck",
            "container.liveness_probe",
            "container.readiness_probe",
            "container.ip",
            "container.cni.json",
        )
    ),
    *(
        missing(name, Kind.BOOL, "a namespace of the node's", "engines are not asked for it")
        for name in ("container.host_network", "container.host_ipc")
    ),
    *(
        missing(f"k8s.{name}", Kind.TEXT, "of the cluster", "only pods are asked for")
        for name in (
            "pod.cni.json",
            "deployment.id",
            "svc.name",
            "svc.id",
            "ns.id",
        )
    ),
)
