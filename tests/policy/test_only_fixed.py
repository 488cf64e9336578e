"""Prove what ``--only-fixed`` leaves out."""

import pytest

from pratique.model.advisory import FixState
from pratique.model.finding import Finding, FindingKind, Fix
from pratique.policy.only_fixed import only_fixed


def found(kind: FindingKind, version: str = "", offer: str = "") -> Finding:
    state = FixState.FIXED if version else FixState.NOT_FIXED
    fix = Fix(state=state, version=version, offer=offer)
    return Finding(id="1", kind=kind, rule="CVE-2026-0001", fix=fix)


def test_a_flaw_without_a_fix_is_left_out() -> None:
    """That is what was asked for; a fix of a paid offer is one."""
    paid = found(FindingKind.VULNERABILITY, "1.2+esm1", "Ubuntu Pro")
    free = found(FindingKind.VULNERABILITY, "1.2")
    assert list(only_fixed([free, paid, found(FindingKind.VULNERABILITY)])) == [free, paid]


@pytest.mark.parametrize("kind", [kind for kind in FindingKind if kind != "vulnerability"])
def test_nothing_else_is_left_out(kind: FindingKind) -> None:
    """A malicious package is never fixed by a version, and must not vanish for it."""
    assert list(only_fixed([found(kind)])) == [found(kind)]
