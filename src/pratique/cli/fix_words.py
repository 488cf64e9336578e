"""
Put a plan into words: a table for a terminal, Markdown for a pull request, JSON for programs.

Whatever came from the image or from files is made harmless for its medium.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pratique.formats.text import markdown, printable
from pratique.model.finding import Finding
from pratique.model.severity import Severity
from pratique.pipelines.plan_remedy import Plan
from pratique.remedies.interface import Change

SCHEMA = "pratique.fix/1"
_SHOWN = 12


def as_table(plan: Plan, *, written: bool = False) -> str:
    """Return the plan for a terminal, the patch at its end where a Dockerfile was given."""
    lines = [printable(plan.subject.target), _headline(plan), ""]
    for number, change in enumerate(plan.taken, 1):
        lines += _change(number, change, plan)
    if not plan.taken:
        lines += ["Nothing to change was found." if plan.findings else "Nothing to mend.", ""]
    lines += _remaining(plan)
    lines += _left(plan)
    if written and plan.files:
        lines += ["Written: " + ", ".join(printable(str(one.place)) for one in plan.files)]
    elif plan.files:
        lines += ["", *(printable(line) for line in plan.shown_patch().splitlines())]
    return "\n".join(lines).rstrip() + "\n"


def as_markdown(plan: Plan) -> str:
    """Return the plan for the text of a pull request, short first."""
    lines = [f"**{markdown(_headline(plan))}**", ""]
    for number, change in enumerate(plan.taken, 1):
        clears = _counted(_of(plan, change))
        lines.append(f"{number}. {markdown(change.what)} ({change.breaks}): clears {clears}")
        lines += [f"   - {markdown(note)}" for note in change.notes]
        lines += [f"   - `{printable(text).replace('`', '')}`" for text in change.commands]
    remaining = _remaining(plan)
    lines += ["", *(markdown(line) for line in remaining)]
    patch = plan.shown_patch()
    if patch:
        shown = "\n".join(printable(line) for line in patch.splitlines())
        fence = "`" * max(3, _longest_run(shown) + 1)
        lines += ["", f"{fence}diff", shown, fence]
    return "\n".join(lines).rstrip() + "\n"


def as_json(plan: Plan) -> dict[str, object]:
    """Return the plan as JSON values."""
    return {
        "schema": SCHEMA,
        "target": plan.subject.target,
        "digest": plan.subject.digest,
        "now": plan.report.now,
        "outcome": plan.report.outcome,
        "findings": len(plan.findings),
        "changes": [_value(one, plan) for one in plan.taken],
        "left": [{**_value(one.change, plan), "reason": one.reason} for one in plan.left],
        "remaining": [_short(one) for one in plan.remaining],
        "cleared": [_short(one) for one in plan.cleared],
        "introduced": [_short(one) for one in plan.introduced],
        "remaining_after_patch": [_short(one) for one in plan.after_patch],
        "unsure": list(plan.unsure),
        "unknowns": len(plan.subject.unknowns),
        "patch": plan.shown_patch(),
    }


def _headline(plan: Plan) -> str:
    many = len(plan.taken)
    changes = "1 change clears" if many == 1 else f"{many} changes clear"
    return f"{_counted(plan.findings)}: {changes} {len(plan.cleared)}, {len(plan.remaining)} would remain"


def _change(number: int, change: Change, plan: Plan) -> list[str]:
    place = f"line {change.line}: " if change.line else ""
    place = place if change.edits or not plan.files else f"by hand: {place}"
    lines = [f"{number:2}. {printable(place + change.what)}"]
    lines.append(f"    clears {_counted(_of(plan, change))}; may break: {change.breaks}")
    if change.introduces:
        lines.append(f"    brings {change.introduces} that are not there now")
    lines.append(f"    {printable(change.why)}")
    lines += [f"    run: {printable(text)}" for text in change.commands]
    lines += [f"    note: {printable(text)}" for text in (*change.notes, *change.unsure)]
    return [*lines, ""]


def _remaining(plan: Plan) -> list[str]:
    lines = ["Nothing would remain." if plan.findings else ""]
    if plan.remaining:
        lines = [f"Would remain: {_counted(plan.remaining)}"]
    for one in plan.remaining[:_SHOWN]:
        about = f"{one.package_name} {one.package_version}" if one.package_name else one.location
        fix = f", fixed in {one.fix.version}" if one.fix.version else ""
        lines.append(printable(f"  {one.severity:<10} {one.rule} {about}{fix}"))
    more = len(plan.remaining) - _SHOWN
    lines += [f"  and {more} more (-o json lists them)"] if more > 0 else []
    if plan.files and len(plan.after_patch) > len(plan.remaining):
        lines.append(f"The patch alone would leave {_counted(plan.after_patch)}")
    if plan.subject.unknowns:
        count = len(plan.subject.unknowns)
        things = "1 thing" if count == 1 else f"{count} things"
        lines.append(f"Not known: {things} could not be looked at (`pratique scan` lists them)")
    return lines


def _left(plan: Plan) -> list[str]:
    telling = [one for one in plan.left if one.change.clears]
    if not telling:
        return []
    lines = ["", "Not chosen:"]
    for one in telling[:_SHOWN]:
        clears = _counted(_of(plan, one.change))
        lines.append(printable(f"  {one.change.what}: {one.reason} (would clear {clears})"))
    more = len(telling) - _SHOWN
    return [*lines, f"  and {more} more (-o json lists them)"] if more > 0 else lines


def _of(plan: Plan, change: Change) -> list[Finding]:
    wanted = set(change.clears)
    return [one for one in plan.findings if one.id in wanted]


def _counted(findings: Sequence[Finding]) -> str:
    """Return a count with the grades that matter: ``7 findings (2 critical, 5 high)``."""
    grades = Counter(one.severity for one in findings)
    worst = [f"{grades[s]} {s}" for s in (Severity.CRITICAL, Severity.HIGH) if grades[s]]
    noun = "finding" if len(findings) == 1 else "findings"
    return f"{len(findings)} {noun}" + (f" ({', '.join(worst)})" if worst else "")


def _value(change: Change, plan: Plan) -> dict[str, object]:
    return {
        "remedy": change.remedy,
        "what": change.what,
        "why": change.why,
        "breaks": change.breaks,
        "line": change.line,
        "clears": [{"id": one.id, **_short(one)} for one in _of(plan, change)],
        "introduces": change.introduces,
        "risk_removed": change.removed_risk,
        "commands": list(change.commands),
        "notes": [*change.notes, *change.unsure],
        "edits": len(change.edits),
    }


def _short(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "rule": finding.rule,
        "severity": finding.severity,
        "package": finding.package_name,
        "version": finding.package_version,
        "location": finding.location,
        "fix": finding.fix.version,
    }


def _longest_run(text: str) -> int:
    return max((len(run) for run in _runs(text)), default=0)


def _runs(text: str) -> Iterable[str]:
    import re

    return re.findall(r"`+", text)
