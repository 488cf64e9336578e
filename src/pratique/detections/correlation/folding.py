"""
Tell equal alerts once, then how many more there were: repeats are counted, never dropped.

Alerts are equal where rule, node, container, program and words are, figures in the words aside. The
first is told at once; what comes after is told together after 10 s, a minute, ten minutes, an hour and
every hour, as one alert whose ``count`` says how many it stands for. Law: the counts of what was
told and what is still held back add up to the counts of what came in.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b

from msgspec.structs import replace

from pratique.detections.bounded import Bounded
from pratique.model.alert import Alert

MAX_HELD = 2048
"""Rows; one that holds an alert back takes some 10 KB."""
_SECOND = 1_000_000_000
STEPS_NS = tuple(one * _SECOND for one in (10, 60, 600, 3600))
"""How long repeats are held back: longer each time, the last for ever."""
_MOST_WORDS = 500
_FIGURES = re.compile(r"\d+")

Key = tuple[str, str, str, str, str]


class _Held:
    """What is held back of one alert."""

    def __init__(self, now_ns: int) -> None:
        self.step = 0
        self.due_ns = now_ns + STEPS_NS[0]
        self.quiet_ns = now_ns
        self.waiting: Alert | None = None


class Folding:
    """What was told, and what is held back; ``forgotten`` counts rows that had to go."""

    def __init__(self, most: int = MAX_HELD) -> None:
        self._held: Bounded[Key, _Held] = Bounded(most)

    @property
    def forgotten(self) -> int:
        """Return how many rows had to go: their repeats were told early, none was lost."""
        return self._held.evicted

    def see(self, alert: Alert) -> Sequence[Alert]:
        """Return what is to be told now that this alert came."""
        key = likeness(alert)
        held = self._held.get(key)
        if held is None:
            gone = self._held.put(key, _Held(alert.time_ns))
            return (alert, gone.waiting) if gone and gone.waiting else (alert,)
        if _is_news_again(held, alert.time_ns):
            self._held.put(key, _Held(alert.time_ns))
            return (alert,)
        held.quiet_ns = alert.time_ns
        held.waiting = _together(held.waiting, alert)
        return self._due(held, alert.time_ns)

    def flush(self, now_ns: int, *, everything: bool = False) -> Sequence[Alert]:
        """Return what has waited long enough at a time (of events), or everything."""
        told: list[Alert] = []
        for _ in self._held.drop_while(lambda one: _is_news_again(one, now_ns)):
            pass
        for held in self._held.values():
            told += self._due(held, now_ns, everything=everything)
        return told

    def _due(self, held: _Held, now_ns: int, *, everything: bool = False) -> Sequence[Alert]:
        if held.waiting is None or (now_ns < held.due_ns and not everything):
            return ()
        told, held.waiting = held.waiting, None
        held.step = min(held.step + 1, len(STEPS_NS) - 1)
        held.due_ns = now_ns + STEPS_NS[held.step]
        return (told,)


def _is_news_again(held: _Held, now_ns: int) -> bool:
    """Whether nothing was heard of it for so long that the next one is told at once."""
    return held.waiting is None and now_ns - held.quiet_ns > STEPS_NS[-1]


def _together(waiting: Alert | None, alert: Alert) -> Alert:
    """Return one alert for what waits and what came: the newest, since the first."""
    last = max(alert.last_ns, alert.time_ns)
    if waiting is None:
        return replace(alert, last_ns=last)
    return replace(
        alert,
        time_ns=min(waiting.time_ns, alert.time_ns),
        last_ns=max(waiting.last_ns, last),
        count=waiting.count + alert.count,
    )


def likeness(alert: Alert) -> Key:
    """
    Return what equal alerts have in common.

    All of the words count: whoever chooses a long command must not make two deeds look like one.
    """
    container = alert.workload.id if alert.workload else ""
    words = _FIGURES.sub("*", alert.output)
    if len(words) > _MOST_WORDS:
        rest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        words = f"{words[:_MOST_WORDS]}\0{rest}"
    return (alert.rule, alert.node, container, alert.process_path, words)
