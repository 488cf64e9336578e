"""
Choose how this node is observed, and observe it in more than one way at once.

The first ready sensor of ``ORDER`` watches processes, files and the network; what the node itself
tells (logins, units, packages) is watched beside it.
"""

import time
from collections.abc import Callable, Iterator, Sequence

from pratique.kit import registry
from pratique.model.errors import CapabilityError, UsageError
from pratique.model.interest import Interest
from pratique.model.observation import Observation
from pratique.sensors.interface import Counters, Readiness, Running, Sensor

ORDER = ("ebpf", "proc-fanotify")
"""What sees most comes first."""
BESIDE = ("node-log",)
"""What is watched beside the one that was chosen, where it can be."""
BESIDE_S = 0.25
"""How often what is beside is asked: it reads files, and a log is written for people."""


def probe_all() -> Iterator[Readiness]:
    """Yield what each sensor could do here, best first."""
    for sensor in (*_main().values(), *_beside()):
        yield sensor.probe()


def choose(name: str = "") -> tuple[Sensor, Readiness]:
    """
    Return the sensor of that name, or the best one that is ready.

    Raises:
        UsageError: there is no sensor of that name.
        CapabilityError: it is not ready, or none is; the hint says what the best one lacks.
    """
    sensors = _main()
    if name and name not in sensors:
        raise UsageError(f"no sensor is called {name!r}", hint="one of: " + ", ".join(sensors))
    lacking: list[Readiness] = []
    for sensor in [sensors[name]] if name else sensors.values():
        readiness = sensor.probe()
        if readiness.ready:
            return sensor, readiness
        lacking.append(readiness)
    first = lacking[0]
    raise CapabilityError(
        f"nothing can be observed here: {first.sensor}: {first.why_not}",
        hint="see `pratique watch --probe`; most sensors need root or CAP_BPF and CAP_PERFMON",
    )


class Together:
    """
    Several running sensors as one.

    The first one is waited for; the others are asked a few times a second, and where nothing is
    waited for. Each keeps its own numbers of sequence, apart by ``stream`` where a sensor sets it.
    """

    def __init__(
        self,
        main: Running,
        others: Sequence[Running] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.main = main
        self._others = tuple(others)
        self._clock = clock
        self._next_others = 0.0

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """Return what came, waiting at most so long for the main one."""
        seen = self.main.read(timeout_s)
        now = self._clock()
        if timeout_s and now < self._next_others:
            return seen
        self._next_others = now + BESIDE_S
        more = [one for other in self._others for one in other.read(0)]
        return [*seen, *more] if more else seen

    def want(self, interest: Interest) -> None:
        """Tell all of them what is wanted."""
        for one in (self.main, *self._others):
            one.want(interest)

    def ignore(self, pids: Sequence[int]) -> None:
        """Leave out what these processes do."""
        for one in (self.main, *self._others):
            one.ignore(pids)

    def counters(self) -> Counters:
        """Return the counts of the main one."""
        return self.main.counters()

    def close(self) -> None:
        """Stop all of them."""
        for one in (*self._others, self.main):
            one.close()


def beside(interest: Interest) -> tuple[Running, ...]:
    """Start what is watched beside the chosen sensor, as far as it is ready here."""
    return tuple(sensor.start(interest) for sensor in _beside() if sensor.probe().ready)


def _main() -> dict[str, Sensor]:
    known: dict[str, Sensor] = dict(registry.load("sensors"))
    return {name: known[name] for name in ORDER if name in known}


def _beside() -> tuple[Sensor, ...]:
    known: dict[str, Sensor] = dict(registry.load("sensors"))
    return tuple(known[name] for name in BESIDE if name in known)
