"""
Write detection findings of the Open Cybersecurity Schema Framework (OCSF) 1.5.0, class 2004.

One object per alert or incident: ``finding_info`` with its analytic and ATT&CK techniques,
``evidences`` with the process, its ancestors and its container, the image among the ``resources``, the
node as the ``device``. What the schema has no place for (verdict, output fields) stands in
``unmapped``. A record that grew (a folded alert, an incident) is an update of the same finding.
Source: https://schema.ocsf.io/1.5.0/classes/detection_finding.
"""

from collections.abc import Sequence

from pratique import __version__
from pratique.model.alert import Alert, Detector, Incident, Priority
from pratique.model.workload import Workload
from pratique.outputs import _json
from pratique.outputs._tags import ATTACK_VERSION, tactics, techniques
from pratique.outputs._texts import (
    count_of,
    first_seen,
    happening_id,
    last_seen,
    line_of,
    milliseconds,
    record_id,
    verdict_of,
)

NAME = "ocsf"
TITLE = "detection findings of OCSF 1.5.0"
TYPE = "application/json"
TOGETHER = 200
VERSION = "1.5.0"

_CATEGORY, _CLASS = 2, 2004
_CREATE, _UPDATE = 1, 2
_SEVERITY = {
    Priority.EMERGENCY: (6, "Fatal"),
    Priority.ALERT: (5, "Critical"),
    Priority.CRITICAL: (5, "Critical"),
    Priority.ERROR: (4, "High"),
    Priority.WARNING: (3, "Medium"),
    Priority.NOTICE: (2, "Low"),
    Priority.INFORMATIONAL: (1, "Informational"),
    Priority.DEBUG: (1, "Informational"),
}
_ANALYTIC = {
    Detector.RULES: (1, "Rule"),
    Detector.DRIFT: (5, "Fingerprinting"),
    Detector.BASELINE: (2, "Behavioral"),
    Detector.CORRELATION: (1, "Rule"),
    Detector.SENSOR: (99, "Other"),
}
_SERVER = 1
_SHA256 = 3


def written(told: Alert | Incident) -> bytes:
    """Return one object on one line."""
    severity_id, severity = _SEVERITY[told.priority]
    activity = _UPDATE if _grew(told) else _CREATE
    finding: dict[str, object] = {
        "activity_id": activity,
        "activity_name": "Update" if activity == _UPDATE else "Create",
        "category_name": "Findings",
        "category_uid": _CATEGORY,
        "class_name": "Detection Finding",
        "class_uid": _CLASS,
        "count": count_of(told),
        "device": {
            "hostname": told.node or "unknown",
            "type": "Server",
            "type_id": _SERVER,
        },
        "evidences": _evidences(told),
        "finding_info": _info(told),
        "is_alert": True,
        "message": line_of(told),
        "metadata": _metadata(told),
        "severity": severity,
        "severity_id": severity_id,
        "start_time": milliseconds(first_seen(told)),
        "end_time": milliseconds(last_seen(told)),
        "status": "New",
        "status_id": 1,
        "time": milliseconds(first_seen(told)),
        "type_name": f"Detection Finding: {'Update' if activity == _UPDATE else 'Create'}",
        "type_uid": _CLASS * 100 + activity,
        "unmapped": _unmapped(told),
    }
    if told.workload is not None:
        finding["resources"] = [_resource(told.workload)]
    return _json.line(finding)


def joined(records: Sequence[bytes]) -> bytes:
    """Return an array of objects."""
    return _json.array(records)


def _grew(told: Alert | Incident) -> bool:
    return isinstance(told, Alert) and told.count > 1


def _metadata(told: Alert | Incident) -> dict[str, object]:
    return {
        "log_name": "pratique",
        "original_time": str(first_seen(told)),
        "product": {"name": "pratique", "vendor_name": "pratique", "version": __version__},
        "uid": record_id(told),
        "version": VERSION,
    }


