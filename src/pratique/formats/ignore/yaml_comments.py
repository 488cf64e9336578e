"""
Read the comments of a YAML file by which it says that a check is to be silent: Compose, Kubernetes.

Laws: the words are those of ``inline``. A comment behind a value reaches its line; one behind a key whose
value stands below (``spec:  # …``) reaches that block as well; one on a line of its own reaches the next
line that is neither empty nor a comment, with the block below it. A block is all that is indented deeper, and
for a key the items of its list, which may begin in its own column. One for a stage means the same, one for
the file the whole file. Each line is looked at once for each comment; ``MOST`` comments.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pratique.formats.ignore.inline import Pragma, Reach, read_comment

MOST = 1_000
_COMMENT = re.compile(
    r"(?:^|[ \t])#[ \t]*((?:pratique|hadolint|trivy|tfsec|checkov|bridgecrew)\b.*)"
)
_BEHIND = re.compile(r"(?:^|\s)#.*")
_KEY = re.compile(r":(?:[ \t]+[&!][^\s]{0,200}){0,2}\Z")
_ITEM = re.compile(r"-(?:\s|\Z)")


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
        elif before := line[: match.start()].rstrip():
            last = _last(lines, number) if _opens(before) else number
            yield replace(said, first=number, last=last)
        else:
            first = _next(lines, number)
            yield replace(said, first=first, last=_last(lines, first) if first else 0)


def _next(lines: Sequence[str], after: int) -> int:
    """Return the first line (from 1) behind one that says something; 0 where none does."""
    return next((at + 1 for at in range(after, len(lines)) if not _is_empty(lines[at])), 0)


def _last(lines: Sequence[str], first: int) -> int:
    """Return the last line (from 1) of the block that a line begins, itself where it begins none."""
    head = lines[first - 1]
    indent, lists = _indent(head), _opens(_BEHIND.sub("", head).rstrip())
    last = first
    for number in range(first, len(lines)):
        line = lines[number]
        if _is_empty(line):
            continue
        item = lists and _indent(line) == indent and _ITEM.match(line, indent)
        if _indent(line) <= indent and not item:
            break
        last = number + 1
    return last


def _opens(text: str) -> bool:
    """Return whether a line is a key whose value stands below; an item of a list is none."""
    return bool(_KEY.search(text)) and not _ITEM.match(text.lstrip(" "))


def _is_empty(line: str) -> bool:
    text = line.strip()
    return not text or text.startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
