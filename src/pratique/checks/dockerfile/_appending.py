"""
Append a command to the shell text of a RUN, in the style of what stands there.

Nothing is offered where the end cannot take one: after a comment, an operator or an open bracket.
"""

import re

from pratique.checks.dockerfile.interface import Scene
from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.tree import Span
from pratique.model.edit import Edit

_OPEN = re.compile(r"[;&|(\\`]\s*$")
_AND_LINE = re.compile(rb"^([ \t]*)(&&[ \t]*)", re.MULTILINE)


def append_command(scene: Scene, run: Run, command: str) -> tuple[Edit, ...]:
    """Return the edit that puts ``&& command`` after the last command of a shell form."""
    one, content = run.instruction, scene.file.content
    if one.json is not None or one.heredocs or _OPEN.search(one.text) or _ends_in_comment(run):
        return ()
    end = one.arguments.span(0, len(one.text)).end
    body = content[one.keyword_span.start : end]
    feed = "\r\n" if b"\r\n" in body else "\n"
    if b"\n" not in body:
        return (scene.edit(Span(end, end), f" && {command}"),)
    found = _AND_LINE.findall(body)
    last = body.rpartition(b"\n")[2]
    own = last[: len(last) - len(last.lstrip(b" \t"))]
    indent, joint = found[-1] if found else (own, b"&& ")
    text = f" {scene.file.escape}{feed}{indent.decode()}{joint.decode()}{command}"
    return (scene.edit(Span(end, end), text),)


def append_line(scene: Scene, body: Span, command: str) -> tuple[Edit, ...]:
    """Return the edit that puts a line at the end of a here-document."""
    content = body.of(scene.file.content)
    feed = "\r\n" if content.endswith(b"\r\n") else "\n"
    last = content.rstrip(b"\r\n").rpartition(b"\n")[2]
    if last.rstrip().endswith((b"\\", b"&&", b"|")):
        return ()
    tabs = b"\t" * (len(last) - len(last.lstrip(b"\t")))
    return (scene.edit(Span(body.end, body.end), f"{tabs.decode()}{command}{feed}"),)


def _ends_in_comment(run: Run) -> bool:
    """Return whether text stands after the last command: a comment, or what was not understood."""
    last = max((word.span.end for one in run.commands for word in one.words), default=0)
    text = run.instruction.text
    hash_at = text.rfind("#")
    if hash_at < 0:
        return not run.commands
    return run.instruction.arguments.at(hash_at) >= last
