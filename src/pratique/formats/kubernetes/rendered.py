"""
Read what Helm has rendered, and find a rendered line in the template it was made from.

Laws: Helm writes ``# Source: CHART/templates/FILE`` above each document; what stands above no such
line belongs to no template. A line is found where its text, spaces aside, stands in the template
exactly once; else the nearest line above that is so found stands for it, and where there is none
nobody knows. Source: Helm documentation, "helm template".
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

_SOURCE = re.compile(rb"^# Source: ([^\r\n]{1,1000})\r?$", re.MULTILINE)
_BORDER = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)


class Piece(Struct, frozen=True):
    """What one template made: the path behind the chart's name, and its documents."""

    path: str
    content: bytes


def split_rendered(content: bytes) -> tuple[Piece, ...]:
    """
    Return what each template made, in order; several documents of one template are one piece.

    >>> split_rendered(b"---\\n# Source: shop/templates/a.yaml\\nkind: Pod\\n")
    (Piece(path='templates/a.yaml', content=b'# Source: shop/templates/a.yaml\\nkind: Pod\\n'),)
    """
    found: dict[str, list[bytes]] = {}
    borders = [0, *(one.end() for one in _BORDER.finditer(content)), len(content)]
    for begin, end in pairwise(borders):
        document = _BORDER.sub(b"", content[begin:end]).lstrip(b"\r\n")
        said = _SOURCE.search(document)
        if said:
            path = said[1].decode("utf-8", "replace").partition("/")[2]
            found.setdefault(path, []).append(document)
    return tuple(Piece(path, b"---\n".join(parts)) for path, parts in found.items())


def template_line(rendered: Sequence[str], line: int, template: Sequence[str]) -> int:
    """
    Return the line (from 1) of a template that a rendered line was made from, 0 where unknown.

    >>> template_line(["a: 1", "b: shop"], 2, ["{{ if x }}", "a: 1", "b: {{ .n }}"])
    2
    """
    counted = Counter(text.strip() for text in template)
    for above in range(min(line, len(rendered)), 0, -1):
        text = rendered[above - 1].strip()
        if text and not text.startswith("#") and counted[text] == 1:
            return next(n for n, one in enumerate(template, start=1) if one.strip() == text)
    return 0
