"""
Write one line for people: time, priority, what happened, in which container, how often.

Every text is made harmless for a terminal and stands on one line; colour is the business of whoever
writes to one (``outputs.colour``). The line of an incident tells its story in short.
"""

from collections.abc import Sequence

from pratique.formats.text import printable
from pratique.model.alert import Alert, Incident
from pratique.outputs._texts import count_of, first_seen, iso_us, line_of, verdict_of

NAME = "text"
TITLE = "one line for people"
TYPE = "text/plain; charset=utf-8"
TOGETHER = 500
_MAX_LINE = 8_192
_MAX_STORY = 6


def written(told: Alert | Incident) -> bytes:
    """Return one line."""
    head = f"{iso_us(first_seen(told))} {told.priority.value:<8} {told.rule}: "
    body = head + line_of(told) + _story(told) + _where(told)
    line = printable(body[:_MAX_LINE])
    return line.encode("utf-8", "replace")


def joined(records: Sequence[bytes]) -> bytes:
    """Return lines."""
    return b"".join(record + b"\n" for record in records)


def _story(told: Alert | Incident) -> str:
    if not isinstance(told, Incident):
        return ""
    steps = [alert.rule for alert in told.story[:_MAX_STORY]]
    more = len(told.story) - len(steps) + told.dropped
    if more > 0:
        steps.append(f"{more} more")
    return f" ({' → '.join(steps)})" if steps else ""


def _where(told: Alert | Incident) -> str:
    parts = []
    if (workload := told.workload) is not None:
        parts.append(f"container={workload.name or workload.id[:12]}")
        if workload.pod:
            parts.append(f"pod={workload.namespace}/{workload.pod}")
        if workload.image or workload.digest:
            parts.append(f"image={workload.image or workload.digest}")
    if verdict := verdict_of(told):
        parts.append(f"verdict={verdict}")
    if told.node:
        parts.append(f"node={told.node}")
    if (count := count_of(told)) > 1:
        parts.append(f"×{count}")
    return f" [{' '.join(parts)}]" if parts else ""
