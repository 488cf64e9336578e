"""
Write alerts and incidents as JSON in the project's own schemas, one object a line.

``pratique.alert/1`` names rule, time, priority, tags, the output with its fields under Falco's names,
the container with its image digest, the verdict on that image, the node, the process and its
ancestors. ``pratique.incident/1`` holds the alerts of its story in the same shape. Within one number
a schema only gains fields, and every field is always written. ``id`` is that of the record: a receiver
that gets one twice may drop the second.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pratique.model.alert import Alert, Incident
from pratique.model.event import Ancestor
from pratique.model.workload import PodFacts, Workload
from pratique.outputs import _json
from pratique.outputs._texts import first_seen, iso_ns, last_seen, record_id

NAME = "json"
TITLE = "JSON of our own schema, one object a line"
TYPE = "application/json"
TOGETHER = 200


class ContainerOut(Struct, frozen=True, kw_only=True):
    """The container and, in Kubernetes, its pod; empty texts where the engine does not say."""

    id: str
    name: str
    engine: str
    image: str
    digest: str
    privileged: bool
    pod: str
    namespace: str
    pod_uid: str
    labels: dict[str, str]
    pod_labels: dict[str, str]
    pod_ip: str
    owner_kind: str
    owner: str
    service_account: str


class VerdictOut(Struct, frozen=True, kw_only=True):
    """The newest verdict on the image, and how many flaws of each severity it has."""

    answer: str
    judged: str
    flaws: dict[str, int]


class ProcessOut(Struct, frozen=True, kw_only=True):
    """The process that did it; ``started`` is empty where unknown."""

    pid: int
    name: str
    path: str
    command_line: str
    started: str


class AncestorOut(Struct, frozen=True, kw_only=True):
    """One ancestor of the process."""

    pid: int
    name: str
    path: str
    command_line: str
    in_container: bool


class AlertOut(Struct, frozen=True, kw_only=True, tag_field="schema", tag="pratique.alert/1"):
    """One alert; ``incident`` is the id of the story it stands in, empty outside of one."""

    id: str
    time: str
    last_time: str
    rule: str
    priority: str
    detector: str
    source: str
    tags: tuple[str, ...]
    output: str
    output_fields: dict[str, str]
    count: int
    event_type: str
    sequence: int
    node: str
    container: ContainerOut | None
    verdict: VerdictOut | None
    process: ProcessOut | None
    ancestry: tuple[AncestorOut, ...]
    incident: str = ""


class IncidentOut(Struct, frozen=True, kw_only=True, tag_field="schema", tag="pratique.incident/1"):
    """One incident; ``incident`` stays the same while it grows, ``id`` is that of this record."""

    id: str
    incident: str
    time: str
    last_time: str
    rule: str
    title: str
    priority: str
    tags: tuple[str, ...]
    node: str
    container: ContainerOut | None
    verdict: VerdictOut | None
    dropped: int
    story: tuple[AlertOut, ...]


def written(told: Alert | Incident) -> bytes:
    """Return one object on one line."""
    return _json.line(incident_out(told) if isinstance(told, Incident) else alert_out(told))


def json_schema() -> bytes:
    """Return the JSON schema of what ``written`` returns."""
    return msgspec.json.encode(msgspec.json.schema(AlertOut | IncidentOut))


def joined(records: Sequence[bytes]) -> bytes:
    """Return an array of objects."""
    return _json.array(records)


def alert_out(alert: Alert, incident: str = "") -> AlertOut:
    """Return what is written of an alert."""
    return AlertOut(
        id=record_id(alert),
        time=iso_ns(alert.time_ns),
        last_time=iso_ns(last_seen(alert)),
        rule=alert.rule,
        priority=alert.priority.value,
        detector=alert.detector.value,
        source=alert.source,
        tags=alert.tags,
        output=alert.output,
        output_fields=dict(alert.fields),
        count=max(1, alert.count),
        event_type=alert.event_type,
        sequence=alert.sequence,
        node=alert.node,
        container=_container(alert.workload),
        verdict=_verdict(alert.workload),
        process=_process(alert),
        ancestry=tuple(map(_ancestor, alert.ancestors)),
        incident=incident,
    )


def incident_out(incident: Incident) -> IncidentOut:
    """Return what is written of an incident."""
    return IncidentOut(
        id=record_id(incident),
        incident=incident.id,
        time=iso_ns(first_seen(incident)),
        last_time=iso_ns(last_seen(incident)),
        rule=incident.rule,
        title=incident.title,
        priority=incident.priority.value,
        tags=incident.tags,
        node=incident.node,
        container=_container(incident.workload),
        verdict=_verdict(incident.workload),
        dropped=incident.dropped,
        story=tuple(alert_out(alert, incident.id) for alert in incident.story),
    )


def _container(workload: Workload | None) -> ContainerOut | None:
    if workload is None:
        return None
    pod = workload.pod_facts or PodFacts()
    kind, owner = pod.made_by
    return ContainerOut(
        id=workload.id,
        name=workload.name,
        engine=workload.engine,
        image=workload.image,
        digest=workload.digest,
        privileged=workload.privileged,
        pod=workload.pod,
        namespace=workload.namespace,
        pod_uid=workload.pod_uid,
        labels=dict(workload.labels),
        pod_labels=dict(pod.labels),
        pod_ip=pod.address,
        owner_kind=kind,
        owner=owner,
        service_account=pod.service_account,
    )


def _verdict(workload: Workload | None) -> VerdictOut | None:
    facts = workload.facts if workload else None
    if facts is None or not facts.verdict:
        return None
    judged = iso_ns(facts.judged_ns) if facts.judged_ns else ""
    return VerdictOut(answer=facts.verdict, judged=judged, flaws=dict(facts.flaws))


def _process(alert: Alert) -> ProcessOut | None:
    if not alert.pid:
        return None
    return ProcessOut(
        pid=alert.pid,
        name=alert.process_name,
        path=alert.process_path,
        command_line=alert.command_line,
        started=iso_ns(alert.process_started_ns) if alert.process_started_ns else "",
    )


def _ancestor(ancestor: Ancestor) -> AncestorOut:
    return AncestorOut(
        pid=ancestor.pid,
        name=ancestor.name,
        path=ancestor.path,
        command_line=ancestor.command_line,
        in_container=ancestor.in_container,
    )
