"""
Look for faults in shell scripts with shellcheck, those that can do harm.

Warnings and errors count: an unset name in front of ``/*``, a ``cd`` that may fail before a
deletion. Remarks on style do not, and no settings file is read. ``# shellcheck disable=`` comments are
heeded, because shellcheck has no switch against them. Its licence is GPL-3.0: it is a process of
its own that the user installs.
Source: https://github.com/koalaman/shellcheck (json1).
"""

import json

from msgspec import Struct

from pratique.assessors.interface import MOST_FLAWS, Flaw, Sample, Surface, Told, Work, decoded
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

NAME = "shellcheck"
TITLE = "faults in shell scripts"
PROGRAMS = ("shellcheck",)
INSTALL = "apt-get install shellcheck"
SURFACE = Surface.CODE
LANGUAGES = ("shell",)
PATTERNS = Patterns(suffixes=(".sh", ".bash", ".ksh"), max_bytes=1 << 20)
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 300
EXITS = frozenset({0, 1})
ENVIRON: dict[str, str] = {}

_GRADES = {"error": Severity.MEDIUM, "warning": Severity.LOW}
_WEAK = {
    2086: ("CWE-78",),
    2115: ("CWE-73",),
    2164: ("CWE-252",),
    2091: ("CWE-78",),
    2294: ("CWE-95",),
}
"""What a fault may be used for, where that is plain."""


class _Comment(Struct, frozen=True):
    file: str
    level: str
    code: int
    message: str = ""
    line: int = 0


class _Answer(Struct, frozen=True):
    comments: list[_Comment]


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    scripts = tuple(one for one in work.files if one.endswith(PATTERNS.suffixes))
    return (program, "--norc", "--severity=warning", "--format=json1", "--", *scripts)


def read(output: bytes) -> Told:
    """Return what shellcheck's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    return Told(flaws=tuple(map(_flaw, answer.comments[:MOST_FLAWS])))


def _flaw(comment: _Comment) -> Flaw:
    return Flaw(
        rule=f"SC{comment.code}",
        title=comment.message,
        note=comment.message,
        severity=_GRADES.get(comment.level, Severity.NEGLIGIBLE),
        confidence=Confidence.HIGH,
        cwes=_WEAK.get(comment.code, ()),
        file=comment.file,
        line=comment.line,
        url=f"https://www.shellcheck.net/wiki/SC{comment.code}",
    )


_COMMENT = {
    "file": "run.sh",
    "line": 2,
    "endLine": 2,
    "column": 8,
    "endColumn": 12,
    "level": "warning",
    "code": 2115,
    "message": 'Use "${var:?}" to ensure this never expands to /* .',
    "fix": None,
}
FIRES = (
    Sample(
        output=json.dumps({"comments": [_COMMENT]}).encode(),
        flaws=("SC2115 run.sh:2 low CWE-73",),
    ),
)
SILENT = (Sample(output=b'{"comments": []}'),)
