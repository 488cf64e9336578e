"""
Write linted files as Markdown: what counts most in one table over all files, the rest folded.

Law: every finding stands once, worst first, then by file and line; what can be mended says by which
option. Paths and words stand in code spans, as names of files may be anything.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.report import Report, SubjectKind
from pratique.model.severity import Severity
from pratique.reports._markdown import code, folded, table
from pratique.reports._places import detail, place, told
from pratique.reports._sentences import gaps, plural

_MOST_GAPS = 10
_MENDED = re.compile(r" \((--fix(?:=verified)?)(?:: ([^()]*)| mends it)\)\Z")
_WORDS = re.compile(r"[\w ,.;'/-]*")
"""Text in which Markdown sees nothing to act on; without names that end in a dot and more, so no link."""
_BAD = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM)
_MARKS = {
    Severity.CRITICAL: "🔴 critical",
    Severity.HIGH: "🔴 high",
    Severity.MEDIUM: "🟠 medium",
    Severity.LOW: "🟡 low",
}


def is_lint(report: Report) -> bool:
    """Return whether a report is about linted files alone."""
    return bool(report.subjects) and all(one.kind is SubjectKind.FILE for one in report.subjects)


def lint_lines(report: Report, rows: int) -> list[str]:
    """Return the lines below the headline; ``rows`` is how many rows each table may have."""
    found = [one for subject in report.subjects for one in subject.findings]
    found.sort(key=lambda one: (-one.severity.rank, one.location, one.line, one.id))
    live = [one for one in found if not one.suppressed]
    bad = [one for one in live if one.severity in _BAD]
    rest = [one for one in live if one.severity not in _BAD]
    away = [one for one in found if one.suppressed]
    lines = ["", _figures(live, len(report.subjects)), *_not_read(report)]
    if bad:
        lines += ["", *_table(bad, rows)]
    lines += folded(f"{_graded(rest)}", _table(rest, rows)) if rest else []
    return lines + folded(f"{len(away)} suppressed", _suppressed(away, rows))


def _figures(live: Sequence[Finding], files: int) -> str:
    if not live:
        return f"✅ Nothing found in {plural(files, 'file')}."
    options = Counter(option for one in live if (option := _option(one)))
    mended = [f"{count} mended by `pratique lint {option}`" for option, count in options.items()]
    words = f"**{plural(len(live), 'finding')}** in {plural(files, 'file')}: {_graded(live)}"
    return " · ".join((words, *mended))


def _graded(findings: Sequence[Finding]) -> str:
    counted = Counter(one.severity for one in findings)
    return ", ".join(f"{counted[grade]} {grade.value}" for grade in Severity if counted[grade])


def _table(findings: Sequence[Finding], rows: int) -> list[str]:
    shown = findings[:rows]
    lines = table(("Severity", "Where", "What", "Rule", "Fix"), map(_row, shown)) if shown else []
    left = len(findings) - len(shown)
    return [*lines, "", f"… and {left} more"] if left else lines


def _row(one: Finding) -> tuple[str, ...]:
    mended = _MENDED.search(detail(one))
    seen = detail(one)[: mended.start()] if mended else detail(one)
    what = ": ".join(filter(None, (_plain(told(one)), code(seen, 300))))
    fix = " ".join(filter(None, (code(mended[1]), _plain(mended[2] or "")))) if mended else ""
    grade = _MARKS.get(one.severity, one.severity.value)
    return grade, code(place(one)), what, code(one.rule), fix


def _plain(text: str) -> str:
    """Return words of ours as they are, anything that could act as a code span."""
    return text if _WORDS.fullmatch(text) else code(text)


def _option(one: Finding) -> str:
    mended = _MENDED.search(detail(one))
    return mended[1] if mended else ""


def _not_read(report: Report) -> list[str]:
    """Return what was not understood: that may hide something."""
    lines = [f"- {code(line, 300)}" for one in report.subjects for line in gaps(one, report)]
    if not lines:
        return []
    more = [f"- … and {len(lines) - _MOST_GAPS} more"] if len(lines) > _MOST_GAPS else []
    return ["", "⚠️ **Not looked at in full**", "", *lines[:_MOST_GAPS], *more]


def _suppressed(findings: Sequence[Finding], rows: int) -> list[str]:
    shown = findings[:rows]
    cells = [(code(place(one)), code(one.rule), code(printable(one.suppressed))) for one in shown]
    return table(("Where", "Rule", "Why"), cells) if cells else []
