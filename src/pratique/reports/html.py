"""
Render a report as one HTML file for a browser: self-contained, light and dark, wide and narrow.

It asks for nothing outside itself, and its content security policy says so: the style sheet and
the script that sorts and filters are allowed by hash, all else is refused. Strings of the image
are text and nothing else. Without a script everything is still there, in the order of the report.
"""

import base64
import hashlib

from pratique.model.report import Report, Subject
from pratique.reports import _html_head as head
from pratique.reports import _html_parts as parts
from pratique.reports._html_charts import charts
from pratique.reports._html_layers import layers
from pratique.reports._html_script import SCRIPT
from pratique.reports._html_style import STYLE
from pratique.reports._html_text import text
from pratique.reports._layers import base_words
from pratique.reports._sentences import (
    content_words,
    data_words,
    gaps,
    plural,
    size,
    skipped_words,
    stale_words,
)
from pratique.reports._summary import counted
from pratique.reports._upgrades import ungraded_upgrades, urgent_upgrades
from pratique.reports._verdict import ANSWER_WORDS, new_ids
from pratique.reports.interface import Style

NAME = "html"
MEDIA_TYPE = "text/html; charset=utf-8"
SUFFIX = ".html"


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
        f"<title>{_title(report)}{names}: image security</title>",
        f"<style>{STYLE}</style></head><body>",
        *_header(report),
        '<main id="content">',
        *head.outcome(report),
    ]
    for number, subject in enumerate(report.subjects):
        lines += [f'<section aria-labelledby="subject-{number}">']
        lines += [*_subject(subject, report, number), "</section>"]
    lines += ["</main>", *_foot(report), f"<script>{SCRIPT}</script>", "</body></html>"]
    return ("\n".join(lines) + "\n").encode()


def _title(report: Report) -> str:
    """Return the gravest answer, where there is one, so that a browser's tab says it."""
    answers = [one.verdict.answer for one in report.subjects if one.verdict]
    return f"{ANSWER_WORDS[max(answers, key=lambda one: one.rank)]} " if answers else ""


def _header(report: Report) -> list[str]:
    links = [
        f'<li><a href="#subject-{number}">{text(_named(subject))}</a></li>'
        for number, subject in enumerate(report.subjects[:20])
    ]
    several = len(report.subjects) > 1
    nav = f'<nav aria-label="Images"><ul>{"".join(links)}</ul></nav>' if several else ""
    return [
        '<a class="skip" href="#content">To the content</a>',
        f"<header><h1>pratique: image security</h1>{nav}</header>",
    ]


def _named(subject: Subject) -> str:
    """Return a subject's name with the platform that tells it from the others."""
    return f"{_name(subject)} {subject.image.config.platform}" if subject.image else _name(subject)


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _name(subject: Subject) -> str:
    return (subject.image.name if subject.image else "") or subject.target or "unnamed"


def _subject(subject: Subject, report: Report, number: int) -> list[str]:
    live = counted(subject)
    lines = [f'<h2 id="subject-{number}">{text(_name(subject))}</h2>', *_facts(subject)]
    lines += head.verdict(subject.verdict) if subject.verdict else []
    lines += head.end_of_life(subject) + head.gaps(gaps(subject, report))
    if not report.scanned:
        return [*lines, "<p>Not checked for flaws.</p>", *parts.packages(subject)]
    lines += [*head.tiles(subject, report, live), *charts(live, report.now)]
    lines += head.contraband(live)
    lines += head.weaknesses(live)
    now, title = urgent_upgrades(live, subject.packages), "Fix now"
    why = "exploited, or critical or high with a fix"
    if not now:
        now, title = ungraded_upgrades(live, subject.packages), "Fix"
        why = "nobody has graded these flaws, so they may be urgent"
    if now:
        lines += [f"<h3>{title} <small>{why}</small></h3>", *parts.upgrades(now)]
    if live:
        lines.append(f"<h3>All findings <small>{plural(len(live), 'finding')}</small></h3>")
        lines += parts.findings(live, new_ids(subject))
    lines += [*layers(subject, live), *parts.suppressed(subject.findings)]
    return [*lines, *parts.packages(subject)]


def _facts(subject: Subject) -> list[str]:
    image = subject.image
    facts = content_words(subject)
    if image:
        stored = sum(layer.blob.size_bytes for layer in image.layers)
        facts[1:1] = [
            str(image.config.platform),
            f"{size(stored)}, {plural(len(image.layers), 'layer')}",
        ]
    facts.append(base_words(subject))
    shown = "".join(f"<li>{text(fact)}</li>" for fact in facts if fact)
    digest = f'<p class="mono faint">{text(subject.digest)}</p>' if subject.digest else ""
    return [digest, f'<ul class="facts">{shown}</ul>']


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
