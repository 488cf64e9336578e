"""Words of a plan are harmless and say what matters first."""

from pathlib import Path

from pratique.cli.fix_words import as_json, as_markdown, as_table
from pratique.model.package import PackageType
from pratique.model.report import Report
from pratique.model.severity import Severity
from pratique.pipelines.plan_remedy import Patched, Plan
from pratique.remedies.choosing import Left
from pratique.remedies.interface import Breaks, Change
from tests.makers.situation import findings_on, package, situation

LIBRARY = package(PackageType.PYPI, "evil\x1b[31m", "1.0")
FINDINGS = findings_on([LIBRARY], [("A", LIBRARY.name, "1.1"), ("B", LIBRARY.name, "")])
CHANGE = Change(
    remedy="r",
    what="Upgrade `x` <b>\x1b[2J",
    why="Because.",
    breaks=Breaks.PATCH,
    line=3,
    clears=(FINDINGS[0].id,),
    introduces=1,
    commands=("run `this`",),
    notes=("Look.",),
)


def plan(**fields: object) -> Plan:
    subject = situation([LIBRARY]).subject
    known: dict[str, object] = {
        "report": Report(tool_version="0", now="2026-11-21T00:00:00Z", subjects=(subject,)),
        "subject": subject,
        "findings": FINDINGS,
        "taken": (CHANGE,),
        "left": (Left(CHANGE, "it may break"),),
        "remaining": FINDINGS[1:],
        "cleared": FINDINGS[:1],
        "files": (Patched("Dockerfile", Path("d/Dockerfile"), b"a\n", b"b\x1b\n```\n"),),
    }
    return Plan(**{**known, **fields})  # type: ignore[arg-type]


def test_the_table_says_it_in_one_line_first() -> None:
    lines = as_table(plan()).splitlines()

    assert lines[1] == "2 findings (2 high): 1 change clears 1, 1 would remain"
    assert " 1. by hand: line 3: Upgrade" in lines[3]
    assert "    brings 1 that are not there now" in lines
    assert "    note: Look." in lines
    assert "Would remain: 1 finding (1 high)" in lines


def test_nothing_acts_on_the_terminal() -> None:
    for shown in (as_table(plan()), as_markdown(plan())):
        assert "\x1b" not in shown


def test_what_was_written_is_told_instead_of_shown() -> None:
    shown = as_table(plan(), written=True)
    assert "Written: d/Dockerfile" in shown
    assert "+++" not in shown


def test_markdown_cannot_be_left() -> None:
    """A fence longer than any in the patch; no HTML, no code that ends early."""
    shown = as_markdown(plan())
    assert "````diff" in shown
    assert "<b>" not in shown
    assert "`run this`" in shown


def test_nothing_to_mend() -> None:
    none = plan(findings=(), taken=(), left=(), remaining=(), cleared=(), files=())
    assert "Nothing to mend." in as_table(none)
    unfixed = plan(taken=(), left=(), remaining=FINDINGS, cleared=(), files=())
    assert "Nothing to change was found." in as_table(unfixed)
    assert "0 changes clear 0, 2 would remain" in as_table(unfixed)


def test_json_has_everything() -> None:
    found = as_json(plan())
    assert found["schema"] == "pratique.fix/1"
    assert found["remaining"] == [
        {
            "kind": "vulnerability",
            "rule": "B",
            "severity": Severity.HIGH,
            "package": LIBRARY.name,
            "version": "1.0",
            "location": LIBRARY.location,
            "fix": "",
        }
    ]
