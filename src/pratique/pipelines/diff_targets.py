"""
Compare two targets, or JSON reports on them.

Law: a target is scanned with the same options as the other, so what differs is the images; a report
says what was known when it was made, so advisory data may differ too, and then that is said.
"""

from pathlib import Path

from pratique.formats.documents.json import parse_json
from pratique.pipelines.read_report import is_report, read_report
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.policy.differing import Difference, differ
from pratique.policy.recorded import EarlierReport
from pratique.reports import json as json_report
from pratique.reports.interface import Style


def diff_targets(before: str, after: str, settings: ScanSettings) -> Difference:
    """
    Return what changed from one to the other.

    Raises:
        TargetError: a target cannot be identified.
        UsageError: a report cannot be understood.
    """
    return differ(_side(before, settings), _side(after, settings))


def _side(text: str, settings: ScanSettings) -> EarlierReport:
    file = Path(text.removeprefix("report:"))
    if text.startswith("report:") or is_report(file):
        return read_report(file)
    report = scan_target(text, settings)
    return parse_json(json_report.render(report, Style()), EarlierReport)
