"""
Make the detectors of one watch, and change its rules while it runs.

Law: rules are changed whole or not at all; a file with an error leaves the rules that were there.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pratique.detections.baseline.detector import BaselineDetector
from pratique.detections.correlation.built_in import built_in
from pratique.detections.correlation.stories import Stories
from pratique.detections.counts import Counts
from pratique.detections.drift.detector import Drift
from pratique.detections.drift.judging import Measure
from pratique.detections.in_use import InUseCollector
from pratique.detections.interface import Detector
from pratique.detections.losses import Losses
from pratique.detections.rules.detector import RuleDetector
from pratique.detections.rules.rule import RuleSet
from pratique.model.baseline import Baseline
from pratique.model.image_index import ImageIndexes
from pratique.pipelines.judge_events import EventJudge
from pratique.pipelines.load_rules import load_allowances, load_rules, load_sequences


class Detecting(Struct, frozen=True, kw_only=True):
    """
    What to detect by.

    ``rules`` and ``sequences`` are files; none are our own. ``learns`` keeps a baseline of every
    workload that has none; ``baselines`` are those that were learnt before. ``drift_allowed`` is a
    file that says what may drift.
    """

    rules: tuple[Path, ...] = ()
    sequences: tuple[Path, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    learns: bool = False
    drift_allowed: Path | None = None


class Known(Struct, frozen=True, kw_only=True):
    """What detectors may ask: of images' files, and of the files of running containers."""

    images: ImageIndexes
    measure: Measure


class Detectors:
    """
    The detectors of one watch.

    Raises:
        UsageError: a file cannot be read, or a sequence is wrong.
        RuleError: a rule is wrong.
    """

    def __init__(self, asked: Detecting, known: Known) -> None:
        self.rules: RuleSet = load_rules(asked.rules)
        self.in_use = InUseCollector(known.images)
        self.baseline = BaselineDetector(asked.baselines, lambda _: asked.learns)
        self.drift = Drift(
            known.images,
            known.measure,
            learnt=self.baseline.knows_program,
            allowed=load_allowances(asked.drift_allowed),
        )
        self._asked = asked

    def judge(self, *, prepared: bool = False) -> EventJudge:
        """Return all of them behind one question; prepared, so that no event waits for a function."""
        rules, counts = RuleDetector(self.rules), Counts()
        if prepared:
            rules.prepare()
        watching: list[Detector] = [rules, self.drift, counts, Losses(), self.in_use]
        if self._asked.learns or self._asked.baselines:
            watching.append(self.baseline)
        return EventJudge(watching)

    def stories(self) -> Stories:
        """Return what makes stories of their alerts."""
        return Stories(load_sequences(self._asked.sequences) or built_in())

    def reload(self, *, prepared: bool = False) -> EventJudge:
        """
        Read the files of rules again; everything that was learnt or is pending stays.

        Raises:
            UsageError: a file cannot be read; the old rules stay.
            RuleError: a rule is wrong; the old rules stay.
        """
        self.rules = load_rules(self._asked.rules)
        return self.judge(prepared=prepared)

    def notes(self) -> Sequence[str]:
        """Return what a person should know of the rules: fields that no event supplies."""
        return tuple(
            f"rule {one.rule!r}: {one.field} is never known here" for one in self.rules.unavailable
        )
