"""
Look for weak code in many languages with semgrep, by rules of our own.

The rules are those of ``semgrep_rules.yaml`` in this folder: no rule comes from a registry, no
figures are sent, no version is asked for, and the engine is the open one (LGPL-2.1). No
``nosemgrep`` comment and no ``.semgrepignore`` of the target is heeded.
Source: https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif.
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

NAME = "semgrep"
TITLE = "weak code in many languages"
PROGRAMS = ("semgrep", "opengrep")
INSTALL = "pipx install semgrep"
SURFACE = Surface.CODE
LANGUAGES = ("python", "javascript", "typescript", "java", "go", "php", "ruby")
PATTERNS = Patterns(
    suffixes=(
        *(".py", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx"),
        *(".java", ".go", ".php", ".rb"),
    ),
    max_bytes=2 << 20,
)
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 600
EXITS = frozenset({0, 1})
ENVIRON = {
    "SEMGREP_SEND_METRICS": "off",
    "SEMGREP_ENABLE_VERSION_CHECK": "0",
    "SEMGREP_APP_TOKEN": "",
}

_GRADES = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "ERROR": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "WARNING": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "INFO": Severity.LOW,
}
_SURE = {"HIGH": Confidence.HIGH, "MEDIUM": Confidence.MEDIUM, "LOW": Confidence.LOW}


class _Place(Struct, frozen=True):
    line: int = 0


class _Metadata(Struct, frozen=True):
    cwe: list[str] | str = []
    confidence: str = ""


class _Extra(Struct, frozen=True):
    message: str = ""
    severity: str = ""
    metadata: _Metadata = _Metadata()


class _Result(Struct, frozen=True):
    check_id: str
    path: str
    start: _Place = _Place()
    extra: _Extra = _Extra()


class _Error(Struct, frozen=True):
    message: str = ""
    path: str = ""
    level: str = ""


class _Answer(Struct, frozen=True):
    results: list[_Result]
    errors: list[_Error] = []


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    rules = f"{work.data}/semgrep_rules.yaml"
    quiet = ("--metrics=off", "--disable-version-check", "--quiet", "--json")
    whole = ("--no-git-ignore", "--x-ignore-semgrepignore-files", "--disable-nosem", "--oss-only")
    bounds = ("--jobs", "1", "--timeout", "20", "--max-target-bytes", str(PATTERNS.max_bytes))
    output = ("--output", work.output)
    return (program, "scan", "--config", rules, *quiet, *whole, *bounds, *output, work.folder)


def read(output: bytes) -> Told:
    """Return what semgrep's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    return Told(
        flaws=tuple(map(_flaw, answer.results[:MOST_FLAWS])),
        problems=tuple(f"{one.path or 'semgrep'}: {one.message}" for one in answer.errors),
    )


def _flaw(result: _Result) -> Flaw:
    metadata = result.extra.metadata
    cwes = metadata.cwe if isinstance(metadata.cwe, list) else [metadata.cwe]
    return Flaw(
        # A rule of a file is called after the folders that the file lies in as well.
        rule=result.check_id.rpartition(".")[2],
        title=result.extra.message.partition(";")[0],
        note=result.extra.message,
        severity=graded(result.extra.severity, _GRADES),
        confidence=_SURE.get(metadata.confidence.upper(), Confidence.MEDIUM),
        cwes=weaknesses(tuple(cwes)),
        file=result.path,
        line=result.start.line,
    )


_RESULT = {
    "check_id": "srv.assessors.python-eval",
    "path": "./shop.py",
    "start": {"line": 46, "col": 48, "offset": 1925},
    "end": {"line": 46, "col": 66, "offset": 1943},
    "extra": {
        "message": "text is run as Python; parse it instead",
        "metadata": {"cwe": ["CWE-95"], "confidence": "HIGH"},
        "severity": "ERROR",
        "fingerprint": "requires login",
        "lines": "requires login",
        "engine_kind": "OSS",
    },
}
_ERROR = {
    "code": 3,
    "level": "warn",
    "type": ["PartialParsing", []],
    "message": "Syntax error at line old.js:3",
    "path": "old.js",
}
FIRES = (
    Sample(
        output=json.dumps(
            {"version": "1.182.0", "results": [_RESULT], "errors": [_ERROR], "paths": {}}
        ).encode(),
        flaws=("python-eval ./shop.py:46 high CWE-95",),
        problems=1,
    ),
)
SILENT = (Sample(output=b'{"version": "1.182.0", "results": [], "errors": [], "paths": {}}'),)
