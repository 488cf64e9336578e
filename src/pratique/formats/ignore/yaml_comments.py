"""
Read the comments of a YAML file by which it says that a check is to be silent.

Laws: the words are those of ``inline``. A comment behind a value reaches its line; one on a line of its own
reaches the next line that is neither empty nor a comment, with all that is indented below it. One for a
stage means the same, one for the file the whole file. Linear in the file; ``MOST`` comments.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pratique.formats.ignore.inline import Pragma, Reach, read_comment

MOST = 1_000
_COMMENT = re.compile(
    r"(?:^|[ \t])#[ \t]*((?:pratique|hadolint|trivy|tfsec|checkov|bridgecrew)\b.*)"
)


def yaml_pragmas(content: bytes) -> tuple[Pragma, ...]:
    """
    Return the comments that silence checks, with the lines that each reaches.

    >>> found = yaml_pragmas(b"a: 1\\n# pratique ignore=x # ours\\nb:\\n  c: 2\\nd: 3\\n")
    >>> [(one.names, one.first, one.last) for one in found]
    [(('x',), 3, 4)]
    """
    lines = content.decode("utf-8", "replace").split("\n")
    found: list[Pragma] = []
    for said in _comments(lines):
        found.append(said)
        if len(found) == MOST:
            break
    return tuple(found)


def _comments(lines: Sequence[str]) -> Iterator[Pragma]:
    for number, line in enumerate(lines, 1):
        if "#" not in line or not (match := _COMMENT.search(line[:4000])):
            continue
        said = read_comment(match[1], number)
        if said is None:
            continue
        if said.reach is Reach.FILE:
            yield said
        elif line[: match.start()].strip():
            yield replace(said, first=number, last=number)
        else:
            first, last = _below(lines, number)
            yield replace(said, first=first, last=last)


def _below(lines: Sequence[str], after: int) -> tuple[int, int]:
    """Return the first and last line (from 1) of what follows a line; 0, 0 where nothing does."""
    at = after
    while at < len(lines) and _is_empty(lines[at]):
        at += 1
    if at == len(lines):
        return 0, 0
    first, indent = at + 1, _indent(lines[at])
    last = first
    for number in range(first, len(lines)):
        if _is_empty(lines[number]):
            continue
        if _indent(lines[number]) <= indent:
            break
        last = number + 1
    return first, last


def _is_empty(line: str) -> bool:
    text = line.strip()
    return not text or text.startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
