"""
Learn baselines from recordings, and try profiles out on them.

Only wiring: what an event tells is ``detections.baseline``'s.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from pratique.detections.baseline.detector import BaselineDetector
from pratique.detections.baseline.facts import workload_name
from pratique.detections.baseline.merging import merged
from pratique.detections.baseline.profiles.interface import Profile, Unit
from pratique.detections.baseline.verifying import Verification, verify
from pratique.kit import registry
from pratique.model.baseline import Baseline
from pratique.model.errors import UsageError
from pratique.model.event import Event
from pratique.model.workload import Workload
from pratique.pipelines.record_events import Replay

PROFILES = "detections.baseline.profiles"


class Learnt(Struct, frozen=True, kw_only=True):
    """What recordings taught; ``notes`` say what was cut off or taken out of them."""

    baselines: tuple[Baseline, ...]
    notes: tuple[str, ...] = ()


def learn_from(recordings: Sequence[Path], workload: str = "", machine: str = "x86_64") -> Learnt:
    """
    Return a baseline for each workload in some recordings, or for the one that is named.

    Raises:
        TargetError: a recording cannot be read.
        FormatError: it is none, or damaged.
    """

    def wanted(one: Workload) -> bool:
        return not workload or workload_name(one) == workload

    found: dict[tuple[str, str], list[Baseline]] = {}
    notes: list[str] = []
    for path in recordings:
        detector = BaselineDetector(learns=wanted, machine=machine)
        replay = Replay(path)
        for event in replay.events():
            detector.see(event)
        for one in detector.learnt():
            found.setdefault((one.digest, one.workload), []).append(one)
        notes += _notes(path, replay)
    whole = [merged(parts) for parts in found.values()]
    return Learnt(
        baselines=tuple(sorted(whole, key=lambda one: (one.workload, one.digest))),
        notes=tuple(notes),
    )


def profile_units(names: Iterable[str] = ()) -> dict[str, Unit]:
    """
    Return the kinds of profile that are named, or all.

    Raises:
        UsageError: there is no such kind.
    """
    units: dict[str, Unit] = registry.load(PROFILES)  # type: ignore[assignment]
    wanted = tuple(names) or tuple(sorted(units))
    for name in wanted:
        if name not in units:
            raise UsageError(
                f"no kind of profile {name[:40]!r}", hint="kinds: " + ", ".join(sorted(units))
            )
    return {name: units[name] for name in wanted}


def write_profiles(baseline: Baseline, units: dict[str, Unit]) -> Iterator[Profile]:
    """
    Yield the profiles of a baseline.

    Raises:
        UsageError: the baseline does not hold what a profile is made of.
    """
    for unit in units.values():
        yield unit.write(baseline)


def try_profiles(
    baseline: Baseline, units: dict[str, Unit], recordings: Sequence[Path]
) -> Verification:
    """
    Return what the profiles would have refused of the workload in some recordings.

    Raises:
        TargetError: a recording cannot be read.
        FormatError: it is none, or damaged.
    """

    def events() -> Iterator[Event]:
        for path in recordings:
            yield from Replay(path).events()

    return verify(baseline, units, events())


def _notes(path: Path, replay: Replay) -> Iterator[str]:
    if replay.cut:
        yield f"{path}: {replay.cut}"
    if replay.header.redacted:
        yield f"{path}: arguments were taken out: their shapes are not learnt"
