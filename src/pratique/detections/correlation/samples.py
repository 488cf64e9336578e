"""
Run the samples that a sequence carries.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.detections.correlation.engine import Correlator
from pratique.detections.correlation.language import Sample, SampleAlert, Sequence, read_time
from pratique.model.alert import Alert
from pratique.model.event import Ancestor
from pratique.model.workload import Workload

_MOST = 2000


class Tried(Struct, frozen=True):
    """One sample: whether the sequence fired, and whether it should have."""

    sample: Sample
    fired: bool
    wanted: bool


def try_samples(sequence: Sequence) -> Iterator[Tried]:
    """Yield what a sequence makes of each of its samples."""
    for wanted, samples in ((True, sequence.fires), (False, sequence.silent)):
        for sample in samples:
            correlator = Correlator((sequence,))
            alerts = list(alerts_of(sample, sequence.place))
            fired = any(correlator.see(alert).incidents for alert in alerts)
            yield Tried(sample, fired, wanted)


def alerts_of(sample: Sample, place: str = "") -> Iterator[Alert]:
    """Yield the alerts of a sample, in the order of time."""
    alerts = [
        _alert(one, read_time(one.at, place) + number)
        for one in sample.alerts
        for number in range(min(one.repeat, _MOST))
    ]
    yield from sorted(alerts, key=lambda alert: alert.time_ns)


def _alert(one: SampleAlert, time_ns: int) -> Alert:
    workload = None
    if one.container:
        workload = Workload(
            id=one.container, engine="sample", name=one.container, image=one.image, pod=one.pod
        )
    return Alert(
        rule=one.rule,
        priority=one.priority,
        time_ns=time_ns,
        last_ns=time_ns,
        output=one.rule,
        detector=one.detector,
        tags=one.tags,
        fields=tuple(one.fields.items()),
        workload=workload,
        node=one.node,
        pid=one.pid,
        ancestors=tuple(
            Ancestor(pid=pid, name="", in_container=one.parents_in_container) for pid in one.parents
        ),
        sequence=time_ns,
    )
