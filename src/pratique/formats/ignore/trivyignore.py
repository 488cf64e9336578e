"""
Read ``.trivyignore``: one id on a line, optionally with ``exp:YYYY-MM-DD``.

Laws, as Trivy: ``#`` starts a comment line; the id is the first word and counts for findings of
every kind; from the day of ``exp`` on the line no longer holds; a line whose date is none is left
out, which is told. Words after a ``#`` on the line are kept as the reason.
Source: https://trivy.dev/latest/docs/configuration/filtering/#trivyignore.
"""

from datetime import date

from pratique.formats.ignore.rule import EVERY_KIND, IgnoreFile, IgnoreRule
from pratique.model.errors import FormatError

MAX_LINES = 100_000


def read_trivyignore(content: bytes, place: str) -> IgnoreFile:
    """
    Return the rules of a plain ignore file; ``place`` names the file.

    Raises:
        FormatError: not text, or more than ``MAX_LINES`` lines.

    >>> read_trivyignore(b"CVE-2020-1 exp:2030-01-01 # later", "f").rules[0].expires
    '2030-01-01'
    """
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError:
        raise FormatError("not text") from None
    if len(lines) > MAX_LINES:
        raise FormatError(f"more than {MAX_LINES} lines")
    rules: list[IgnoreRule] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        said, _, comment = line.partition("#")
        words = said.split()
        if not words:
            continue
        where = f"{place}:{number}"
        expiry = next((word[4:] for word in words[1:] if word.startswith("exp:")), "")
        if expiry and not _is_day(expiry):
            problems.append(f"{where}: {expiry[:20]!r} is no date (YYYY-MM-DD): left out")
            continue
        rules.append(
            IgnoreRule(
                place=where,
                kinds=EVERY_KIND,
                names=(words[0],),
                reason=comment.strip(),
                expires=expiry,
            )
        )
    return IgnoreFile(rules=tuple(rules), problems=tuple(problems))


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
