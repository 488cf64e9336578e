"""
Write alerts exactly as Falco does with ``json_output: true``, for receivers that know Falco.

One object: hostname, output, output_fields, priority, rule, source, tags, time; keys sorted, time in
UTC with nanoseconds, ``output`` with the time of day and the priority in front, ``evt.time`` among the
fields as a number of nanoseconds. Fields that Falco gives as numbers or truth values are such here;
``<NA>`` is null. What Falco has no place for is added to the fields under our own names
(``pratique.*``): verdict, image digest, count, id. An incident is one alert with its story in
``pratique.story``. Source: Falco, userspace/engine/formats.cpp (``falco_formats::format_event``).
"""

import re
from collections.abc import Sequence

from pratique.model.alert import Alert, Incident
from pratique.outputs import _json
from pratique.outputs._texts import (
    count_of,
    first_seen,
    iso_ns,
    line_of,
    record_id,
    verdict_of,
    whole,
)

NAME = "falco-json"
TITLE = "JSON as Falco writes it, one object a line"
TYPE = "application/json"
TOGETHER = 1

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBERS = frozenset(
    [
        "evt.num",
        "evt.count",
        "evt.rawres",
        "evt.rawtime",
        "evt.latency",
        "evt.cpu",
        "proc.pid",
        "proc.ppid",
        "proc.vpid",
        "proc.pvpid",
        "proc.sid",
        "proc.vpgid",
        "proc.tty",
        "proc.duration",
        "proc.ppid.duration",
        "proc.nthreads",
        "proc.exe_ino",
        "proc.exe_ino.ctime",
        "proc.exe_ino.mtime",
        "proc.pid.ts",
        "proc.ppid.ts",
        "thread.tid",
        "thread.vtid",
        "user.uid",
        "user.loginuid",
        "group.gid",
        "fd.num",
        "fd.port",
        "fd.cport",
        "fd.sport",
        "fd.lport",
        "fd.rport",
        "fd.ino",
        "fd.dev",
        "container.start_ts",
        "container.duration",
    ]
)
"""Fields that Falco gives as numbers; ``proc.apid[N]`` is one too."""
_TRUTHS = frozenset(
    [
        "evt.is_io",
        "evt.is_open_read",
        "evt.is_open_write",
        "evt.is_open_exec",
        "evt.failed",
        "proc.is_exe_writable",
        "proc.is_exe_upper_layer",
        "proc.is_exe_lower_layer",
        "proc.is_exe_from_memfd",
        "proc.is_sid_leader",
        "proc.is_vpgid_leader",
        "proc.is_container_healthcheck",
        "container.privileged",
        "fd.connected",
        "fd.is_server",
        "fd.is_upper_layer",
        "fd.is_lower_layer",
        "fd.name_changed",
    ]
)


def written(told: Alert | Incident) -> bytes:
    """Return one object on one line."""
    stamp = iso_ns(first_seen(told))
    output = f"{stamp[11:29]}: {told.priority.value} {line_of(told)}"
    return _json.line(
        {
            "hostname": told.node,
            "output": output,
            "output_fields": dict(sorted(_fields(told).items())),
            "priority": told.priority.value,
            "rule": told.rule,
            "source": told.source if isinstance(told, Alert) else "syscall",
            "tags": sorted(set(told.tags)),
            "time": stamp,
        }
    )


def joined(records: Sequence[bytes]) -> bytes:
    """Return the one object: Falco sends one a request."""
    return b"\n".join(records)


def _fields(told: Alert | Incident) -> dict[str, object]:
    fields: dict[str, object] = {"evt.time": first_seen(told)}
    if isinstance(told, Alert):
        fields |= {name: _typed(name, value) for name, value in told.fields}
    else:
        fields["pratique.incident"] = told.id
        fields["pratique.story"] = [line_of(alert) for alert in told.story]
    if told.workload is not None:
        fields.setdefault("container.id", told.workload.id[:12])
        fields.setdefault("container.name", told.workload.name or None)
        fields["container.image.digest"] = told.workload.digest or None
    if verdict := verdict_of(told):
        fields["pratique.verdict"] = verdict
    fields["pratique.id"] = record_id(told)
    fields["pratique.count"] = count_of(told)
    return fields


def _typed(name: str, value: str) -> object:
    """
    Return a field as Falco types it.

    >>> _typed("proc.pid", "7"), _typed("proc.name", "7"), _typed("fd.connected", "true")
    (7, '7', True)
    """
    if value == "<NA>":
        return None
    plain = name.partition("[")[0]
    if (plain in _NUMBERS or plain == "proc.apid") and _INTEGER.fullmatch(value):
        return int(value)
    if plain in _TRUTHS and value in ("true", "false"):
        return value == "true"
    return whole(value)
