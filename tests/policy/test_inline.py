"""A comment silences the findings it reaches and names, and no other."""

from datetime import UTC, datetime

from pratique.formats.ignore.inline import Pragma, Reach
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.policy.inline import Applied, apply_pragmas

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOUND = Finding(
    id="x",
    kind=FindingKind.CONFIG,
    rule="sudo-in-run",
    names=("DL3004", "DS-0010"),
    location="Dockerfile",
    line=5,
)


def applied(
    *names: str, first: int = 4, last: int = 6, until: str = "", reason: str = ""
) -> Applied:
    """Return what one comment does to the finding."""
    one = Pragma(
        names=names, reach=Reach.NEXT, line=3, reason=reason, until=until, first=first, last=last
    )
    return apply_pragmas((FOUND,), (one,), NOW)


def test_every_name_will_do():
    """Ours, an alias in any case, Trivy's older form, and BuildKit's word for all."""
    for name in ("sudo-in-run", "dl3004", "AVD-DS-0010", "all"):
        (finding,) = applied(name, reason="why").findings
        assert finding.suppressed == "why (Dockerfile:3)"
        assert finding.suppressed_by is Suppressor.IGNORE_RULE


def test_other_rules_lines_and_times_go_on():
    """Such a comment met nothing, which is told."""
    for said in (
        applied("DL3003"),
        applied("DL3004", last=4),
        applied("DL3004", until="2025-01-01"),
    ):
        assert said.findings == (FOUND,)
        assert len(said.idle) == 1


def test_what_is_suppressed_keeps_its_reason():
    """The first word counts."""
    (finding,) = applied("DL3004").findings
    again = Pragma(names=("DL3004",), reach=Reach.FILE, line=1, reason="later")
    assert apply_pragmas((finding,), (again,), NOW).findings == (finding,)
