"""Law: the best sensor that is ready is taken, and where none is, it is said what is lacking."""

from collections.abc import Sequence

import pytest

from pratique.model.errors import CapabilityError, UsageError
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Called, Observation
from pratique.pipelines.watch_sensors import BESIDE_S, ORDER, Together, choose, probe_all
from pratique.sensors.interface import Counters


class Told:
    """A running sensor that hands out one observation each time."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.heard: list[str] = []

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """Return one."""
        return [Observation(self.kind, Called(), 1, 2)]

    def want(self, interest: Interest) -> None:
        """Remember it."""
        self.heard.append("want")

    def ignore(self, pids: Sequence[int]) -> None:
        """Remember it."""
        self.heard.append("ignore")

    def counters(self) -> Counters:
        """Count by the name."""
        return Counters(seen=len(self.kind))

    def close(self) -> None:
        """Remember it."""
        self.heard.append("close")


def test_several_sensors_are_one() -> None:
    """All are read, told and closed; the main one counts."""
    main, other = Told("main"), Told("other")
    both = Together(main, (other,))  # type: ignore[arg-type]
    seen = [one.type for one in both.read(0)]
    both.want(EVERYTHING)
    both.ignore((5,))
    both.close()

    assert seen == ["main", "other"]
    assert both.counters().seen == 4
    assert main.heard == other.heard == ["want", "ignore", "close"]


def test_what_is_beside_is_asked_now_and_then() -> None:
    """It reads files: a few times a second is soon enough, and whoever does not wait gets it now."""
    now = [100.0]
    main, other = Told("main"), Told("other")
    both = Together(main, (other,), lambda: now[0])  # type: ignore[arg-type]

    def kinds(timeout_s: float) -> list[str]:
        return [one.type for one in both.read(timeout_s)]

    assert kinds(1) == ["main", "other"]
    assert kinds(1) == ["main"]
    assert kinds(0) == ["main", "other"]
    now[0] += BESIDE_S
    assert kinds(1) == ["main", "other"]


def test_every_sensor_says_what_it_could_do() -> None:
    """One that is not ready says why."""
    found = list(probe_all())

    assert {one.sensor for one in found} >= {ORDER[0]}
    assert all(one.ready or one.why_not for one in found)


def test_an_unknown_sensor_is_refused() -> None:
    """With the names of those there are."""
    with pytest.raises(UsageError, match="no sensor"):
        choose("crystal-ball")


def test_the_choice_is_ready_or_says_what_is_lacking() -> None:
    """Whatever this machine can do."""
    if any(one.ready for one in probe_all() if one.sensor in ORDER):
        sensor, readiness = choose()
        assert readiness.ready
        assert readiness.sensor == sensor.NAME
    else:
        with pytest.raises(CapabilityError, match="nothing can be observed"):
            choose()
