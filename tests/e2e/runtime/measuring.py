"""
Measure: which attacks were told, which honest programs were, and how soon.

One threshold for everything: a behaviour is told when an alert or incident of its own container is
of priority Error or graver; an attack only when it names one of the rules its script expects.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from tests.e2e.engines import wait_for
from tests.e2e.runtime.behaviour import Behaviour
from tests.e2e.runtime.containers import Podman, Ran
from tests.e2e.runtime.watching import Told, Watcher

QUIET_S = 2.0
AT_ONCE = 2
"""Containers at the same time: one a processor of a small machine."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What was told of one behaviour; ``named`` are the rules that count, gravest threshold met."""

    ran: Ran
    grave: tuple[str, ...]
    lesser: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Return whether the threshold was met as expected."""
        if not self.ran.behaviour.is_attack:
            return bool(self.grave)
        return bool(set(self.grave) & set(self.ran.behaviour.expects))


class Measured(Struct, frozen=True, kw_only=True):
    """All outcomes; ``delays_ns`` from an event to its alert; ``remarks`` what the watch said."""

    outcomes: tuple[Outcome, ...]
    delays_ns: tuple[int, ...]
    lost: int
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]

    def of(self, *, attacks: bool) -> list[Outcome]:
        """Return the outcomes of attacks, or of honest programs."""
        return [one for one in self.outcomes if one.ran.behaviour.is_attack == attacks]

    @property
    def recall(self) -> float:
        """Return how many of the attacks were told."""
        found = self.of(attacks=True)
        return sum(one.is_told for one in found) / max(len(found), 1)

    @property
    def precision(self) -> float:
        """Return how many of the behaviours that were told are attacks."""
        right = sum(one.is_told for one in self.of(attacks=True))
        wrong = sum(one.is_told for one in self.of(attacks=False))
        return right / max(right + wrong, 1)

    @property
    def false_alerts_an_hour(self) -> float:
        """Return the grave alerts of an hour of honest work in one container."""
        found = self.of(attacks=False)
        seconds = sum(one.ran.seconds for one in found)
        return sum(len(one.grave) for one in found) / max(seconds, 1) * 3600

    def delay_ms(self, part: float) -> float:
        """Return the delay that this part of all alerts stays under."""
        ordered = sorted(self.delays_ns)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)] / 1e6 if ordered else 0


def measure(podman: Podman, watcher: Watcher, behaviours: Sequence[Behaviour]) -> Measured:
    """Run all behaviours that this machine has the programs for, under a running watch."""
    has = podman.has({program for one in behaviours for program in one.needs})
    fit = [one for one in behaviours if has.issuperset(one.needs)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ran = list(pool.map(podman.behave, fit))
    quiet(watcher)
    watcher.stop()
    return Measured(
        outcomes=tuple(_outcome(one, watcher) for one in ran),
        delays_ns=_delays(watcher.told),
        lost=sum("events-lost" in one.rules_of("", grave=False) for one in watcher.told),
        left_out=tuple(one.name for one in behaviours if one not in fit),
        remarks=tuple(watcher.remarks),
    )


def quiet(watcher: Watcher) -> None:
    """Wait until nothing more is told for two seconds."""
    before, since = -1, time.monotonic()

    def still() -> bool:
        nonlocal before, since
        now = len(watcher.told)
        if now != before:
            before, since = now, time.monotonic()
        return time.monotonic() - since > QUIET_S

    wait_for("quiet", still)


def _outcome(ran: Ran, watcher: Watcher) -> Outcome:
    return Outcome(
        ran=ran,
        grave=watcher.rules_of(ran.container),
        lesser=watcher.rules_of(ran.container, grave=False),
    )


def _delays(told: Sequence[Told]) -> tuple[int, ...]:
    """Return how long the first alert of each rule and container took: repeats are held to be folded."""
    first: dict[tuple[str, str], int] = {}
    for one in told:
        if one.is_alert:
            delay = one.arrived_ns - nanoseconds(one.said["time"])
            first.setdefault((one.rule, one.container), delay)
    return tuple(first.values())


def nanoseconds(text: str) -> int:
    """
    Return a time of RFC 3339 in UTC as nanoseconds since the epoch.

    >>> nanoseconds("1970-01-01T00:00:01.5Z")
    1500000000
    """
    from datetime import datetime

    whole, _, fraction = text.removesuffix("Z").partition(".")
    seconds = int(datetime.fromisoformat(f"{whole}+00:00").timestamp())
    return seconds * 10**9 + int(fraction.ljust(9, "0")[:9])
