"""List what is in a target: a report that was read and not judged, for SBOMs."""

from datetime import datetime

from pratique import __version__
from pratique.kit.clock import iso
from pratique.model.report import Report
from pratique.pipelines.read_target import ReadSettings, read_target
from pratique.policy.threshold import answer


def list_packages(target: str, settings: ReadSettings, now: datetime) -> Report:
    """
    Return the report on a target's packages; undecided where some could not be read.

    Raises:
        TargetError: the target cannot be identified.
    """
    reading = read_target(target, settings)
    outcome, reasons = answer(reading.subjects, None)
    return Report(
        tool_version=__version__,
        now=iso(now),
        subjects=reading.subjects,
        scanned=False,
        outcome=outcome,
        reasons=reasons,
        skipped=reading.skipped,
    )
