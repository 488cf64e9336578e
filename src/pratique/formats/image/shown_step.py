"""
Take values that are meant to be secret out of a build step before anybody shows it.

What stands where a credential is given (after ``password=`` and its like, in a header of
authorization, before the ``@`` of a URL) is hidden in every report, whether secrets were looked for
or not. Builders write ``|N NAME=value …`` before the shell of a step that used build arguments, and people
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
_TELLING = (
    r"[\w.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api_?-?key|access_?-?key)[\w.-]{0,40}"
)
_GIVEN = re.compile(
    rf"(?P<kept>(?<![\w.-]){_TELLING}(?:=|:\s?)[\"']?"
    r"|(?:authorization|private-token|x-[a-z-]{0,20}(?:key|token)):\s?(?:(?:bearer|basic|token)\s)?)"
    r"[^\s\"'$;&|]{4,}",
    re.IGNORECASE,
)
_IN_URL = re.compile(r"(?P<kept>://[^\s:/@\"']{0,100}:)[^\s/@\"'$]{1,500}(?=@)")


def shown_step(line: str) -> str:
    """
    Return a build step without the values of its build arguments and of what is named a secret.

    >>> shown_step("RUN |2 TOKEN=a b USER=me /bin/sh -c make # buildkit")
    'RUN |2 TOKEN=… USER=… /bin/sh -c make # buildkit'
    >>> shown_step("RUN make # buildkit")
    'RUN make # buildkit'
    >>> shown_step("RUN curl -H 'Authorization: Bearer abcdef' https://me:hidden@host/ # buildkit")
    "RUN curl -H 'Authorization: Bearer …' https://me:…@host/ # buildkit"
    """
    for given in (_IN_URL, _GIVEN):
        line = given.sub(rf"\g<kept>{HIDDEN}", line)
    return _without_arguments(line)


def _without_arguments(line: str) -> str:
    head = _ARGUMENTS.match(line)
    if head is None:
        return line
    shell = _SHELL.search(line, head.end() - 1)
    end = shell.start(1) if shell else len(line)
    names = [f"{found[1]}={HIDDEN}" for found in _NAME.finditer(line, head.end() - 1, end)]
    kept = [head[1], *(names or [HIDDEN])]
    return " ".join([*kept, line[end:]] if shell else kept)
