"""
Look for weak Python with bandit: shells, evaluation, weak hashes, SQL made of text.

Bandit parses, it does not run the code. Its remarks on every ``assert``, every import of a module that
can be misused and every process without a shell are left out: the calls that are wrong are told by themselves. It is told to heed no ``# nosec`` comment and no settings
file: who wrote the code does not decide what is looked for. Its licence is Apache-2.0.
Source: https://bandit.readthedocs.io/en/latest/formatters/json.html.
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

NAME = "bandit"
TITLE = "weak Python"
PROGRAMS = ("bandit",)
INSTALL = "pipx install bandit"
SURFACE = Surface.CODE
LANGUAGES = ("python",)
PATTERNS = Patterns(suffixes=(".py", ".pyw"), max_bytes=2 << 20)
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 300
EXITS = frozenset({0, 1})
ENVIRON: dict[str, str] = {}

_GRADES = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_SURE = {"HIGH": Confidence.HIGH, "MEDIUM": Confidence.MEDIUM, "LOW": Confidence.LOW}
_NOISE = "B101,B403,B404,B405,B406,B407,B408,B409,B410,B411,B603"
_MEANT = {
    "B102": "CWE-95",
    "B201": "CWE-489",
    "B303": "CWE-328",
    "B307": "CWE-95",
    "B324": "CWE-328",
    "B506": "CWE-502",
}
"""Weaknesses that bandit files under a wider number: what they are by name, as other tools call them."""
_PASSWORDS = frozenset({"B105", "B106", "B107"})


class _Cwe(Struct, frozen=True):
    id: int = 0


class _Issue(Struct, frozen=True):
    filename: str
    test_id: str
    test_name: str = ""
    issue_text: str = ""
    issue_severity: str = ""
    issue_confidence: str = ""
    issue_cwe: _Cwe = _Cwe()
    line_number: int = 0
    more_info: str = ""


class _Error(Struct, frozen=True):
    filename: str = ""
    reason: str = ""


class _Answer(Struct, frozen=True):
    results: list[_Issue]
    errors: list[_Error] = []


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    settings = ("--quiet", "--ignore-nosec", "--exclude", "", "--skip", _NOISE, "--format", "json")
    return (program, "--recursive", *settings, "--output", work.output, work.folder)


def read(output: bytes) -> Told:
    """Return what bandit's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    return Told(
        flaws=tuple(map(_flaw, answer.results[:MOST_FLAWS])),
        problems=tuple(f"{one.filename}: {one.reason}" for one in answer.errors),
    )


def _flaw(issue: _Issue) -> Flaw:
    # Bandit quotes the password itself, which no report may show.
    quotes = issue.test_id in _PASSWORDS
    words = issue.issue_text.partition(":")[0] if quotes else issue.issue_text
    return Flaw(
        rule=issue.test_id,
        title=words.partition(".")[0] or issue.test_name,
        note=words,
        severity=graded(issue.issue_severity, _GRADES),
        confidence=_SURE.get(issue.issue_confidence.upper(), Confidence.LOW),
        cwes=weaknesses((issue.issue_cwe.id, _MEANT.get(issue.test_id, ""))),
        file=issue.filename,
        line=issue.line_number,
        url=issue.more_info,
    )


_ISSUE = {
    "code": '39 elif path == "/items":\n40     rows = database.execute(...)\n',
    "col_offset": 36,
    "end_col_offset": 81,
    "filename": "./shop.py",
    "issue_confidence": "MEDIUM",
    "issue_cwe": {"id": 89, "link": "https://cwe.mitre.org/data/definitions/89.html"},
    "issue_severity": "MEDIUM",
    "issue_text": "Possible SQL injection vector through string-based query construction.",
    "line_number": 40,
    "line_range": [40],
    "more_info": "https://bandit.readthedocs.io/en/1.9.4/plugins/b608_hardcoded_sql_expressions.html",
    "test_id": "B608",
    "test_name": "hardcoded_sql_expressions",
}
_QUOTED = {
    **_ISSUE,
    "issue_cwe": {"id": 259, "link": "https://cwe.mitre.org/data/definitions/259.html"},
    "issue_text": "Possible hardcoded password: 'a word'",
    "line_number": 11,
    "issue_severity": "LOW",
    "test_id": "B105",
    "test_name": "hardcoded_password_string",
}
_EVALUATED = {
    **_ISSUE,
    "issue_cwe": {"id": 78, "link": "https://cwe.mitre.org/data/definitions/78.html"},
    "issue_text": "Use of possibly insecure function - consider using safer ast.literal_eval.",
    "line_number": 46,
    "test_id": "B307",
    "test_name": "blacklist",
}
_BROKEN = {"filename": "./old.py", "reason": "syntax error while parsing AST from file"}
FIRES = (
    Sample(
        output=json.dumps(
            {"errors": [_BROKEN], "metrics": {}, "results": [_ISSUE, _QUOTED, _EVALUATED]}
        ).encode(),
        flaws=(
            "B608 ./shop.py:40 medium CWE-89",
            "B105 ./shop.py:11 low CWE-259",
            "B307 ./shop.py:46 medium CWE-78 CWE-95",
        ),
        problems=1,
    ),
)
SILENT = (Sample(output=b'{"errors": [], "generated_at": "", "metrics": {}, "results": []}'),)
