"""
Read a plan: which measures are taken on which alerts, and which containers are never touched.

::

    pratique-responses: 1
    dry-run: true                 # what everything is until you say otherwise
    rate: {per-workload: 5, overall: 30, seconds: 60}
    exempt:
      - namespace: kube-system
        reason: the cluster stops without it
    responses:
      - name: stop-miners
        match: {tag: mitre_impact, priority: Critical, image: "registry.example/shop/*"}
        measures: [record, kill]
        dry-run: false

Laws: every field of a ``match`` must hold, an empty one holds for every alert; patterns are shell
patterns (``*``, ``?``, ``[…]``) over the whole text; ``priority`` means that or graver. All responses
that match give their measures, each measure once, in the order of ``Measure``: a record is made before
anything is ended. A measure is a dry run unless its response, or else the plan, says otherwise. A
mistake refuses the whole plan with its place.
"""

import re
import signal as signals
from fnmatch import translate
from functools import lru_cache
from typing import Literal

from msgspec import Struct, field

from pratique.formats.documents.typed_yaml import parse_typed
from pratique.model.alert import Alert, Priority
from pratique.model.errors import UsageError
from pratique.model.reaction import Measure
from pratique.responses.interface import Order

MAX_BYTES = 1 << 20
MAX_RESPONSES = 500
_HINT = f"see docs/how-to/respond.md; measures: {', '.join(Measure)}"
_ORDER = {measure: rank for rank, measure in enumerate(Measure)}
_PRIORITIES = {priority.value.lower(): priority for priority in Priority} | {
    "info": Priority.INFORMATIONAL
}


class Match(Struct, frozen=True, forbid_unknown_fields=True):
    """Which alerts; every field is a pattern, but ``priority``, which is the least grave one."""

    rule: str = ""
    tag: str = ""
    detector: str = ""
    priority: str = ""
    container: str = ""
    image: str = ""
    namespace: str = ""
    pod: str = ""
    label: str = ""
    verdict: str = ""


class Exemption(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which containers are never touched, and why."""

    reason: str
    container: str = ""
    image: str = ""
    namespace: str = ""
    pod: str = ""
    label: str = ""


class PlanRate(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How many measures at most in so many seconds."""

    per_workload: int = 5
    overall: int = 30
    seconds: float = 60.0


class Planned(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """One response: what it matches and what is then done."""

    name: str
    match: Match = Match()
    measures: tuple[Measure, ...]
    dry_run: bool | None = None
    node: bool = False
    signal: str = "TERM"
    grace_seconds: float = 5.0


class Plan(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """A whole plan, as it stands in its file."""

    version: Literal["1"] = field(name="pratique-responses")
    dry_run: bool = True
    rate: PlanRate = PlanRate()
    exempt: tuple[Exemption, ...] = ()
    responses: tuple[Planned, ...] = ()


def read_plan(content: bytes, place: str) -> Plan:
    """
    Return the plan in a file; ``place`` is its name.

    Raises:
        UsageError: a mistake; the message begins with the file, and the line where it has one.
    """
    if len(content) > MAX_BYTES:
        raise UsageError(f"{place}: longer than {MAX_BYTES} bytes")
    try:
        plan = parse_typed(content, Plan, place)
    except UsageError as error:
        raise UsageError(str(error), hint=_HINT) from None
    if len(plan.responses) > MAX_RESPONSES:
        raise UsageError(f"{place}: more than {MAX_RESPONSES} responses")
    for response in plan.responses:
        _check(response, place)
    for exemption in plan.exempt:
        if not any(getattr(exemption, name) for name in _CONTAINER_FIELDS):
            raise UsageError(f"{place}: an exemption without a pattern", hint="name a container")
    if min(plan.rate.per_workload, plan.rate.overall) < 1 or plan.rate.seconds <= 0:
        raise UsageError(f"{place}: a rate is at least one measure in some seconds")
    return plan


def orders(plan: Plan, alert: Alert) -> tuple[Order, ...]:
    """Return the measures for an alert, the mildest first, each once."""
    found: dict[Measure, Order] = {}
    for response in plan.responses:
        if not matches(response.match, alert):
            continue
        dry = _is_dry(plan, response)
        for measure in response.measures:
            known = found.get(measure)
            if known is None or (known.dry_run and not dry):
                found[measure] = Order(
                    measure=measure,
                    reason=f"response {response.name}",
                    dry_run=dry,
                    node=response.node,
                    signal=signal_number(response.signal),
                    grace_s=min(max(response.grace_seconds, 0.0), 10.0),
                )
    return tuple(sorted(found.values(), key=lambda order: _ORDER[order.measure]))


def takes_measures(plan: Plan) -> bool:
    """Return whether any of its measures is really taken, so that means for it are worth having."""
    return any(not _is_dry(plan, response) for response in plan.responses)


def exemption_of(plan: Plan, alert: Alert) -> str:
    """Return why an alert's container is exempt, nothing where it is not."""
    for one in plan.exempt:
        found = Match(
            container=one.container,
            image=one.image,
            namespace=one.namespace,
            pod=one.pod,
            label=one.label,
        )
        if alert.workload is not None and matches(found, alert):
            return f"exempt: {one.reason}"
    return ""


def matches(match: Match, alert: Alert) -> bool:
    """Whether every field that is set holds for an alert."""
    if match.priority and alert.priority.rank > _PRIORITIES[match.priority.lower()].rank:
        return False
    workload = alert.workload
    facts = workload.facts if workload else None
    texts: dict[str, tuple[str, ...]] = {
        "rule": (alert.rule,),
        "tag": alert.tags,
        "detector": (alert.detector.value,),
        "container": (workload.name, workload.id) if workload else (),
        "image": (workload.image, workload.digest) if workload else (),
        "namespace": (workload.namespace,) if workload else (),
        "pod": (workload.pod,) if workload else (),
        "label": tuple(f"{key}={value}" for key, value in workload.labels) if workload else (),
        "verdict": (facts.verdict,) if facts else (),
    }
    return all(
        any(_pattern(wanted).fullmatch(text) for text in texts[name])
        for name in texts
        if (wanted := getattr(match, name))
    )


def signal_number(name: str) -> int:
    """
    Return a signal's number; ``TERM``, ``SIGTERM`` and ``15`` are the same.

    Raises:
        UsageError: there is no such signal.

    >>> signal_number("hup"), signal_number("9")
    (1, 9)
    """
    word = name.upper().removeprefix("SIG")
    try:
        number = signals.Signals(int(word)) if word.isdigit() else signals.Signals[f"SIG{word}"]
        return number.value
    except (ValueError, KeyError):
        raise UsageError(f"no signal {name[:20]!r}", hint="such as TERM, HUP, USR1, STOP") from None


_CONTAINER_FIELDS = ("container", "image", "namespace", "pod", "label")


def _is_dry(plan: Plan, response: Planned) -> bool:
    return plan.dry_run if response.dry_run is None else response.dry_run


def _check(response: Planned, place: str) -> None:
    where = f"{place}: response {response.name[:60]!r}"
    if not response.name.strip() or not response.measures:
        raise UsageError(f"{where} needs a name and measures")
    if response.match.priority and response.match.priority.lower() not in _PRIORITIES:
        hint = "one of " + ", ".join(priority.value for priority in Priority)
        raise UsageError(f"{where}: no priority {response.match.priority[:30]!r}", hint=hint)
    signal_number(response.signal)


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    # fnmatch's runs of stars become one atomic group each: no pattern costs more than its text.
    return re.compile(translate(text))
