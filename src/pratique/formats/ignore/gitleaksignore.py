"""
Read ``.gitleaksignore``: one fingerprint on a line, ``file:rule:line`` or ``commit:file:rule:line``.

Laws, as gitleaks: ``#`` starts a comment line; backslashes in the path are slashes. An image has no commits, so the
commit is not looked at. An image has the repository's files below some folder, so the path may
also be the end of a longer one. What is no fingerprint is told and left out.
Source: https://github.com/gitleaks/gitleaks#gitleaksignore.
"""

from pratique.formats.ignore.rule import IgnoreFile, IgnoreRule
from pratique.model.errors import FormatError
from pratique.model.finding import FindingKind

MAX_LINES = 100_000
_WILD = frozenset("*?[]{}")


def read_gitleaksignore(content: bytes, place: str) -> IgnoreFile:
    """
    Return the rules of a list of fingerprints; ``place`` names the file.

    Raises:
        FormatError: not text, or more than ``MAX_LINES`` lines.

    >>> read_gitleaksignore(b"conf/a.env:github-pat:3", "f").rules[0].line
    3
    """
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError:
        raise FormatError("not text") from None
    if len(lines) > MAX_LINES:
        raise FormatError(f"more than {MAX_LINES} lines")
    rules: list[IgnoreRule] = []
    problems: list[str] = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        where = f"{place}:{number}"
        parts = line.split(":")
        if len(parts) not in (3, 4) or not parts[-1].isdecimal() or not int(parts[-1][:9]):
            problems.append(f"{where}: no fingerprint (file:rule:line): left out")
        elif _WILD.intersection(parts[-3]):
            problems.append(f"{where}: the path has a wild card in it: left out")
        else:
            rules.append(_rule(where, parts[-3], parts[-2], int(parts[-1][:9])))
    return IgnoreFile(rules=tuple(rules), problems=tuple(problems))


def _rule(where: str, file: str, rule: str, line: int) -> IgnoreRule:
    path = file.replace("\\", "/").lstrip("/")
    return IgnoreRule(
        place=where,
        kinds=(FindingKind.SECRET,),
        names=(rule,),
        paths=(path, f"**/{path}"),
        line=line,
        reason="listed for gitleaks",
    )
