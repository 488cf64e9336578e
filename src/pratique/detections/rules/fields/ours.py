"""``pratique.*``: what only this program knows of an event."""

from collections.abc import Sequence

from pratique.detections.rules.fields.field import (
    Field,
    Kind,
    Many,
    Source,
    field,
    missing,
    or_none,
)
from pratique.detections.rules.fields.program import names_of_ancestors, program
from pratique.model.observation import Executed, Mapped, RingSubmitted
from pratique.model.workload import Workload


def _verdict(workload: Workload) -> str | None:
    return workload.facts.verdict or None if workload.facts is not None else None


def _flaws(severity: str) -> "Source":
    def answer(workload: Workload) -> int | None:
        return None if workload.facts is None else dict(workload.facts.flaws).get(severity, 0)

    return Source("w", answer)


def _made_by(workload: Workload) -> str | None:
    kind, name = workload.pod_facts.made_by if workload.pod_facts is not None else ("", "")
    return f"{kind}/{name}" if name else None


def _account(workload: Workload) -> str | None:
    return workload.pod_facts.service_account or None if workload.pod_facts is not None else None


FIELDS: Sequence[Field] = (
    field("pratique.verdict", Kind.TEXT, "w", "the newest verdict on the image", _verdict),
    *(
        Field(
            name=f"pratique.flaws.{severity}",
            kind=Kind.NUMBER,
            doc=f"how many {severity} findings the image has",
            sources={None: _flaws(severity)},
        )
        for severity in ("critical", "high")
    ),
    field("pratique.pod_owner", Kind.TEXT, "w", "what made the pod: Deployment/web", _made_by),
    field("pratique.service_account", Kind.TEXT, "w", "the pod's service account", _account),
    field("pratique.node", Kind.TEXT, "e.node", "the node's name", or_none),
    field("pratique.in_container", Kind.BOOL, "e.workload", "it happened in a container", bool),
    field("pratique.count", Kind.NUMBER, "o.count", "how many equal acts this one stands for"),
    Field(
        name="pratique.drifted",
        kind=Kind.BOOL,
        doc="what runs or is mapped lies in the writable layer, or has no name",
        sources={
            Executed: Source("a", lambda act: act.upper_layer or act.memfd),
            Mapped: Source("a", lambda act: act.upper_layer or act.memfd),
        },
    ),
    Field(
        name="pratique.ring_operation",
        kind=Kind.NUMBER,
        doc="the IORING_OP_ of work handed to io_uring",
        sources={RingSubmitted: Source("a.operation")},
    ),
    field("pratique.program", Kind.TEXT, "p", "the name of the file that runs", program),
    field(
        "pratique.chosen_name",
        Kind.BOOL,
        "p.chosen_name",
        "proc.name comes of a link, a script or a file in a place that is not the system's",
    ),
    Field(
        name="pratique.aname",
        kind=Kind.TEXT,
        doc="the name of an ancestor, unless it was chosen",
        sources={None: Source("p", names_of_ancestors)},
        many=Many.ANY,
        compared=False,
        transformed=False,
    ),
    missing(
        "pratique.package",
        Kind.TEXT,
        "the package that owns the program",
        "packages are joined after the rules; see the alert itself",
    ),
)
