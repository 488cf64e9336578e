"""Laws: what an example leaves out is harmless, and what it gets wrong is said."""

import pytest

from pratique.model.errors import UsageError
from pratique.policy.examples import try_examples
from pratique.policy.policy_file import read_policy

HEAD = "pratique-policy: 1\nextends: strict\nexamples:\n  - name: x\n"


def problem(example: str, expect: str = "deny") -> str:
    """Return what is wrong with an example under the strict profile."""
    policy = read_policy(f"{HEAD}{example}    expect: {expect}\n".encode(), "p")
    (tried,) = try_examples(policy)
    return tried.problem


def test_nothing_said_is_harmless() -> None:
    assert problem("", "allow") == ""


@pytest.mark.parametrize(
    "evidence",
    [
        "{findings: [{severity: critical, fix: '2'}]}",
        "{findings: [{kind: malware, path: usr/bin/x}]}",
        "{findings: [{kind: secret, hidden: true}]}",
        "{findings: [{kind: config, rule: root-user, severity: medium}]}",
        "{findings: [{severity: low, kev: true}]}",
    ],
)
def test_short_evidence_means_what_it_says(evidence: str) -> None:
    assert problem(f"    evidence: {evidence}\n") == ""


@pytest.mark.parametrize(
    "evidence",
    [
        "{unknowns: [{weight: blocking}]}",
        "{unknowns: [{unit: wheel}]}",
        "{data_age_days: 30}",
    ],
)
def test_doubts_can_be_tried(evidence: str) -> None:
    assert problem(f"    evidence: {evidence}\n", "undecided") == ""


def test_rules_that_do_not_fire_as_said_are_told() -> None:
    said = problem("    evidence: {findings: [{kind: malware}]}\n    fires: [tampering]\n")
    assert said == "expected tampering to fire, got malware"


@pytest.mark.parametrize("evidence", ["{finding: []}", "{findings: [{severity: bad}]}", "[x]"])
def test_evidence_that_is_not_understood_is_a_mistake(evidence: str) -> None:
    with pytest.raises(UsageError, match=r"^p:5:15: evidence: "):
        problem(f"    evidence: {evidence}\n")
