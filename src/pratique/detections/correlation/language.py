"""
Read a sequence: what must happen together, how often, in which order and within which time.

::

    pratique-sequence: 1
    name: dropped-program-calls-out
    title: a program that was dropped into a container called out
    why: what an intruder fetched is running and reports home
    priority: Critical
    tags: [T1105, T1071]
    within: 10m
    same: process_tree
    steps:
      - name: dropped
        rules: [drifted-executable]
      - name: egress
        tags: [T1071, mitre_exfiltration]
        rules: [unusual-destination]
    fires:
      - name: it runs, and connects
        alerts:
          - {rule: drifted-executable, at: 0s}
          - {rule: unusual-destination, at: 20s}
    silent: …

A step fits an alert whose rule *or* tags are named (patterns with ``*`` for rules), and that satisfies
every other key: ``detectors``, ``priority`` (at least so grave), ``where`` (container or node),
``fields`` (each value a pattern), ``unless`` (rules that do not count). ``count`` is how often, of
``distinct`` values of a field where that is given (``rule`` is one too). ``optional`` steps belong to
the story if they come. ``order: any`` drops the order of steps. Laws: a mistake refuses the file with its
place; a sequence carries samples of both kinds.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from pratique.formats.documents.typed_yaml import parse_typed
from pratique.model.alert import Detector, Priority
from pratique.model.errors import UsageError

MARK = "pratique-sequence"
MAX_STEPS = 12
MAX_COUNT = 250
MAX_WITHIN_S = 7 * 86_400
_TIME = re.compile(r"(\d{1,7})(ms|s|m|h|d)?")
_MS = {"ms": 1, "s": 1000, "": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Same(StrEnum):
    """What the alerts of a story have in common."""

    CONTAINER = "container"
    PROCESS_TREE = "process_tree"
    POD = "pod"
    IMAGE = "image"
    NODE = "node"


class Where(StrEnum):
    """Which side an alert is about."""

    ANYWHERE = ""
    CONTAINER = "container"
    NODE = "node"


class Order(StrEnum):
    """Whether the steps come one after the other."""

    LISTED = "listed"
    ANY = "any"


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which alerts make one step."""

    name: str
    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    detectors: tuple[Detector, ...] = ()
    priority: Priority = Priority.DEBUG
    where: Where = Where.ANYWHERE
    fields: dict[str, str] = {}
    unless: tuple[str, ...] = ()
    count: int = 1
    distinct: str = ""
    optional: bool = False


class SampleAlert(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    An alert of a sample.

    ``pid`` and ``parents`` (nearest first) make the process tree; ``container`` empty is the node.
    """

    rule: str = "anything"
    at: str = "0s"
    tags: tuple[str, ...] = ()
    detector: Detector = Detector.RULES
    priority: Priority = Priority.WARNING
    container: str = "web"
    pod: str = ""
    image: str = ""
    node: str = "node-1"
    pid: int = 100
    parents: tuple[int, ...] = ()
    parents_in_container: bool = True
    fields: dict[str, str] = {}
    repeat: int = 1


class Sample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Alerts that make a story, or do not."""

    name: str
    alerts: tuple[SampleAlert, ...]


class _Document(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"mark": MARK}
):
    mark: str
    name: str
    title: str
    priority: Priority
    within: str
    steps: tuple[Step, ...]
    same: Same = Same.CONTAINER
    order: Order = Order.LISTED
    why: str = ""
    tags: tuple[str, ...] = ()
    fires: tuple[Sample, ...] = ()
    silent: tuple[Sample, ...] = ()


class Sequence(Struct, frozen=True, kw_only=True):
    """What makes a story; ``within_ns`` is the longest time from its first alert to its last."""

    name: str
    title: str
    priority: Priority
    within_ns: int
    steps: tuple[Step, ...]
    same: Same = Same.CONTAINER
    order: Order = Order.LISTED
    why: str = ""
    tags: tuple[str, ...] = ()
    fires: tuple[Sample, ...] = ()
    silent: tuple[Sample, ...] = ()
    place: str = ""


def read_sequence(content: bytes, place: str) -> Sequence:
    """
    Return the sequence in a file; ``place`` is the file's name.

    Raises:
        UsageError: a mistake; the message begins with the place.
    """
    found = parse_typed(content, _Document, place)
    if found.mark != "1":
        raise UsageError(f"{place}: {MARK} must be 1", hint="another version is not known")
    if not _NAME.fullmatch(found.name):
        raise UsageError(f"{place}: {found.name[:40]!r} is no name", hint="lower case, dashes")
    needed = [step for step in found.steps if not step.optional]
    if not needed or len(found.steps) > MAX_STEPS:
        raise UsageError(f"{place}: a sequence has 1 to {MAX_STEPS} steps that are not optional")
    if len(needed) == 1 and needed[0].count == 1:
        raise UsageError(f"{place}: one step that counts once is an alert, not a sequence")
    for step in found.steps:
        _check(step, place)
    within = read_time(found.within, place)
    if not 0 < within <= MAX_WITHIN_S * 1_000_000_000:
        raise UsageError(f"{place}: within is more than 0 and at most 7d")
    return Sequence(
        name=found.name,
        title=found.title,
        priority=found.priority,
        within_ns=within,
        steps=found.steps,
        same=found.same,
        order=found.order,
        why=found.why,
        tags=found.tags,
        fires=found.fires,
        silent=found.silent,
        place=place,
    )


def read_time(text: str, place: str) -> int:
    """
    Return a duration in ns.

    Raises:
        UsageError: it is none.

    >>> read_time("90s", "x"), read_time("2h", "x")
    (90000000000, 7200000000000)
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise UsageError(f"{place}: {text[:20]!r} is no duration", hint="10s, 5m, 2h, 1d")
    return int(found[1]) * _MS[found[2] or ""] * 1_000_000


def _check(step: Step, place: str) -> None:
    says = f"{place}: step {step.name[:40]!r}"
    asks: Mapping[str, object] = {
        "rules": step.rules,
        "tags": step.tags,
        "detectors": step.detectors,
        "where": step.where,
        "fields": step.fields,
    }
    if not any(asks.values()) and step.priority is Priority.DEBUG:
        raise UsageError(f"{says} fits every alert", hint="name rules, tags or detectors")
    if not 1 <= step.count <= MAX_COUNT:
        raise UsageError(f"{says}: count is 1 to {MAX_COUNT}")
    if step.distinct and step.count == 1:
        raise UsageError(f"{says}: distinct needs a count")
