"""
Raise an alert where a workload does what its baseline does not hold.

Each workload has its mode: ``learn`` adds to its baseline and is silent, ``detect`` tells, ``enforce``
tells with the tag ``enforce``, which response plans answer to. Laws: what was learnt never alarms; an
alert says how far outside it is, what of the baseline is nearest and how sure that makes; a workload
without a baseline is named once, not passed over.
"""

from collections.abc import Callable, Iterable, Sequence

from pratique.detections.baseline.facts import TYPES, Kind, facts, image_name, workload_name
from pratique.detections.baseline.knowing import Known, Outside, words
from pratique.detections.baseline.learning import Learner
from pratique.detections.baseline.merging import merged
from pratique.detections.baseline.stopping import Confidence, Criteria, standing
from pratique.detections.bounded import Bounded
from pratique.detections.telling import Saying, place, tell
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.baseline import Baseline, Mode
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.workload import Workload

Key = tuple[str, str]
MAX_WORKLOADS = 500
ENFORCE = "enforce"

RULES = {
    "unusual-process": "a program ran, or below another parent or with other arguments than it ever did",
    "unusual-write": "a file was written, renamed or removed where the workload never did",
    "unusual-library": "a library was loaded that the workload never loaded",
    "unusual-destination": "a connection went where the workload never connected to",
    "unusual-port": "a port was served that the workload never served",
    "unusual-name": "a DNS name was asked for that the workload never asked for",
    "unusual-capability": "a capability was used that the workload never used",
    "unusual-syscall": "a system call was made that the workload never made",
}
"""Every rule of this detector, in words."""
_KINDS = {
    Kind.PROCESS: ("unusual-process", "ran", Priority.ERROR),
    Kind.WRITE: ("unusual-write", "wrote to", Priority.NOTICE),
    Kind.LIBRARY: ("unusual-library", "loaded", Priority.WARNING),
    Kind.DESTINATION: ("unusual-destination", "connected to", Priority.WARNING),
    Kind.LISTENING: ("unusual-port", "listened on", Priority.ERROR),
    Kind.NAME: ("unusual-name", "asked for", Priority.NOTICE),
    Kind.CAPABILITY: ("unusual-capability", "used the capability", Priority.ERROR),
    Kind.SYSCALL: ("unusual-syscall", "called", Priority.NOTICE),
}
_ALL = tuple(Priority)


class BaselineDetector:
    """
    The detector.

    Args:
        baselines: what was learnt before, each with its mode.
        learns: whether a workload without a baseline is learnt.
        criteria: when a baseline is settled.
    """

    def __init__(
        self,
        baselines: Iterable[Baseline] = (),
        learns: Callable[[Workload], bool] = lambda _: False,
        criteria: Criteria = Criteria(),  # noqa: B008 - frozen
        machine: str = "x86_64",
    ) -> None:
        self._known: dict[Key, Known] = {}
        self._sure: dict[Key, Confidence] = {}
        self._before: dict[Key, Baseline] = {}
        self._learners: dict[Key, Learner] = {}
        self._learns = learns
        self._machine = machine
        self._unjudged: Bounded[Key, bool] = Bounded(MAX_WORKLOADS)
        for one in baselines:
            key = (one.digest, one.workload)
            if one.mode is Mode.LEARN:
                self._before[key] = one
            else:
                self._known[key] = Known(one)
                self._sure[key] = standing(one, criteria).confidence

    def interest(self) -> Interest:
        """Return which events it needs."""
        return Interest(types=TYPES, every_open=False, open_writes=True)

    def see(self, event: Event) -> Sequence[Alert]:
        """Return what an event does that its workload does not do."""
        workload = event.workload
        if workload is None or not workload.complete:
            return ()
        key = (image_name(workload), workload_name(workload))
        known = self._known.get(key)
        if known is None:
            self._learn(key, event, workload)
            return ()
        outside = (known.outside(fact) for fact in facts(event, self._machine))
        return tuple(self._alarm(event, known, one) for one in outside if one is not None)

    def learnt(self) -> tuple[Baseline, ...]:
        """Return what was learnt so far, with what was learnt before."""
        out = []
        for key, learner in self._learners.items():
            before = self._before.get(key)
            now = learner.baseline()
            out.append(merged((before, now)) if before is not None else now)
        return tuple(out)

    def unjudged(self) -> tuple[Key, ...]:
        """Return the workloads that have no baseline and are not learnt: digest and name."""
        return tuple(key for key, _ in self._unjudged.items())

    def knows_program(self, workload: Workload, path: str) -> bool:
        """Return whether a program is in the workload's baseline, for the detector of drift."""
        known = self._known.get((image_name(workload), workload_name(workload)))
        return known is not None and known.holds_program(path)

    def _learn(self, key: Key, event: Event, workload: Workload) -> None:
        learner = self._learners.get(key)
        if learner is None:
            wanted = key in self._before or self._learns(workload)
            if not wanted or len(self._learners) >= MAX_WORKLOADS:
                self._unjudged.put(key, True)
                return
            learner = self._learners[key] = Learner(workload, self._machine)
        learner.see(event)

    def _alarm(self, event: Event, known: Known, outside: Outside) -> Alert:
        baseline = known.baseline
        sure = self._sure[baseline.digest, baseline.workload]
        rule, verb, urgency = _KINDS[outside.fact.kind]
        what = words(outside.fact.value)
        near = f"; nearest is {outside.nearest}" if outside.nearest else ""
        enforced = (ENFORCE,) if baseline.mode is Mode.ENFORCE else ()
        saying = Saying(
            detector=Detector.BASELINE,
            rule=rule,
            priority=_urgency(urgency, outside.distance, sure),
            output=f"{place(event.workload)}: {event.process.name} {verb} {what}, "
            f"which its baseline does not hold{near} (confidence {sure})",
            tags=("baseline", "container", *enforced),
            fields=(
                ("pratique.baseline.workload", baseline.workload),
                ("pratique.baseline.kind", outside.fact.kind.value),
                ("pratique.baseline.value", what),
                ("pratique.baseline.distance", f"{outside.distance:.2f}"),
                ("pratique.baseline.nearest", outside.nearest),
                ("pratique.baseline.confidence", sure),
            ),
        )
        return tell(event, saying)


def _urgency(most: Priority, distance: float, sure: Confidence) -> Priority:
    """Return how urgent it is: less where something alike is known, and where little was learnt."""
    steps = (distance <= 0.5) + (distance <= 0.25) + (sure is Confidence.LOW)
    return _ALL[min(most.rank + steps, Priority.INFORMATIONAL.rank)]
