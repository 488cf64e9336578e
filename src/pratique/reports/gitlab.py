"""
Render a report as GitLab's container scanning report, schema 15.2.1.

For the artifact ``container_scanning``: merge requests and the vulnerability report then show the
findings: flaws, and secrets (masked), malware, tampering and configuration with their place as
dependency. GitLab shows texts as Markdown, so they are escaped. Identifiers are made from content,
so a finding keeps its own from scan to scan. Suppressed findings are left out and counted in a
message; what was not understood is a message, and a blocking gap makes the scan a failure. Patches of
a plan (``pratique fix``) are remediations.

Source: https://gitlab.com/gitlab-org/security-products/security-report-schemas (15.2.1,
container-scanning-report-format.json).
"""

import re
import uuid
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pratique.formats.text import markdown, printable
from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.model.unknown import Weight
from pratique.reports._encoding import json_bytes
from pratique.reports._flaws import links
from pratique.reports._markdown import code
from pratique.reports._places import about, hidden
from pratique.reports._sentences import data_gaps, fix_step
from pratique.reports._steps import step
from pratique.reports._subjects import pseudo_path
from pratique.reports._summary import counted, of_kinds
from pratique.reports._suppressed import suppressed_words
from pratique.reports.interface import Style

NAME = "gitlab"
MEDIA_TYPE = "application/json"
SUFFIX = ".gitlab.json"

_VERSION = "15.2.1"
_SCHEMA = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/"
    f"v{_VERSION}/dist/container-scanning-report-format.json"
)
_KINDS = frozenset(FindingKind) - {FindingKind.LICENCE, FindingKind.END_OF_LIFE}
"""Licences go to GitLab by its own report, CycloneDX; the end of life is a message."""
_SEVERITIES = {Severity.NEGLIGIBLE: "Info"}
"""Where GitLab has another word for a severity."""
_MOST_NAMES = 20
"""Identifiers of one finding that GitLab reads."""
_MOST_LINKS = 10
_Told = tuple[Finding, dict[str, object]]
"""A finding and what GitLab is told of it."""
_NAME_CHARS = 255
_TEXT_CHARS = 100_000
_SOLUTION_CHARS = 7000
_VECTOR = re.compile(
    r"CVSS:3\.[01]/AV:[NALP]/AC:[LH]/PR:[NLH]/UI:[NR]/S:[UC]/C:[NLH]/I:[NLH]/A:[NLH]"
)


def render(report: Report, style: Style) -> bytes:
    """Return the report as indented JSON."""
    moment = report.now[:19]
    told = _vulnerabilities(report)
    broken = any(one.weight is Weight.BLOCKING for s in report.subjects for one in s.unknowns)
    tool = {
        "id": "pratique",
        "name": "pratique",
        "version": report.tool_version,
        "vendor": {"name": "pratique"},
    }
    return json_bytes(
        {
            "version": _VERSION,
            "schema": _SCHEMA,
            "scan": {
                "analyzer": tool,
                "scanner": tool,
                "type": "container_scanning",
                "start_time": moment,
                "end_time": moment,
                "status": "failure" if broken else "success",
                "messages": _messages(report),
            },
            "vulnerabilities": [made for _, made in told],
            "remediations": list(_remediations(report, told)),
        }
    )


def _remediations(report: Report, told: Sequence[_Told]) -> Iterator[dict[str, object]]:
    """Yield the patches that clear what is told; a patch is for `git apply`, in base64."""
    for one in report.remediations:
        cleared = set(one.clears)
        fixes = [{"id": made["id"]} for finding, made in told if finding.id in cleared]
        if fixes:
            yield {
                "fixes": fixes,
                "summary": printable(one.summary)[:_TEXT_CHARS],
                "diff": b64encode(one.patch).decode(),
            }


def _vulnerabilities(report: Report) -> list[_Told]:
    """Return every finding that counts; the second of two that would share an id has its own."""
    seen = Counter[str]()
    made: list[_Told] = []
    for subject in report.subjects:
        for finding in of_kinds(counted(subject), *_KINDS):
            if finding.rule:
                words = _words(finding, subject)
                seen[words] += 1
                unique = _unique(words, seen[words])
                made.append((finding, _vulnerability(finding, subject, unique)))
    return made


