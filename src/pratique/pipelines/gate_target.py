"""
Scan a target with everything and decide by a policy whether it may pass.

Only wiring: reading is ``scan_target``'s, deciding ``policy``'s. Laws: the policy is read before the
target, so a mistake in it costs no scan; ignore files count only where they were named, because a
file that lies in the folder is written by whoever asks to pass.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.report import Report
from pratique.model.verdict import Answer, Verdict, gravest
from pratique.pipelines.load_policy import load_policy
from pratique.pipelines.read_report import known_findings
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.policy.judging import Circumstances, Known, judge
from pratique.policy.policy import Policy

OUTCOMES = {
    Answer.ALLOW: "pass",
    Answer.WARN: "pass",
    Answer.UNDECIDED: "undecided",
    Answer.DENY: "fail",
}
"""``Report.outcome`` for an answer."""


class GateSettings(Struct, frozen=True, kw_only=True):
    """
    How to decide.

    ``policy`` is a profile's name or a file; ``baseline`` a JSON report, or the digest of a stored one,
    whose findings do not count again.
    """

    scan: ScanSettings
    policy: str = "baseline"
    baseline: str = ""
    data_folder: Path | None = None


def gate_target(target: str, settings: GateSettings) -> Report:
    """
    Return the report on a target, each subject with its verdict.

    Raises:
        TargetError: the target cannot be identified.
        UsageError: the policy, the baseline, a VEX document or an ignore file cannot be understood.
    """
    judge_report = judging(settings)
    return judge_report(scan_target(target, settings.scan))


def judging(settings: GateSettings) -> Callable[[Report], Report]:
    """
    Return what adds a verdict to each subject of a report; policy and baseline are read now.

    Raises:
        UsageError: the policy or the baseline cannot be understood.
    """
    policy = load_policy(settings.policy)
    known = known_findings(settings.baseline, settings.data_folder)
    return partial(_judged, policy=policy, known=known, scan=settings.scan)


def _judged(report: Report, policy: Policy, known: Known, scan: ScanSettings) -> Report:
    around = Circumstances(data=report.data, now=scan.now, scanners=scan.scanners, known=known)
    subjects = tuple(judge(one, policy, around) for one in report.subjects)
    verdicts = [one.verdict for one in subjects if one.verdict is not None]
    answer = gravest(one.answer for one in verdicts)
    return replace(report, subjects=subjects, outcome=OUTCOMES[answer], reasons=_reasons(verdicts))


def _reasons(verdicts: list[Verdict]) -> tuple[str, ...]:
    """Return the sentences of the gravest verdict that made it what it is."""
    worst = max(verdicts, key=lambda one: one.answer.rank, default=None)
    if worst is None or worst.answer is Answer.ALLOW:
        return ()
    return tuple(
        f"{one.rule}: {one.message}" for one in worst.reasons if one.answer is worst.answer
    )
