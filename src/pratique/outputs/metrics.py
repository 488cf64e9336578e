"""
Count what the sensor, the rules and the receivers do, and write it for Prometheus.

``Metrics`` is a table of numbers without any I/O: counters only rise, gauges are set. Labels are bounded:
a metric takes at most ``MAX_SERIES`` sets of values, what comes after that is added to one whose values
are ``other``, so that hostile names cannot make memory grow. Source: Prometheus text exposition format 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/).
"""

from collections.abc import Iterator, Mapping
from threading import Lock

from msgspec import Struct

from pratique.outputs._texts import whole
from pratique.outputs.delivery import Standing

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MAX_SERIES = 1000
_OTHER = "other"
_MAX_LABEL = 200


class Metric(Struct, frozen=True):
    """One metric: its name without the prefix, its kind, its labels and what it says."""

    name: str
    kind: str
    labels: tuple[str, ...]
    help: str


METRICS = (
    Metric("events_total", "counter", ("type",), "Events that reached the rules."),
    Metric("events_filtered_total", "counter", (), "Events that the kernel held back."),
    Metric("events_lost_total", "counter", ("reason",), "Events that were not seen."),
    Metric("alerts_total", "counter", ("rule", "priority"), "Alerts raised, folded ones included."),
    Metric(
        "alerts_held_total",
        "counter",
        ("outcome",),
        "Alerts that waited for their container's name: answered, late (told without it), early "
        "(without it, because too many waited or the watch ended).",
    ),
    Metric("incidents_total", "counter", ("rule", "priority"), "Incidents told."),
    Metric("reactions_total", "counter", ("measure", "outcome"), "Measures taken or refused."),
    Metric("evictions_total", "counter", ("table",), "Entries that a bounded table gave up."),
    Metric(
        "lookups_given_up_total",
        "counter",
        (),
        "Look-ups in containers (arguments, accounts, files) that got no answer in time.",
    ),
    Metric("workloads", "gauge", ("engine",), "Containers known now."),
    Metric(
        "workloads_without_baseline",
        "gauge",
        (),
        "Workloads that no baseline judges and none learns, where baselines are asked for.",
    ),
    Metric("drift_allowed_total", "counter", (), "Drift that was allowed, and not told."),
    Metric("rules_loaded", "gauge", ("source",), "Rules loaded."),
    Metric("processes", "gauge", (), "Processes in the table."),
    Metric("queue_depth", "gauge", ("queue",), "What waits inside the program."),
    Metric("spool_records", "gauge", ("destination",), "Records that a receiver has not taken."),
    Metric("spool_bytes", "gauge", ("destination",), "What a spool takes on the disk."),
    Metric("delivered_total", "counter", ("destination",), "Records that a receiver took."),
    Metric("delivery_errors_total", "counter", ("destination",), "Deliveries that failed."),
    Metric(
        "delivery_lost_total",
        "counter",
        ("destination", "reason"),
        "Records that will not arrive: dropped, not-kept, damaged, refused.",
    ),
    Metric("resident_memory_bytes", "gauge", (), "Memory of this process."),
    Metric("cpu_seconds_total", "counter", (), "CPU time of this process."),
    Metric("start_time_seconds", "gauge", (), "When this process began, since the epoch."),
)
"""Every metric; the names on the wire begin with ``pratique_``."""

_BY_NAME = {metric.name: metric for metric in METRICS}


class Metrics:
    """The numbers of one run; may be counted and read from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[str, dict[tuple[str, ...], float]] = {
            metric.name: {} if metric.labels else {(): 0.0} for metric in METRICS
        }

    def add(self, name: str, *labels: str, amount: float = 1.0) -> None:
        """Raise a counter."""
        with self._lock:
            series = self._values[name]
            key = _key(name, labels, series)
            series[key] = series.get(key, 0.0) + max(0.0, amount)

    def put(self, name: str, *labels: str, value: float) -> None:
        """Set a gauge, or a counter that somebody else counts."""
        with self._lock:
            series = self._values[name]
            series[_key(name, labels, series)] = value

    def put_all(self, name: str, values: Mapping[str, float]) -> None:
        """Set all of a metric of one label; what is not named any more is gone."""
        with self._lock:
            series: dict[tuple[str, ...], float] = {}
            self._values[name] = series
            for label, value in values.items():
                series[_key(name, (label,), series)] = value

    def stand(self, standings: Mapping[str, Standing]) -> None:
        """Take in how deliveries stand, by destination."""
        for place, now in standings.items():
            self.put("spool_records", place, value=now.waiting)
            self.put("spool_bytes", place, value=now.bytes_on_disk)
            self.put("delivered_total", place, value=now.delivered)
            self.put("delivery_errors_total", place, value=now.failures)
            reasons = {
                "dropped": now.dropped,
                "not-kept": now.not_kept,
                "damaged": now.damaged,
                "refused": now.refused,
            }
            for reason, count in reasons.items():
                self.put("delivery_lost_total", place, reason, value=count)

    def exposed(self) -> bytes:
        """Return everything in the text format, sorted, ended by a line feed."""
        with self._lock:
            values = {name: dict(series) for name, series in self._values.items()}
        lines = (line for metric in METRICS for line in _lines(metric, values[metric.name]))
        return "".join(lines).encode("utf-8", "replace")


def _key(
    name: str, labels: tuple[str, ...], series: Mapping[tuple[str, ...], float]
) -> tuple[str, ...]:
    if len(labels) != len(_BY_NAME[name].labels):
        raise ValueError(f"{name} has the labels {_BY_NAME[name].labels}")
    labels = tuple(whole(label)[:_MAX_LABEL].replace("\r", "\ufffd") for label in labels)
    if labels in series or len(series) < MAX_SERIES:
        return labels
    return (_OTHER,) * len(labels)


def _lines(metric: Metric, series: Mapping[tuple[str, ...], float]) -> Iterator[str]:
    name = f"pratique_{metric.name}"
    yield f"# HELP {name} {metric.help}\n# TYPE {name} {metric.kind}\n"
    for values, number in sorted(series.items()):
        pairs = zip(metric.labels, values, strict=True)
        labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in pairs)
        yield f"{name}{{{labels}}} {_number(number)}\n" if labels else f"{name} {_number(number)}\n"


def _escaped(value: str) -> str:
    r"""
    Return the value of a label inside its quotes.

    >>> print(_escaped('a"b'))
    a\"b
    """
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    """
    Return a number without losing a count.

    >>> _number(3.0), _number(0.25)
    ('3', '0.25')
    """
    return str(int(value)) if value == int(value) else repr(value)
