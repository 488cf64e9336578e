"""
Write OpenTelemetry log records: the body of an OTLP/HTTP request in JSON.

One record is a whole ``ExportLogsServiceRequest`` with one resource (the node), one scope (pratique)
and one log record; a request that carries several lists their resources one after the other. Priorities
become severity numbers; attributes follow the semantic conventions where there is one (``container.id``,
``k8s.pod.name``, ``process.pid``), else stand under ``pratique.``. 64-bit numbers are text, as JSON of
protocol buffers has them.
Source: OTLP 1.5 (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), the logs data
model (severity numbers), opentelemetry/proto/logs/v1/logs.proto; semantic conventions 1.30.
"""

from collections.abc import Iterator, Sequence

from pratique import __version__
from pratique.model.alert import Alert, Incident, Priority
from pratique.model.workload import Workload
from pratique.outputs import _json
from pratique.outputs._texts import (
    count_of,
    first_seen,
    iso_ns,
    last_seen,
    line_of,
    record_id,
    verdict_of,
)

NAME = "otlp"
TITLE = "OpenTelemetry logs (OTLP/HTTP, JSON)"
TYPE = "application/json"
TOGETHER = 200

_SEVERITY = {
    Priority.EMERGENCY: 24,
    Priority.ALERT: 22,
    Priority.CRITICAL: 21,
    Priority.ERROR: 17,
    Priority.WARNING: 13,
    Priority.NOTICE: 10,
    Priority.INFORMATIONAL: 9,
    Priority.DEBUG: 5,
}
"""By the data model's example for syslog: 21 to 24 fatal, 17 error, 13 warning, 9 and 10 information."""
_HEAD, _TAIL = b'{"resourceLogs":[', b"]}"
_MOST_NS = (1 << 64) - 1


def written(told: Alert | Incident) -> bytes:
    """Return one request that carries one record."""
    record = {
        "timeUnixNano": _nanos(first_seen(told)),
        "observedTimeUnixNano": _nanos(last_seen(told)),
        "severityNumber": _SEVERITY[told.priority],
        "severityText": told.priority.value,
        "eventName": "pratique.incident" if isinstance(told, Incident) else "pratique.alert",
        "body": {"stringValue": line_of(told)},
        "attributes": [_attribute(name, value) for name, value in _facts(told)],
    }
    resource = {"attributes": [_attribute(name, value) for name, value in _resource(told)]}
    scope = {"scope": {"name": "pratique", "version": __version__}, "logRecords": [record]}
    return _HEAD + _json.line({"resource": resource, "scopeLogs": [scope]}) + _TAIL


def joined(records: Sequence[bytes]) -> bytes:
    """Return one request that carries all records."""
    inside = (record.removeprefix(_HEAD).removesuffix(_TAIL) for record in records)
    return _HEAD + b",".join(inside) + _TAIL


def _resource(told: Alert | Incident) -> Iterator[tuple[str, object]]:
    yield "service.name", "pratique"
    yield "service.version", __version__
    if told.node:
        yield "host.name", told.node


def _facts(told: Alert | Incident) -> Iterator[tuple[str, object]]:
    yield "log.record.uid", record_id(told)
    yield "pratique.rule", told.rule
    yield "pratique.tags", told.tags
    yield "pratique.count", count_of(told)
    if verdict := verdict_of(told):
        yield "pratique.verdict", verdict
    if told.workload is not None:
        yield from _container(told.workload)
    if isinstance(told, Incident):
        yield "pratique.incident", told.id
        yield "pratique.story", tuple(_step(alert) for alert in told.story)
        return
    yield "pratique.detector", told.detector.value
    yield "pratique.event_type", told.event_type
    if told.pid:
        yield "process.pid", told.pid
        yield "process.executable.path", told.process_path
        yield "process.executable.name", told.process_name
        yield "process.command_line", told.command_line
        yield "pratique.ancestry", tuple(one.name for one in told.ancestors)
    for name, value in told.fields:
        yield f"falco.{name}", value


def _container(workload: Workload) -> Iterator[tuple[str, object]]:
    yield "container.id", workload.id
    yield "container.name", workload.name
    yield "container.runtime", workload.engine
    yield "container.image.name", workload.image
    if workload.digest:
        yield "container.image.repo_digests", (workload.digest,)
    if workload.pod:
        yield "k8s.pod.name", workload.pod
        yield "k8s.pod.uid", workload.pod_uid
        yield "k8s.namespace.name", workload.namespace


def _step(alert: Alert) -> str:
    return f"{iso_ns(alert.time_ns)} {alert.rule}: {line_of(alert)}"


def _attribute(name: str, value: object) -> dict[str, object]:
    return {"key": name, "value": _value(value)}


def _value(value: object) -> dict[str, object]:
    if isinstance(value, tuple):
        return {"arrayValue": {"values": [_value(one) for one in value]}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int) and -(1 << 63) <= value < 1 << 63:
        return {"intValue": str(value)}
    return {"stringValue": str(value)}


def _nanos(time_ns: int) -> str:
    return str(min(max(time_ns, 0), _MOST_NS))
