"""
Make an alert of an event: what every detector here says in the same words.

``fields`` bear Falco's names, so that outputs and people need one vocabulary; a detector adds its
own, which begin with ``pratique.``. Texts are as the event has them: whoever prints them escapes.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.observation import Executed, SocketUsed
from pratique.model.workload import Workload

Fields = tuple[tuple[str, str], ...]


class Saying(Struct, frozen=True, kw_only=True):
    """What a detector says of an event: the part of an alert that the event does not decide."""

    detector: Detector
    rule: str
    priority: Priority
    output: str
    tags: tuple[str, ...] = ()
    fields: Fields = ()


def tell(event: Event, saying: Saying) -> Alert:
    """Return the alert that says it."""
    seen, who = event.observation, event.process
    act = seen.act
    remote = (act.remote_address, act.remote_port) if isinstance(act, SocketUsed) else ("", 0)
    return Alert(
        rule=saying.rule,
        priority=saying.priority,
        time_ns=seen.time_ns,
        output=saying.output,
        detector=saying.detector,
        tags=saying.tags,
        fields=(*event_fields(event), *saying.fields),
        workload=event.workload,
        node=event.node,
        pid=seen.pid,
        process_name=who.name,
        process_path=act.path if isinstance(act, Executed) else who.path,
        command_line=who.command_line,
        ancestors=who.ancestors,
        event_type=seen.type,
        sequence=seen.sequence,
        count=seen.count,
        last_ns=seen.time_ns,
        process_started_ns=who.started_ns,
        remote_address=remote[0],
        remote_port=remote[1],
        cgroup=seen.cgroup,
        cgroup_v1=seen.cgroup_v1,
    )


def anew(alert: Alert, before: Event, now: Event) -> Alert:
    """
    Return the alert of an event with what is known now of its container and user.

    ``now`` is the event ``before`` joined again. What was done, by which process, and how grave it is stays as
    it was judged.
    """
    whole, who = len(event_fields(before)), len(_who(before))
    fields = (*alert.fields[: whole - who], *_who(now), *alert.fields[whole:])
    called = f"{place(before.workload)}: "
    output = alert.output
    if output.startswith(called):
        output = f"{place(now.workload)}: {output[len(called) :]}"
    return replace(alert, workload=now.workload, fields=fields, output=output)


def own_fields(alert: Alert, event: Event) -> Fields:
    """Return what the detector itself said of the event in an alert of it."""
    return alert.fields[len(event_fields(event)) :]


def event_fields(event: Event) -> Fields:
    """Return what is said of every event, under Falco's names."""
    who = event.process
    parent = who.ancestors[0].name if who.ancestors else ""
    fields = [
        ("evt.type", event.observation.type),
        ("proc.name", who.name),
        ("proc.exepath", who.path),
        ("proc.cmdline", who.command_line),
        ("proc.pid", str(who.pid)),
        ("proc.pname", parent),
        ("user.uid", str(who.uid)),
    ]
    return (*fields, *_who(event))


def _who(event: Event) -> Fields:
    """Return the end of those fields: what may be known only later."""
    return (("user.name", event.user), *workload_fields(event.workload))


def workload_fields(workload: Workload | None) -> Fields:
    """Return what is said of a container; of the node that it is the node."""
    if workload is None:
        return (("container.id", "host"),)
    repository = workload.image.partition("@")[0]
    if ":" in repository.rpartition("/")[2]:
        repository = repository.rpartition(":")[0]
    fields = [
        ("container.id", workload.id),
        ("container.name", workload.name),
        ("container.image", workload.image),
        ("container.image.repository", repository),
        ("container.image.digest", workload.digest),
    ]
    if workload.pod:
        fields += [("k8s.pod.name", workload.pod), ("k8s.ns.name", workload.namespace)]
    return tuple(fields)


def place(workload: Workload | None) -> str:
    """
    Return what to call a workload in a sentence.

    >>> place(None), place(Workload(id="c0ffee" * 10, engine="podman"))
    ('the node', 'container c0ffeec0ffee')
    """
    if workload is None:
        return "the node"
    if workload.pod:
        return f"pod {workload.namespace}/{workload.pod}"
    return f"container {workload.name or workload.id[:12]}"


def image_of(workload: Workload) -> str:
    """Return the digest that the image is stored under, else the best name that there is of it."""
    stored = workload.facts.digest if workload.facts is not None else ""
    return stored or workload.digest or workload.image_id


def field(fields: Sequence[tuple[str, str]], name: str) -> str:
    """Return the value of a field, empty where there is none."""
    return next((value for key, value in fields if key == name), "")
