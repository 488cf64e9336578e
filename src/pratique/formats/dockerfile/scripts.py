"""
Make of each RUN the script that its shell gets, for programs that read shell, and find places back.

Told are the shell form, and here-documents that are the whole command. The exec form has no script; a
here-document that feeds another program, and shells that are none of the POSIX family, have none here.
The header makes ARG and ENV known, so that they are not taken for variables that nobody sets.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from pratique.formats.dockerfile.runs import Run
from pratique.formats.dockerfile.tree import Dockerfile, Folded, Span

_ONLY_MARK = re.compile(r"\d*<<-?\s*(?:\"[^\"]*\"|'[^']*'|\S+)")
_DIALECTS: Mapping[str, str] = {
    "sh": "sh",
    "ash": "dash",
    "dash": "dash",
    "bash": "bash",
    "ksh": "ksh",
    "mksh": "ksh",
}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,100}")


class Script(Struct, frozen=True):
    """A script: its lines before the text, and the text with its places in the Dockerfile."""

    header: str
    body: Folded

    @property
    def text(self) -> str:
        """Return the whole script."""
        return f"{self.header}{self.body.text}\n"

    def span(self, start: tuple[int, int], end: tuple[int, int]) -> Span | None:
        """
        Return the bytes from one line and column to another, both from 1; None within the header.

        >>> Script("#!/bin/sh\\n", Folded("a  b", ((0, 40),))).span((2, 4), (2, 5))
        Span(start=43, end=44)
        """
        first, last = self._offset(*start), self._offset(*end)
        if first is None or last is None:
            return None
        return Span(self.body.at(first), self.body.at(max(first, last)))

    def _offset(self, line: int, column: int) -> int | None:
        number = line - 1 - self.header.count("\n")
        if number < 0:
            return None
        at = 0
        for _ in range(number):
            at = self.body.text.find("\n", at) + 1
            if not at:
                return len(self.body.text)
        return min(at + max(0, column - 1), len(self.body.text))


def scripts_of(file: Dockerfile, runs: Iterable[Run]) -> Iterator[Script]:
    """Yield the scripts of the RUNs whose shell is known."""
    for run in runs:
        dialect = _DIALECTS.get(run.shell_name)
        one = run.instruction
        if dialect is None or one.json is not None or not run.understood:
            continue
        header = f"#!/bin/{dialect}\n{_known(run)}\n"
        if not one.heredocs:
            yield Script(header, one.arguments)
        elif _ONLY_MARK.fullmatch(one.text.strip()):
            for heredoc in one.heredocs:
                body = heredoc.body.of(file.content).decode("utf-8", "surrogateescape")
                yield Script(header, Folded(body, ((0, heredoc.body.start),)))


def _known(run: Run) -> str:
    """Return one line that sets every variable that the build sets, to a word without blanks."""
    mounted = (mount.options.get("env", "") for mount in run.mounts)
    names = sorted(filter(_IDENTIFIER.fullmatch, {*run.values, *mounted}))
    return "export " + " ".join(f"{name}=x" for name in names) if names else ":"
