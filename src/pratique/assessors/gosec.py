"""
Look for weak Go with gosec: commands, weak hashes, servers without time limits.

It reads the packages of the module by Go's own tools, so ``go`` has to be installed too. They are
told to fetch nothing, to run no C compiler and to keep to the Go that is there. ``#nosec`` comments
are not heeded. Its licence is Apache-2.0.
Source: https://github.com/securego/gosec (report/json).
"""

import json

from msgspec import Struct

from pratique.assessors.interface import (
    MOST_FLAWS,
    Flaw,
    Sample,
    Surface,
    Told,
    Work,
    decoded,
    graded,
    weaknesses,
)
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

NAME = "gosec"
TITLE = "weak Go"
PROGRAMS = ("gosec",)
INSTALL = "go install github.com/securego/gosec/v2/cmd/gosec@latest"
SURFACE = Surface.CODE
LANGUAGES = ("go",)
PATTERNS = Patterns(
    suffixes=(".go",), names=("go.mod", "go.sum", "go.work", "modules.txt"), max_bytes=2 << 20
)
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 600
EXITS = frozenset({0, 1})
ENVIRON = {
    "GOPROXY": "off",
    "GOSUMDB": "off",
    "GOTOOLCHAIN": "local",
    "CGO_ENABLED": "0",
    "GOFLAGS": "-mod=mod",
    "GOWORK": "off",
    "GOTELEMETRY": "off",
}

_GRADES = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_SURE = {"HIGH": Confidence.HIGH, "MEDIUM": Confidence.MEDIUM, "LOW": Confidence.LOW}


class _Cwe(Struct, frozen=True):
    id: str = ""
    url: str = ""


class _Issue(Struct, frozen=True):
    rule_id: str
    file: str
    severity: str = ""
    confidence: str = ""
    cwe: _Cwe | None = None
    details: str = ""
    line: str = ""


class _Error(Struct, frozen=True):
    line: int = 0
    error: str = ""


class _Answer(
    Struct, frozen=True, rename={"issues": "Issues", "errors": "Golang errors", "stats": "Stats"}
):
    stats: dict[str, int]
    issues: list[_Issue] | None = None
    errors: dict[str, list[_Error]] | None = None


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    return (program, "-quiet", "-nosec", "-fmt=json", f"-out={work.output}", "./...")


def read(output: bytes) -> Told:
    """Return what gosec's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    problems = [
        f"{file}: {one.error}" for file, errors in (answer.errors or {}).items() for one in errors
    ]
    if not answer.stats.get("files"):
        problems.append("gosec read no file: is there a go.mod, and is `go` installed?")
    return Told(
        flaws=tuple(map(_flaw, (answer.issues or [])[:MOST_FLAWS])), problems=tuple(problems)
    )


def _flaw(issue: _Issue) -> Flaw:
    first = issue.line.partition("-")[0]
    return Flaw(
        rule=issue.rule_id,
        title=issue.details,
        note=issue.details,
        severity=graded(issue.severity, _GRADES),
        confidence=_SURE.get(issue.confidence.upper(), Confidence.LOW),
        cwes=weaknesses((issue.cwe.id,)) if issue.cwe else (),
        file=issue.file,
        line=int(first) if first.isascii() and first.isdigit() and len(first) < 9 else 0,
        url=issue.cwe.url if issue.cwe else "",
    )


_ISSUE = {
    "severity": "MEDIUM",
    "confidence": "HIGH",
    "cwe": {"id": "78", "url": "https://cwe.mitre.org/data/definitions/78.html"},
    "rule_id": "G204",
    "details": "Subprocess launched with a potential tainted input or cmd arguments",
    "file": "/src/main.go",
    "code": "12: out, _ := exec.Command(...)\n",
    "line": "12",
    "column": "13",
    "nosec": False,
    "suppressions": None,
}
_STATS = {"files": 1, "lines": 17, "nosec": 0, "found": 1}
_ERRORS = {"/src/old.go": [{"line": 3, "column": 1, "error": "expected declaration, found x"}]}
FIRES = (
    Sample(
        output=json.dumps(
            {"Golang errors": _ERRORS, "Issues": [_ISSUE], "Stats": _STATS, "GosecVersion": "dev"}
        ).encode(),
        flaws=("G204 /src/main.go:12 medium CWE-78",),
        problems=1,
    ),
    Sample(
        output=json.dumps({"Golang errors": {}, "Issues": None, "Stats": {"files": 0}}).encode(),
        problems=1,
    ),
)
SILENT = (
    Sample(output=json.dumps({"Golang errors": {}, "Issues": [], "Stats": {"files": 2}}).encode()),
)
