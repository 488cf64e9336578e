"""
Look for dangerous calls in C and C++ with flawfinder.

It compares names of functions and their arguments with a list, so it guesses: everything it says is of
low confidence, except the calls that are never right. Its licence is GPL-2.0: it is a process
of its own that the user installs.
Source: https://dwheeler.com/flawfinder/ (CSV output).
"""

import csv
import io

from pratique.assessors.interface import MOST_FLAWS, Flaw, Sample, Surface, Told, Work, weaknesses
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

NAME = "flawfinder"
TITLE = "dangerous calls in C and C++"
PROGRAMS = ("flawfinder",)
INSTALL = "pipx install flawfinder"
SURFACE = Surface.CODE
LANGUAGES = ("c", "c++")
PATTERNS = Patterns(
    suffixes=(".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".hxx"), max_bytes=4 << 20
)
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 300
EXITS = frozenset({0})
ENVIRON: dict[str, str] = {}

_LEAST = "3"
"""The lowest of its levels (0 to 5) that is asked for: below, it names every call that exists."""
_GRADES = {"5": Severity.HIGH, "4": Severity.MEDIUM, "3": Severity.LOW}
_COLUMNS = {"File", "Line", "Level", "Category", "Name", "Warning", "CWEs", "RuleId"}


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    return (program, "--csv", "--neverignore", "--minlevel", _LEAST, "--quiet", work.folder)


def read(output: bytes) -> Told:
    """Return what flawfinder's CSV says; see the interface."""
    try:
        rows = csv.DictReader(io.StringIO(output.decode("utf-8", "replace")))
        if not set(rows.fieldnames or ()) >= _COLUMNS:
            raise FormatError("flawfinder answered what is not in its format: no such columns")
        flaws = [_flaw(row) for row, _ in zip(rows, range(MOST_FLAWS), strict=False)]
    except csv.Error as error:
        raise FormatError(f"flawfinder answered what is not in its format: {error}") from None
    return Told(flaws=tuple(flaws))


def _flaw(row: dict[str, str]) -> Flaw:
    line = row["Line"] or ""
    words = (row["Warning"] or "").partition(" (CWE")[0]
    named = (row["CWEs"] or "").replace("!", "").replace("/", ",").split(",")
    return Flaw(
        rule=row["RuleId"] or f"{row['Category']}/{row['Name']}",
        title=f"{row['Name']}: {words}",
        note=" ".join(filter(None, (words, row.get("Suggestion")))),
        severity=_GRADES.get(row["Level"] or "", Severity.NEGLIGIBLE),
        confidence=Confidence.MEDIUM if row["Level"] == "5" else Confidence.LOW,
        cwes=weaknesses(tuple(one.strip() for one in named)),
        file=row["File"] or "",
        line=int(line) if line.isascii() and line.isdigit() and len(line) < 9 else 0,
        url=row.get("HelpUri") or "",
    )


_HEAD = (
    b"File,Line,Column,DefaultLevel,Level,Category,Name,Warning,Suggestion,Note,CWEs,Context,"
    b"Fingerprint,ToolVersion,RuleId,HelpUri\n"
)
_ROW = (
    b"./a.c,3,43,4,4,buffer,strcpy,Does not check for buffer overflows when copying to destination "
    b'[MS-banned] (CWE-120).,"Consider using snprintf, strcpy_s, or strlcpy.",,CWE-120,'
    b'"strcpy(b,v[1]);",0f1e,2.0.20,FF1001,https://cwe.mitre.org/data/definitions/120.html\n'
)
FIRES = (Sample(output=_HEAD + _ROW, flaws=("FF1001 ./a.c:3 medium CWE-120",)),)
SILENT = (Sample(output=_HEAD),)