def _info(told: Alert | Incident) -> dict[str, object]:
    detector = told.detector if isinstance(told, Alert) else Detector.CORRELATION
    type_id, kind = _ANALYTIC[detector]
    info: dict[str, object] = {
        "analytic": {"name": told.rule or "unnamed", "type": kind, "type_id": type_id},
        "created_time": milliseconds(first_seen(told)),
        "desc": line_of(told),
        "first_seen_time": milliseconds(first_seen(told)),
        "last_seen_time": milliseconds(last_seen(told)),
        "title": told.rule,
        "types": [detector.value],
        "uid": happening_id(told),
    }
    if attacks := _attacks(told.tags):
        info["attacks"] = attacks
    if isinstance(told, Incident):
        info["title"] = told.title
        info["related_events"] = [_related(alert) for alert in told.story]
        info["related_events_count"] = len(told.story) + told.dropped
    return info


def _attacks(tags: Sequence[str]) -> list[dict[str, object]]:
    """Return one entry per technique, else per tactic: which belongs to which no tag says."""
    found: list[dict[str, object]] = []
    for one in techniques(tags):
        main, _, below = one.partition(".")
        entry: dict[str, object] = {"technique": {"uid": main}, "version": ATTACK_VERSION}
        if below:
            entry["sub_technique"] = {"uid": one}
        found.append(entry)
    if not found:
        for tactic in tactics(tags):
            named = {"uid": tactic.id, "name": tactic.name}
            found.append({"tactic": named, "version": ATTACK_VERSION})
    return found


def _related(alert: Alert) -> dict[str, object]:
    severity_id, severity = _SEVERITY[alert.priority]
    return {
        "count": max(1, alert.count),
        "desc": line_of(alert),
        "first_seen_time": milliseconds(alert.time_ns),
        "last_seen_time": milliseconds(last_seen(alert)),
        "severity": severity,
        "severity_id": severity_id,
        "title": alert.rule,
        "uid": record_id(alert),
    }


def _evidences(told: Alert | Incident) -> list[dict[str, object]]:
    alerts = told.story if isinstance(told, Incident) else (told,)
    found = [_evidence(alert) for alert in alerts if alert.pid]
    return found or [{"data": {"rule": told.rule}}]


def _evidence(alert: Alert) -> dict[str, object]:
    process: dict[str, object] = {
        "ancestry": [
            {"pid": one.pid, "name": one.name, "path": one.path, "cmd_line": one.command_line}
            for one in alert.ancestors
        ],
        "cmd_line": alert.command_line,
        "name": alert.process_name,
        "path": alert.process_path,
        "pid": alert.pid,
    }
    if alert.process_started_ns:
        process["created_time"] = milliseconds(alert.process_started_ns)
    evidence: dict[str, object] = {"process": process}
    if alert.workload is not None:
        evidence["container"] = _container(alert.workload)
    if alert.remote_address:
        evidence["dst_endpoint"] = {"ip": alert.remote_address, "port": alert.remote_port}
    return evidence


def _container(workload: Workload) -> dict[str, object]:
    found: dict[str, object] = {
        "image": {
            "name": workload.image or "unknown",
            "uid": workload.digest or workload.image or "unknown",
        },
        "name": workload.name,
        "runtime": workload.engine,
        "uid": workload.id,
    }
    if workload.digest.startswith("sha256:"):
        digest = workload.digest.removeprefix("sha256:")
        found["hash"] = {"algorithm": "SHA-256", "algorithm_id": _SHA256, "value": digest}
    if workload.labels:
        found["labels"] = [f"{key}={value}" for key, value in workload.labels]
    if workload.pod_uid:
        found["pod_uuid"] = workload.pod_uid
        found["orchestrator"] = "kubernetes"
    return found


def _resource(workload: Workload) -> dict[str, object]:
    found: dict[str, object] = {
        "name": workload.name or workload.id,
        "type": "container",
        "uid": workload.id,
    }
    if workload.namespace:
        found["namespace"] = workload.namespace
    return found


def _unmapped(told: Alert | Incident) -> dict[str, object]:
    found: dict[str, object] = {"priority": told.priority.value, "tags": told.tags}
    if verdict := verdict_of(told):
        found["verdict"] = verdict
    if isinstance(told, Alert):
        found["output_fields"] = dict(told.fields)
        found["event_type"] = told.event_type
        found["sequence"] = told.sequence
    else:
        found["dropped"] = told.dropped
    return found
