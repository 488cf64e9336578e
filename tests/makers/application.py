"""Make findings of what tools of others find in an application."""

from pratique.model.finding import Finding, FindingKind
from pratique.model.severity import Severity
from tests.makers.report import layer_ref


def weaknesses_of_an_application() -> tuple[Finding, ...]:
    """Return what tools of others find in an application, worst first."""
    return (
        Finding(
            id="service:wapiti:sql:GET /items:name",
            kind=FindingKind.SERVICE,
            rule="wapiti:sql",
            title="SQL Injection",
            description="GET /items: SQL Injection via injection in the parameter name",
            severity=Severity.CRITICAL,
            location="GET /items",
            cwes=("CWE-89",),
        ),
        Finding(
            id="code:bandit:B605:app/shop.py",
            kind=FindingKind.CODE,
            rule="bandit:B605",
            title="Starting a process with a shell",
            severity=Severity.HIGH,
            location="app/shop.py",
            line=48,
            layer=layer_ref(1),
            cwes=("CWE-78",),
        ),
        Finding(
            id="code:bandit:B404:app/shop.py",
            kind=FindingKind.CODE,
            rule="bandit:B404",
            title="Consider possible security implications",
            severity=Severity.LOW,
            location="app/shop.py",
            line=7,
        ),
    )
