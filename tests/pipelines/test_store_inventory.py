"""What the store keeps of a report; kept and judged again in ``test_rescan_stored``."""

from pratique.model.advisory import FixState
from pratique.model.finding import Finding, FindingKind, Fix, Suppressor
from pratique.model.stored import Judged
from pratique.pipelines.store_inventory import by_package, judged


def finding(rule: str, package: str, **more: object) -> Finding:
    fix = Fix(state=FixState.FIXED, version="2")
    given = {"id": rule, "kind": FindingKind.VULNERABILITY, "fix": fix, **more}
    return Finding(rule=rule, package=package, **given)  # type: ignore[arg-type]


def test_the_short_form_is_sorted_and_says_by_what_it_is_suppressed() -> None:
    """What people's own rules suppress is kept as it is without them."""
    findings = [
        finding("CVE-2", "a", suppressed="not reachable", suppressed_by=Suppressor.REACHABILITY),
        finding("CVE-1", "a", suppressed="accepted", suppressed_by=Suppressor.EXCEPTION),
        finding("CVE-3", "b"),
    ]
    assert judged(findings) == (
        Judged("CVE-1", "unknown", "fixed", "2"),
        Judged("CVE-2", "unknown", "fixed", "2", "reachability"),
        Judged("CVE-3", "unknown", "fixed", "2"),
    )
    assert {key: len(said) for key, said in by_package(findings).items()} == {"a": 2, "b": 1}
