"""
Render a report as one HTML file for a browser: self-contained, light and dark, wide and narrow.

It asks for nothing outside itself, and its content security policy says so: the style sheet and
the script that sorts and filters are allowed by hash, all else is refused. Strings of the image
are text and nothing else. Without a script everything is still there, in the order of the report.
"""

import base64
import hashlib

from pratique.model.finding import FindingKind
from pratique.model.report import Report, Subject
from pratique.reports import _html_parts as parts
from pratique.reports._html_parts import text
from pratique.reports._html_style import SCRIPT, STYLE
from pratique.reports._sentences import (
    by_severity,
    checked_words,
    data_words,
    declared_words,
    distro_words,
    gaps,
    package_words,
    plural,
    size,
    skipped_words,
    stale_words,
)
from pratique.reports._summary import counted, summarise
from pratique.reports._upgrades import ungraded_upgrades, urgent_upgrades
from pratique.reports.interface import Style

NAME = "html"
MEDIA_TYPE = "text/html; charset=utf-8"
SUFFIX = ".html"

_OUTCOMES = {"pass": "Pass", "fail": "Fail", "undecided": "Undecided"}


def render(report: Report, style: Style) -> bytes:
    """Return the page, UTF-8."""
    policy = (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    names = ", ".join(text(_name(subject)) for subject in report.subjects[:3]) or "nothing"
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{names}: image security</title>",
        f"<style>{STYLE}</style></head><body>",
        "<h1>pratique: image security</h1>",
        *_verdict(report),
    ]
    for subject in report.subjects:
        lines += ["<section>", *_subject(subject, report), "</section>"]
    lines += [*_foot(report), f"<script>{SCRIPT}</script>", "</body></html>"]
    return ("\n".join(lines) + "\n").encode()


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _name(subject: Subject) -> str:
    return (subject.image.name if subject.image else "") or subject.target or "unnamed"


def _verdict(report: Report) -> list[str]:
    """Return the outcome where one was asked for; "pass" without a threshold says nothing."""
    outcome, label = report.outcome, _OUTCOMES.get(report.outcome, "")
    if not label or (outcome == "pass" and not report.threshold):
        return []
    reasons = list(report.reasons)
    if outcome == "pass":
        none = f"nothing {report.threshold} or worse found"
        if reasons:  # not everything was looked at: the word must not sound like a clearance
            outcome, label = "undecided", "Incomplete"
            none += f", but {reasons[0]}"
        reasons = [none]
    words = "; ".join(map(text, reasons))
    return [f'<div class="verdict {outcome}"><b>{label}</b><span>{words}</span></div>']


def _subject(subject: Subject, report: Report) -> list[str]:
    live = counted(subject)
    lines = [f"<h2>{text(_name(subject))}</h2>", *_facts(subject), *_alarms(subject)]
    lines += _gaps(gaps(subject, report))
    if not report.scanned:
        return [*lines, "<p>Not checked for flaws.</p>", *parts.packages(subject)]
    lines += _figures(subject, report)
    now, title = urgent_upgrades(live, subject.packages), "Fix now"
    why = "exploited, or critical or high with a fix"
    if not now:
        now, title = ungraded_upgrades(live, subject.packages), "Fix"
        why = "nobody has graded these flaws, so they may be urgent"
    if now:
        lines += [f"<h3>{title} <small>{why}</small></h3>", *parts.upgrades(now)]
    if live:
        lines += [
            f"<h3>Findings <small>{plural(len(live), 'finding')}</small></h3>",
            *parts.findings(live),
        ]
    lines += parts.suppressed(subject.findings)
    return [*lines, *parts.layers(subject, live), *parts.packages(subject)]


def _facts(subject: Subject) -> list[str]:
    image, packages = subject.image, subject.packages
    facts = [distro_words(subject), package_words(packages), declared_words(packages)]
    if image:
        stored = sum(layer.blob.size_bytes for layer in image.layers)
        facts[1:1] = [
            str(image.config.platform),
            f"{size(stored)}, {plural(len(image.layers), 'layer')}",
        ]
    shown = "".join(f"<li>{text(fact)}</li>" for fact in facts if fact)
    digest = f'<p class="mono faint">{text(subject.digest)}</p>' if subject.digest else ""
    return [digest, f'<ul class="facts">{shown}</ul>']


def _alarms(subject: Subject) -> list[str]:
    """Return what is no published flaw: end of life, malware, tampering."""
    lines = []
    for finding in subject.findings:
        if finding.kind is FindingKind.VULNERABILITY or finding.suppressed:
            continue
        label = finding.kind.value.replace("-", " ")
        where = (
            ""
            if finding.kind is FindingKind.END_OF_LIFE
            else finding.package_name or finding.location
        )
        words = ": ".join(filter(None, (where, finding.title or finding.rule)))
        lines.append(f'<div class="verdict fail"><b>{label}</b><span>{text(words)}</span></div>')
    return lines


def _gaps(lines: list[str]) -> list[str]:
    if not lines:
        return []
    what = "1 thing was" if len(lines) == 1 else f"{len(lines)} things were"
    head = f"<b>Incomplete</b>: {what} not looked at: there may be more than is shown"
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    return [f'<div class="gaps"><span class="undecided">{head}</span><ul>{items}</ul></div>']


def _figures(subject: Subject, report: Report) -> list[str]:
    summary = summarise(subject, report)
    if not summary.findings:
        words = "No finding in what was looked at; the rest may hold some."
        if summary.coverage == "complete":
            words = f"No known flaw: {text(checked_words(subject, report))}"
        elif summary.coverage == "nothing to check":
            words = "Nothing to check: there is no package"
        return [f"<p>{words}</p>"]
    chips = [
        f'<li class="chip {severity.value}"><b>{words}</b></li>'
        for severity, words in by_severity(summary.severities)
    ]
    facts = [f"{summary.fixable} fixable"]
    facts += [f"{summary.exploited} known to be exploited"] if summary.exploited else []
    facts += [f"{summary.suppressed} suppressed"] if summary.suppressed else []
    chips += [f'<li class="chip">{fact}</li>' for fact in facts]
    return [f'<ul class="chips">{"".join(chips)}</ul>']


def _foot(report: Report) -> list[str]:
    lines = [f"Made by pratique {text(report.tool_version)} at {text(report.now)}."]
    if report.scanned:
        data = data_words(report.data, report.now)
        words = "; ".join(text(words) for words, _ in data) or "none"
        lines.append(f"Advisory data: {words}.")
        if any(old for _, old in data):
            lines.append(f"{text(stale_words(report.data, report.now))}.")
    if report.skipped:
        lines.append(f"{text(skipped_words(report.skipped))}.")
    return ["<footer>", *(f"<p>{line}</p>" for line in lines), "</footer>"]
