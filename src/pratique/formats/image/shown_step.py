"""
Take the values of build arguments out of a build step before anybody shows it.

Builders write ``|N NAME=value …`` before the shell of a step that used build arguments, and people
pass credentials that way. What is shown of a layer is its step; so its law: names stay, values go.
The history itself is left as it is: the scanners look there. A value may hold blanks, so what is
kept begins at the shell's call; without one nothing behind the arguments is kept.

Source: moby, builder/dockerfile/dispatchers.go (``prependEnvOnCmd``); BuildKit,
frontend/dockerfile/dockerfile2llb/convert.go (``withShell``, ``commitToHistory``).
"""

import re

_ARGUMENTS = re.compile(r"((?:RUN )?\|[0-9]{1,4}) ")
_SHELL = re.compile(r"(?:^| )(/(?:[\w.+-]{1,60}/){0,8}(?:ba|da|a|z|k)?sh (?:-[a-z]+|pipefail) )")
_NAME = re.compile(r"(?:^| )([A-Za-z_][A-Za-z0-9_]{0,200})=")
HIDDEN = "…"


def shown_step(line: str) -> str:
    """
    Return a build step without the values of its build arguments.

    >>> shown_step("RUN |2 TOKEN=a b USER=me /bin/sh -c make # buildkit")
    'RUN |2 TOKEN=… USER=… /bin/sh -c make # buildkit'
    >>> shown_step("RUN make # buildkit")
    'RUN make # buildkit'
    """
    head = _ARGUMENTS.match(line)
    if head is None:
        return line
    shell = _SHELL.search(line, head.end() - 1)
    end = shell.start(1) if shell else len(line)
    names = [f"{found[1]}={HIDDEN}" for found in _NAME.finditer(line, head.end() - 1, end)]
    kept = [head[1], *(names or [HIDDEN])]
    return " ".join([*kept, line[end:]] if shell else kept)
