"""
Read the parser directives at the beginning of a Dockerfile.

The first line that is none, be it a blank, another comment or an instruction, ends them; so does a
comment that looks like one with an unknown name. Source: BuildKit,
frontend/dockerfile/parser/directives.go.
"""

import re

from pratique.formats.dockerfile._lines import Line
from pratique.formats.dockerfile.tree import Directive, Problem, Span

NAMES = frozenset({"syntax", "escape", "check"})
ESCAPES = ("\\", "`")
_DIRECTIVE = re.compile(rb"#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*([^ \t].*)", re.DOTALL)


def directives_of(lines: list[Line]) -> tuple[list[Directive], list[Problem]]:
    """Return the directives that the lines begin with, and what is wrong with them."""
    found: list[Directive] = []
    problems: list[Problem] = []
    for line in lines:
        match = _DIRECTIVE.fullmatch(line.text.strip(b" \t\v\f"))
        name = match[1].decode().lower() if match else ""
        if match is None or name not in NAMES:
            break
        value = match[2]
        at = line.start + line.indent + match.start(2)
        one = Directive(
            span=Span(line.start, line.next),
            line=line.number,
            name=name,
            value=value.decode("utf-8", "surrogateescape"),
            value_span=Span(at, at + len(value)),
        )
        problems += _wrong(one, found)
        found.append(one)
    return found, problems


def _wrong(one: Directive, before: list[Directive]) -> list[Problem]:
    if any(other.name == one.name for other in before):
        message = f"only one {one.name} directive is allowed"
        return [Problem(rule="repeated-directive", message=message, span=one.span, line=one.line)]
    if one.name == "escape" and one.value not in ESCAPES:
        message = "escape must be \\ or `"
        return [Problem(rule="invalid-escape", message=message, span=one.span, line=one.line)]
    return []
