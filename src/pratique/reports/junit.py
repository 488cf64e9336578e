"""
Render a report as JUnit XML, which every CI service shows as a list of tests.

A subject is a test suite, a finding a test case, and so is each reason of a verdict. A finding at the threshold of ``--fail-on`` or
above (any, without a threshold) has failed; a milder one passed with its text as output; a
suppressed one is skipped with the reason; what was not understood is an error, and so is a finding
without a grade where there is a threshold. A subject without
findings has one case that passed, so that "looked at" is visible.

Source: https://github.com/testmoapp/junitxml (the common form); Jenkins' junit-10.xsd.
"""

from collections.abc import Iterable
from html import escape

from msgspec import Struct

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown
from pratique.model.verdict import Answer, Verdict
from pratique.reports._places import about, place, told
from pratique.reports._sentences import data_gaps
from pratique.reports._steps import step
from pratique.reports._summary import summarise
from pratique.reports._verdict import headline, reason_words
from pratique.reports.interface import Style

NAME = "junit"
MEDIA_TYPE = "application/xml"
SUFFIX = ".junit.xml"

_TEXT_CHARS = 4000


class _Case(Struct, frozen=True):
    """
    One test case.

    ``state`` is the element that says how it ended: ``failure``, ``error``, ``skipped``, or
    ``system-out`` for one that passed.
    """

    place: str
    name: str
    state: str = ""
    message: str = ""
    kind: str = ""
    text: str = ""


def render(report: Report, style: Style) -> bytes:
    """Return the document, UTF-8."""
    suites = [(subject, _cases(subject, report)) for subject in report.subjects]
    every = [case for _, cases in suites for case in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_head('pratique', every)}>"]
    for subject, cases in suites:
        name = (subject.image.name if subject.image else "") or subject.target or "unnamed"
        if subject.image:
            name += f" ({subject.image.config.platform})"
        moment = _attribute("timestamp", report.now[:19])
        lines.append(f"  <testsuite{_head(name, cases)}{moment}>")
        lines += [line for case in cases for line in _case(case)]
        lines.append("  </testsuite>")
    return ("\n".join([*lines, "</testsuites>"]) + "\n").encode()


def _cases(subject: Subject, report: Report) -> list[_Case]:
    limit = Severity(report.threshold).rank if report.threshold else None
    cases = _verdict(subject.verdict) if subject.verdict else []
    cases += [_unknown(unknown) for unknown in subject.unknowns]
    cases += [
        _Case("pratique", "advisory data", "error", line, "Unknown")
        for line in data_gaps(subject, report)
    ]
    cases += [_finding(finding, limit) for finding in subject.findings]
    if not cases:
        words = summarise(subject, report).coverage
        text = "" if words == "complete" else words
        cases.append(
            _Case("pratique", "no known flaw" if report.scanned else "packages", text=text)
        )
    return cases


def _verdict(verdict: Verdict) -> list[_Case]:
    """Return one case for each reason: a denial failed, a doubt is an error, the rest passed."""
    states = {Answer.DENY: "failure", Answer.UNDECIDED: "error"}
    name = f"policy {verdict.policy.name}"
    cases = [
        _Case(
            name,
            f"[{reason.answer.value}] {reason.rule}",
            states.get(reason.answer, "system-out"),
            reason_words(reason),
            reason.answer.value,
        )
        for reason in verdict.reasons
    ]
    return cases or [_Case(name, f"[{verdict.answer.value}]", text=headline(verdict))]


def _unknown(unknown: Unknown) -> _Case:
    return _Case(unknown.unit, unknown.location, "error", unknown.reason, "Unknown")


def _finding(finding: Finding, limit: int | None) -> _Case:
    package = f"{finding.package_name} {finding.package_version}".strip() or about(finding)
    name = f"[{finding.severity.value}] {finding.rule}"
    if finding.suppressed:
        return _Case(package, name, "skipped", finding.suppressed)
    state = "failure" if limit is None or finding.severity.rank >= limit else "system-out"
    if limit is not None and finding.severity is Severity.UNKNOWN:
        state = "error"  # it may be over the threshold
    return _Case(
        package,
        name,
        state,
        f"{told(finding)}: {step(finding)}",
        finding.severity.value,
        "\n".join(_facts(finding)),
    )


def _facts(finding: Finding) -> Iterable[str]:
    if finding.location:
        yield f"in {place(finding)}"
    for evidence in finding.evidence:
        yield f"{evidence.advisory}: {evidence.comparison or evidence.note} {evidence.url}".strip()
    if finding.exploited:
        yield "known to be exploited"


def _case(case: _Case) -> list[str]:
    head = f"    <testcase{_attribute('classname', case.place)}{_attribute('name', case.name)}"
    text = "\n".join(_text(line) for line in case.text.split("\n"))
    if case.state == "system-out":
        words = _text(case.message) + ("\n" + text if text else "")
        return [f"{head}>", f"      <system-out>{words}</system-out>", "    </testcase>"]
    if not case.state:
        out = [f"      <system-out>{text}</system-out>"] if text else []
        return [f"{head}>", *out, "    </testcase>"]
    kind = _attribute("type", case.kind) if case.kind else ""
    inner = f"      <{case.state}{_attribute('message', case.message)}{kind}>{text}</{case.state}>"
    return [f"{head}>", inner, "    </testcase>"]


def _head(name: str, cases: list[_Case]) -> str:
    number = {
        state: sum(case.state == state for case in cases)
        for state in ("failure", "error", "skipped")
    }
    counts = {
        "tests": len(cases),
        "failures": number["failure"],
        "errors": number["error"],
        "skipped": number["skipped"],
        "time": 0,
    }
    return _attribute("name", name) + "".join(f' {key}="{value}"' for key, value in counts.items())


def _attribute(name: str, text: str) -> str:
    return f' {name}="{_text(text)}"'


def _text(text: str) -> str:
    """Return text for XML; ``printable`` takes out what XML 1.0 cannot hold."""
    return escape(printable(text)[:_TEXT_CHARS])
