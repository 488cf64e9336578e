"""
Put alerts together into incidents, by sequences.

For each sequence and each thing that its alerts have in common, the newest alerts of each step are
kept as long as the sequence's time. A story is complete when every step that is not optional has its
count, in the order listed: the earliest alerts that do it are taken, so no later choice could do it
where this one does not. What comes after that belongs to the open incident where it is of the same
container or of the node: it is told again at once when something of a new kind or graver came, when it has
grown twofold where it is more of the same, and after a while in any case. What is of another container is
not of this story. Law: a flood hides nothing: an alert belongs to an incident only where it stands in
its story, or one equal to it does. Bounded: stories, their alerts of a step and all together, kinds; what
goes too early is counted. A story that nothing was added to for longer than any sequence takes is forgotten.
"""

import uuid
from collections.abc import Iterable, Iterator
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from pratique.detections.bounded import Bounded
from pratique.detections.correlation.fitting import fits, story_key, value_of
from pratique.detections.correlation.folding import Key as Likeness
from pratique.detections.correlation.folding import likeness
from pratique.detections.correlation.language import Order, Sequence, Step
from pratique.model.alert import Alert, Incident

MAX_STORIES = 5000
MAX_OF_STEP = 256
"""Alerts of one step that are kept: no step may count further."""
MAX_ALERTS = 2048
"""Alerts that all stories keep together; each takes some 10 KB, 30 where somebody chose long arguments."""
THIN = 16
"""First and last alerts of a step that are kept where all stories keep too much."""
MAX_STORY = 64
"""Alerts that an incident tells; further ones that equal one of them are counted in ``dropped``."""
REST_NS = 30_000_000_000
"""How long more of the same is held back at most."""
NEWS_NS = 2_000_000_000
"""How long what equals nothing in the story is held back at most."""
LATE_NS = 30_000_000_000
"""How much later than it happened an alert may come, under load."""
MAX_KINDS = 32
"""Rules that an open incident tells anew; alerts of more than that are told by themselves."""
_SPACE = uuid.UUID("5f0c3a52-3d0b-5a5e-9d27-6c1f6f3d8a10")

Key = tuple[str, ...]


class Heard(Struct, frozen=True):
    """What an alert led to: incidents to tell, and whether one of them tells the alert."""

    incidents: tuple[Incident, ...]
    absorbed: bool


