"""
Ask an application what its OpenAPI document promises with schemathesis, and what it does not.

It makes requests of the document, sound ones and unsound ones, and compares the answers with it: an
answer of 500 is a fault nobody handled, data that the document does not speak of may be data that
nobody meant to give. Requests are the same in every run. Its licence is MIT.
Source: https://schemathesis.readthedocs.io/en/stable/reference/reports/ (JSON, since 4.2x).
"""

import json

from msgspec import Struct

from pratique.assessors.interface import MOST_FLAWS, Flaw, Sample, Surface, Told, Work, decoded
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

NAME = "schemathesis"
TITLE = "answers that break the promises of an OpenAPI document"
PROGRAMS = ("schemathesis", "st")
INSTALL = "pipx install schemathesis"
SURFACE = Surface.SERVICE
LANGUAGES = ("openapi",)
PATTERNS = Patterns()
NEEDS_DOCUMENT = True
OPTIONAL = False
SECONDS = 120
EXITS = frozenset({0, 1})
ENVIRON = {"SCHEMATHESIS_HOOKS": ""}

_MEANING = {
    "ServerError": (Severity.MEDIUM, "CWE-755"),
    "MalformedJson": (Severity.LOW, "CWE-707"),
    "JsonSchemaError": (Severity.LOW, "CWE-707"),
    "IgnoredAuth": (Severity.HIGH, "CWE-306"),
    "ObjectLevelAuthorizationViolation": (Severity.HIGH, "CWE-639"),
    "UseAfterFree": (Severity.MEDIUM, "CWE-672"),
    "AcceptedNegativeData": (Severity.LOW, "CWE-20"),
    "MissingHeaderNotRejected": (Severity.LOW, "CWE-20"),
    "ResponseTimeExceeded": (Severity.LOW, "CWE-400"),
    "ServerTimeout": (Severity.MEDIUM, "CWE-400"),
}
"""What kinds of failures mean for security; the others are faults of the document or its promise."""
_CASES = "40"
"""Requests for each operation; a budget of time instead would be spent to its end in every run."""
_METHODS = frozenset(
    ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "CONNECT")
)


class _Failure(Struct, frozen=True):
    type: str
    title: str = ""
    code: str = ""
    count: int = 0
    operations: list[str] = []


class _Error(Struct, frozen=True):
    title: str = ""
    message: str = ""


class _Answer(Struct, frozen=True):
    failures: list[_Failure]
    complete: bool = True
    stop_reason: str = ""
    errors: list[_Error] = []


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    bounds = ("--max-examples", _CASES, "--request-timeout", "10")
    steady = ("--generation-deterministic", "--no-color", "--continue-on-failure")
    report = ("--report", "json", "--report-json-path", work.output)
    phases = ("--phases", "examples,coverage,fuzzing")
    return (program, "run", work.document, "--url", work.url, *phases, *bounds, *steady, *report)


def read(output: bytes) -> Told:
    """Return what schemathesis' JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    problems = [one.title or one.message for one in answer.errors]
    if not answer.complete:
        problems.append(f"it stopped before its end: {answer.stop_reason}")
    pairs = [(failure, one) for failure in answer.failures for one in failure.operations or ("",)]
    return Told(
        flaws=tuple(_flaw(failure, one) for failure, one in pairs[:MOST_FLAWS]),
        problems=tuple(problems),
    )


def _flaw(failure: _Failure, operation: str) -> Flaw:
    method, _, path = operation.partition(" ")
    if method not in _METHODS:
        method, path = "", operation
    severity, cwe = _MEANING.get(failure.type, (Severity.NEGLIGIBLE, ""))
    code = failure.code or failure.type
    return Flaw(
        rule=code,
        title=failure.title or failure.type,
        note=failure.title or failure.type,
        severity=severity,
        confidence=Confidence.HIGH,
        cwes=(cwe,) if cwe else (),
        method=method,
        path=path,
    )


_FAILURES = [
    {
        "type": "ServerError",
        "code": "ST101",
        "title": "Server error",
        "severity": "critical",
        "count": 3,
        "operations": ["GET /api/divide", "TRACE /api/divide"],
    },
    {
        "type": "UnsupportedMethodResponse",
        "code": "ST204",
        "title": "Wrong response to undeclared method",
        "severity": "medium",
        "count": 1,
        "operations": ["GET /api/orders/{number}"],
    },
]
_REPORT = {"schemathesis_version": "4.32.5", "complete": True, "stop_reason": "completed"}
FIRES = (
    Sample(
        output=json.dumps({**_REPORT, "failures": _FAILURES, "errors": []}).encode(),
        flaws=(
            "ST101 GET /api/divide medium CWE-755",
            "ST101 TRACE /api/divide medium CWE-755",
            "ST204 GET /api/orders/{number} negligible",
        ),
    ),
    Sample(
        output=json.dumps(
            {**_REPORT, "complete": False, "stop_reason": "interrupted", "failures": []}
        ).encode(),
        problems=1,
    ),
)
SILENT = (Sample(output=json.dumps({**_REPORT, "failures": [], "errors": []}).encode()),)