def _messages(report: Report) -> list[dict[str, str]]:
    messages = []
    for subject in report.subjects:
        for one in subject.unknowns:
            level = "fatal" if one.weight is Weight.BLOCKING else "warn"
            messages.append(_message(level, f"{one.location}: {one.reason}"))
        messages += [_message("warn", line) for line in data_gaps(subject, report)]
        ended = of_kinds(subject.findings, FindingKind.END_OF_LIFE)
        messages += [_message("warn", one.title or one.rule) for one in ended]
        left_out = suppressed_words(subject.findings)
        messages += [_message("info", f"Left out: {left_out}")] if left_out else []
    return messages


def _message(level: str, text: str) -> dict[str, str]:
    return {"level": level, "value": printable(text) or "unknown"}


def _vulnerability(finding: Finding, subject: Subject, unique: str) -> dict[str, object]:
    name = printable(finding.title or finding.rule)[:_NAME_CHARS]
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    made: dict[str, object] = {
        "id": unique,
        "name": name,
        "description": _description(finding)[:_TEXT_CHARS],
        "severity": _SEVERITIES.get(finding.severity, finding.severity.value.capitalize()),
        "solution": _solution(finding)[:_SOLUTION_CHARS],
        "identifiers": _identifiers(finding),
        "links": [{"url": url} for url in urls[:_MOST_LINKS]],
        "location": _location(finding, subject),
    }
    vectors = [
        {"vendor": score.source or "unknown", "vector": score.vector}
        for score in finding.scores
        if _VECTOR.fullmatch(score.vector)
    ]
    if vectors:
        made["cvss_vectors"] = vectors[:10]
    return made


def _description(finding: Finding) -> str:
    """Return what was found as inert Markdown; of a secret its mask."""
    if finding.kind is FindingKind.VULNERABILITY:
        return markdown(finding.description or finding.title)
    words = [markdown(finding.description or finding.title or finding.rule)]
    words += [f"Shown as {code(finding.masked)}"] if finding.masked else []
    words += [markdown(hidden(finding))] if finding.hidden_by else []
    return ". ".join(words)


def _solution(finding: Finding) -> str:
    fix = finding.fix
    if fix.version:
        return f"Upgrade {code(finding.package_name)} to {code(fix_step(fix))}"
    words = step(finding)
    return markdown(words[:1].upper() + words[1:])


def _words(finding: Finding, subject: Subject) -> str:
    """Return what makes a finding the same in the next build: no tag, digest or version."""
    parts = (finding.kind, finding.rule, finding.package_name, finding.location)
    return "\0".join((*parts, pseudo_path(subject)))


def _unique(words: str, number: int) -> str:
    suffix = "" if number == 1 else f"\0{number}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"pratique:{words}{suffix}"))


def _location(finding: Finding, subject: Subject) -> dict[str, object]:
    distro = subject.distro
    system = f"{distro.id} {distro.version}".strip() if distro else ""
    return {
        "dependency": {
            "package": {"name": about(finding)},
            "version": printable(finding.package_version),
        },
        "operating_system": printable(system) or "unknown",
        "image": printable(_image(subject)) or "unknown",
    }


def _image(subject: Subject) -> str:
    return (subject.image.name if subject.image else "") or subject.target


def _identifiers(finding: Finding) -> list[dict[str, str]]:
    names = dict.fromkeys([finding.rule, *filter(None, finding.names)])
    return [_identifier(name) for name in list(names)[:_MOST_NAMES]] + list(_weaknesses(finding))


def _identifier(name: str) -> dict[str, str]:
    kind = name.partition("-")[0].lower()
    made = {"type": printable(kind) or "other", "name": printable(name), "value": printable(name)}
    url = links([f"https://www.cve.org/CVERecord?id={name}"]) if kind == "cve" else ()
    return made | ({"url": url[0]} if url else {})


def _weaknesses(finding: Finding) -> Iterable[dict[str, str]]:
    for name in finding.cwes[:5]:
        number = name.removeprefix("CWE-")
        if number.isascii() and number.isdigit():
            yield {
                "type": "cwe",
                "name": name,
                "value": number,
                "url": f"https://cwe.mitre.org/data/definitions/{number}.html",
            }