class _Story:
    """What was seen of one sequence for one thing in common."""

    def __init__(self, steps: int) -> None:
        self.seen: list[list[tuple[int, Alert]]] = [[] for _ in range(steps)]
        self.newest_ns = 0
        self.incident: Incident | None = None
        self.kinds: set[tuple[str, str]] = set()
        self.shown: set[Likeness] = set()
        self.size = 0
        self.told_size = 0
        self.told_ns = 0
        self.wait_ns = REST_NS

    def kept(self) -> int:
        """Return how many alerts it keeps."""
        return sum(map(len, self.seen)) + (len(self.incident.story) if self.incident else 0)

    def add(self, step: int, number: int, alert: Alert) -> None:
        """Keep an alert for a step."""
        seen = self.seen[step]
        seen.append((number, alert))
        if len(seen) > MAX_OF_STEP:
            # Neither the first nor the last may be pushed out by noise between them.
            del seen[MAX_OF_STEP // 2]

    def thin(self) -> int:
        """Let go of what lies between the first and the last alerts of each step; return how many that were."""
        before = self.kept()
        for seen in self.seen:
            del seen[THIN : max(len(seen) - THIN, THIN)]
        return before - self.kept()

    def forget(self, since_ns: int) -> None:
        """Let go of what happened before a time."""
        for seen in self.seen:
            old = next(
                (at for at, (_, one) in enumerate(seen) if one.time_ns >= since_ns), len(seen)
            )
            del seen[:old]

    def begin(self, incident: Incident, alerts: list[Alert]) -> None:
        """Open an incident; the next story begins with what comes next."""
        self.incident = incident
        self.kinds = {_kind(alert) for alert in alerts}
        self.shown = {likeness(alert) for alert in incident.story}
        self.size = self.told_size = len(alerts)
        self.told_ns = incident.last_ns
        for seen in self.seen:
            seen.clear()


class Correlator:
    """
    The sequences and what they have seen.

    ``evicted`` counts stories that had to go early or were thinned, ``kept`` the alerts that all stories keep.
    """

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        self._sequences = tuple(sequences)
        self._stories: Bounded[tuple[str, Key], _Story] = Bounded(MAX_STORIES)
        self._rest_ns = LATE_NS + max((one.within_ns for one in self._sequences), default=0)
        self.kept = self._thinned = 0
        self._numbers = count()

    @property
    def evicted(self) -> int:
        """Return how many stories were forgotten before their time, or thinned."""
        return self._stories.evicted + self._thinned

    def rest(self, now_ns: int | None = None) -> Iterator[Incident]:
        """Yield the incidents that have grown since they were told a while ago, without a time all."""
        since = -1 if now_ns is None else now_ns - self._rest_ns
        for story in self._stories.drop_while(lambda one: one.newest_ns < since):
            self.kept -= story.kept()
            yield from _untold(story, now_ns or 0)
        for story in self._stories.values():
            if now_ns is None or now_ns - story.told_ns >= story.wait_ns:
                yield from _untold(story, now_ns or 0)

    def see(self, alert: Alert) -> Heard:
        """Take the next alert, in the order of time."""
        number = next(self._numbers)
        incidents: list[Incident] = []
        absorbed = False
        for sequence in self._sequences:
            steps = [at for at, step in enumerate(sequence.steps) if fits(step, alert)]
            if not steps:
                continue
            story, gone = self._story(sequence, alert)
            incidents += gone
            before = story.kept()
            incidents += _expire(story, sequence, alert.time_ns)
            for at in steps:
                story.add(at, number, alert)
            story.newest_ns = max(story.newest_ns, alert.time_ns)
            told, belongs = _advance(story, sequence, alert)
            absorbed |= belongs
            if told is not None:
                incidents.append(told)
            self.kept += story.kept() - before
            incidents += self._make_room(alert.time_ns)
        return Heard(tuple(incidents), absorbed)

    def _story(self, sequence: Sequence, alert: Alert) -> tuple[_Story, tuple[Incident, ...]]:
        """Return an alert's story, and what had not been told of one that had to go for it."""
        key = (sequence.name, story_key(sequence.same, alert))
        story = self._stories.get(key)
        if story is not None:
            return story, ()
        story = _Story(len(sequence.steps))
        gone = self._stories.put(key, story)
        if gone is None:
            return story, ()
        self.kept -= gone.kept()
        return story, tuple(_untold(gone, alert.time_ns))

    def _make_room(self, now_ns: int) -> list[Incident]:
        """
        Thin the longest stories where all keep too much, then forget the least used.

        Whoever floods one story so pays with that one. Returns what had not been told of those forgotten.
        """
        untold: list[Incident] = []
        if self.kept <= MAX_ALERTS:
            return untold
        enough = MAX_ALERTS * 3 // 4
        for story in sorted(self._stories.values(), key=_Story.kept, reverse=True):
            if self.kept <= enough:
                break
            gone = story.thin()
            self.kept -= gone
            self._thinned += bool(gone)
        while self.kept > enough and len(self._stories) > 1:
            forgotten = self._stories.evict()
            self.kept -= forgotten.kept()
            untold += _untold(forgotten, now_ns)
        return untold


def _expire(story: _Story, sequence: Sequence, now_ns: int) -> tuple[Incident, ...]:
    """Forget what is too long ago; return what had not been told of it."""
    since = now_ns - sequence.within_ns
    story.forget(since)
    if story.incident is None or story.incident.last_ns >= since:
        return ()
    untold = tuple(_untold(story, now_ns))
    story.incident = None
    return untold


def _advance(story: _Story, sequence: Sequence, alert: Alert) -> tuple[Incident | None, bool]:
    """Return the incident to tell, if any, and whether the alert belongs to one."""
    if story.incident is not None:
        return _growth(story, story.incident, alert)
    used = _complete(sequence, story)
    if used is None:
        return None, False
    story.begin(_incident(sequence, used), used)
    return story.incident, True


def _untold(story: _Story, now_ns: int) -> Iterator[Incident]:
    """Yield a story's incident where it has grown since it was told."""
    if story.incident is not None and story.size > story.told_size:
        story.told_size, story.told_ns, story.wait_ns = story.size, now_ns, REST_NS
        yield story.incident


def _growth(story: _Story, incident: Incident, alert: Alert) -> tuple[Incident | None, bool]:
    """Return an open incident where it is to be told again, and whether the alert belongs to it."""
    kind, like = _kind(alert), likeness(alert)
    if len(incident.story) >= MAX_STORY and like not in story.shown:
        return None, False
    if kind not in story.kinds:
        container = incident.workload.id if incident.workload else ""
        if kind[1] not in ("", container) or len(story.kinds) >= MAX_KINDS:
            return None, False
        story.kinds.add(kind)
        story.told_size = 0
    if alert.priority.rank < incident.priority.rank:
        story.told_size = 0
    if like not in story.shown:
        story.shown.add(like)
        story.wait_ns = NEWS_NS
    story.incident = _grown(incident, alert)
    story.size += 1
    if story.size < 2 * story.told_size:
        return None, True
    story.told_size, story.told_ns, story.wait_ns = story.size, alert.time_ns, REST_NS
    return story.incident, True


def _kind(alert: Alert) -> tuple[str, str]:
    return alert.rule, alert.workload.id if alert.workload is not None else ""


def _complete(sequence: Sequence, story: _Story) -> list[Alert] | None:
    """Return the alerts that complete the sequence, in the order of time; None where it is not."""
    used: dict[int, Alert] = {}
    after = -1
    for step, seen in zip(sequence.steps, story.seen, strict=True):
        free = (
            (number, alert)
            for number, alert in seen
            if number not in used and (sequence.order is Order.ANY or number > after)
        )
        taken = _enough(step, free)
        if taken is None:
            if step.optional:
                continue
            return None
        used.update(taken)
        after = max(after, *taken)
    return [used[number] for number in sorted(used)]


def _enough(step: Step, seen: Iterable[tuple[int, Alert]]) -> dict[int, Alert] | None:
    taken: dict[int, Alert] = {}
    values: set[str] = set()
    total = 0
    for number, alert in seen:
        taken[number] = alert
        total += alert.count
        if step.distinct:
            values.add(value_of(alert, step.distinct))
        if (len(values) if step.distinct else total) >= step.count:
            return taken
    return None


def _incident(sequence: Sequence, alerts: list[Alert]) -> Incident:
    first, last = alerts[0], alerts[-1]
    workload = next((one.workload for one in alerts if one.workload is not None), None)
    name = (sequence.name, first.node, workload.id if workload else "", first.rule)
    said = "\0".join((*name, str(first.time_ns), str(first.sequence), str(first.pid)))
    tags = dict.fromkeys((*sequence.tags, *(tag for one in alerts for tag in one.tags)))
    return Incident(
        id=str(uuid.uuid5(_SPACE, said)),
        rule=sequence.name,
        title=sequence.title,
        priority=min(
            sequence.priority, *(one.priority for one in alerts), key=lambda one: one.rank
        ),
        first_ns=first.time_ns,
        last_ns=max(last.time_ns, last.last_ns),
        story=tuple(alerts[:MAX_STORY]),
        tags=tuple(tags),
        workload=workload,
        node=first.node,
        dropped=sum(one.count for one in alerts[MAX_STORY:]),
    )


def _grown(incident: Incident, alert: Alert) -> Incident:
    last = max(incident.last_ns, alert.time_ns, alert.last_ns)
    gravest = min(incident.priority, alert.priority, key=lambda one: one.rank)
    if len(incident.story) < MAX_STORY:
        story = (*incident.story, alert)
        return replace(incident, last_ns=last, priority=gravest, story=story)
    dropped = incident.dropped + alert.count
    return replace(incident, last_ns=last, priority=gravest, dropped=dropped)
