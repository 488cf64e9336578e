"""Law: every detector that was asked for is asked, and rules change whole."""

from pathlib import Path

from pratique.detections.in_use import InUseCollector
from pratique.pipelines.watch_detectors import Detecting, Detectors, Known
from pratique.pipelines.watch_files import unmeasured
from tests.makers.happenings import executed
from tests.makers.watched import RULE, story


class NoImages:
    """A store that knows nothing."""

    def of(self, digest: str) -> None:
        """Return nothing."""


KNOWN = Known(images=NoImages(), measure=unmeasured)


def test_rules_and_losses_are_judged(tmp_path: Path) -> None:
    """By one judge, which wants what each of them wants."""
    (tmp_path / "r.yaml").write_bytes(RULE)
    detectors = Detectors(Detecting(rules=(tmp_path / "r.yaml",)), KNOWN)
    judge = detectors.judge()
    alerts = [alert.rule for one in story() for alert in judge.see(one)]

    assert alerts == ["shadow-read", "events-lost"]
    assert {"open", "openat", "execve", "lost"} <= judge.interest.types
    assert isinstance(detectors.in_use, InUseCollector)


def test_what_may_drift_is_not_told(tmp_path: Path) -> None:
    """Where a file allows it with a reason; without that it is told."""
    allowed = tmp_path / "allowed.yaml"
    allowed.write_text(
        "pratique-drift: 1\nallow:\n  - {paths: ['/opt/*'], reason: plugins are installed there}\n"
    )
    seen = executed("/opt/plugin", upper_layer=True)
    told = Detectors(Detecting(), KNOWN).drift.see(seen)
    silent = Detectors(Detecting(drift_allowed=allowed), KNOWN).drift.see(seen)

    assert [alert.rule for alert in told] == ["drifted-executable"]
    assert not silent


def test_a_workload_is_learnt_when_asked_for() -> None:
    """With what it ran."""
    detectors = Detectors(Detecting(learns=True), KNOWN)
    judge = detectors.judge()
    for one in story():
        judge.see(one)
    (learnt,) = detectors.baseline.learnt()

    assert [one.path for one in learnt.processes] == ["/bin/sh"]
