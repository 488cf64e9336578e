"""
Hold what the three forms of syslog share: priority values and texts that stay inside their fields.

Source: RFC 5424, sections 6.2.1 (priority value), 6.3.3 (parameter values); RFC 3164, section 4.
"""

import re
from collections.abc import Iterator

from pratique.formats.text import printable
from pratique.model.alert import Alert, Incident
from pratique.outputs._texts import count_of, line_of, moment, record_id, verdict_of, whole

FACILITY = 10
"""Security and authorisation messages that are private (``authpriv``)."""
MAX_MESSAGE = 6_000
MAX_VALUE = 512
_MAX_NAME = 32
_NOT_NAME = re.compile(r"[^!#-<>-\\^-~]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def priority_value(told: Alert | Incident) -> int:
    """Return facility and severity in one number; Falco's eight words are syslog's eight."""
    return FACILITY * 8 + told.priority.rank


def message(told: Alert | Incident) -> str:
    """Return the text for people: one line, bounded."""
    return printable(f"{told.priority.value} {told.rule}: {line_of(told)}")[:MAX_MESSAGE]


def bsd_time(time_ns: int) -> str:
    """
    Return the time of RFC 3164, in UTC: ``Mmm dd hh:mm:ss``.

    >>> bsd_time(0)
    'Jan  1 00:00:00'
    """
    when = moment(time_ns)
    return f"{_MONTHS[when.month - 1]} {when.day:>2} {when:%H:%M:%S}"


def word(text: str, longest: int, *, otherwise: str = "-") -> str:
    """
    Return a header field: printable ASCII without blanks, bounded, never empty.

    >>> word("web 1", 48), word("", 48)
    ('web_1', '-')
    """
    plain = "".join(char if "!" <= char <= "~" else "_" for char in text[:longest])
    return plain or otherwise


def parameters(told: Alert | Incident) -> Iterator[tuple[str, str]]:
    """Yield what is known as names and values, ours first, then the fields of the output."""
    yield "id", record_id(told)
    yield "rule", told.rule
    yield "count", str(count_of(told))
    if told.tags:
        yield "tags", ",".join(told.tags)
    if (workload := told.workload) is not None:
        yield "container.id", workload.id
        yield "container.name", workload.name
        yield "container.image", workload.image
        yield "container.image.digest", workload.digest
        if workload.pod:
            yield "k8s.pod.name", workload.pod
            yield "k8s.ns.name", workload.namespace
    if verdict := verdict_of(told):
        yield "verdict", verdict
    if isinstance(told, Incident):
        yield "incident", told.id
    else:
        yield "pid", str(told.pid)
        yield "process", told.process_path or told.process_name


def escaped(name: str, value: str) -> str:
    r"""
    Return one parameter of structured data.

    >>> escaped("a b", 'say "x]"')
    'a_b="say \\"x\\]\\""'
    """
    safe = _NOT_NAME.sub("_", name)[:_MAX_NAME] or "_"
    text = printable(whole(value))[:MAX_VALUE]
    for char in ("\\", '"', "]"):
        text = text.replace(char, f"\\{char}")
    return f'{safe}="{text}"'
