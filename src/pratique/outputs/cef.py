r"""
Write events of ArcSight's Common Event Format, version 0.

``CEF:0|pratique|pratique|VERSION|RULE|TITLE|SEVERITY|key=value …``. In the head ``|`` and ``\`` are
escaped, in values ``=`` and ``\``; a line feed stands nowhere. Severity goes from 0 to 10.
Source: Micro Focus Security ArcSight Common Event Format, version 26 (the key names of extensions).
"""

from collections.abc import Iterator, Sequence

from pratique import __version__
from pratique.formats.text import printable
from pratique.model.alert import Alert, Incident
from pratique.outputs._texts import (
    count_of,
    first_seen,
    last_seen,
    line_of,
    milliseconds,
    record_id,
    verdict_of,
    whole,
)

NAME = "cef"
TITLE = "Common Event Format of ArcSight"
TYPE = "text/plain; charset=utf-8"
TOGETHER = 500

_SEVERITY = (10, 9, 8, 7, 5, 3, 1, 0)
"""By the rank of the priority."""
_MAX_NAME, _MAX_VALUE = 512, 1023


def written(told: Alert | Incident) -> bytes:
    """Return one event."""
    title = told.title if isinstance(told, Incident) else told.rule
    head = ["CEF:0", "pratique", "pratique", __version__, _head(told.rule), _head(title)]
    head.append(str(_SEVERITY[told.priority.rank]))
    extension = " ".join(f"{key}={_value(value)}" for key, value in _facts(told) if value)
    return f"{'|'.join(head)}|{extension}".encode("utf-8", "replace")


def joined(records: Sequence[bytes]) -> bytes:
    """Return lines."""
    return b"".join(record + b"\n" for record in records)


def _facts(told: Alert | Incident) -> Iterator[tuple[str, str]]:
    yield "start", str(milliseconds(first_seen(told)))
    yield "end", str(milliseconds(last_seen(told)))
    yield "cnt", str(count_of(told))
    yield "externalId", record_id(told)
    yield "dvchost", told.node
    yield "msg", line_of(told)
    if (workload := told.workload) is not None:
        yield from (("cs1Label", "containerId"), ("cs1", workload.id))
        yield from (("cs2Label", "containerName"), ("cs2", workload.name))
        yield from (("cs3Label", "image"), ("cs3", workload.image))
        yield from (("cs4Label", "imageDigest"), ("cs4", workload.digest))
    if verdict := verdict_of(told):
        yield from (("cs5Label", "verdict"), ("cs5", verdict))
    if told.tags:
        yield from (("cs6Label", "tags"), ("cs6", ",".join(told.tags)))
    if isinstance(told, Alert) and told.pid:
        yield "spid", str(told.pid)
        yield "sproc", told.process_path or told.process_name
        yield "dst", told.remote_address
        yield "dpt", str(told.remote_port) if told.remote_port else ""


def _head(text: str) -> str:
    r"""
    Return a field of the head.

    >>> print(_head("a|b"))
    a\|b
    """
    plain = printable(whole(text))[:_MAX_NAME]
    return plain.replace("\\", "\\\\").replace("|", "\\|") or "-"


def _value(text: str) -> str:
    plain = printable(whole(text))[:_MAX_VALUE]
    return plain.replace("\\", "\\\\").replace("=", "\\=")
