"""
Declare how a Dockerfile is built: the build arguments that decide where an ARG has no value.

As docker and buildah take them: NAME=VALUE, or NAME alone for the value of that variable here, if it is
set. A file has one of these a line, taken as it stands (no quotes), with blank lines and ``#`` comments;
what is typed wins over files, and a later one over an earlier one.

Source: https://docs.docker.com/reference/cli/docker/buildx/build/#build-arg and buildah-build(1),
``--build-arg-file``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pratique.cli.options import option
from pratique.model.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., object])

_MOST_BYTES = 1 << 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def build_arg_options(function: Command) -> Command:
    """Add the build arguments, typed and in files."""
    for add in reversed(
        (
            option(
                "--build-arg",
                multiple=True,
                metavar="NAME[=VALUE]",
                help="As the Dockerfile is built; may be repeated.",
            ),
            option(
                "--build-arg-file",
                type=Path,
                multiple=True,
                metavar="FILE",
                help="Build arguments, one a line; may be repeated.",
            ),
        )
    ):
        function = add(function)
    return function


def build_arguments(
    typed: Sequence[str], files: Sequence[Path], environ: Mapping[str, str]
) -> dict[str, str]:
    """
    Return the build arguments.

    Raises:
        UsageError: a file cannot be read, or something is no argument; it is not shown, as it may
            hold a secret.

    >>> build_arguments(["A=1=2", "B", "C"], [], {"B": "x"})
    {'A': '1=2', 'B': 'x'}
    """
    found: dict[str, str] = {}
    for place in files:
        for number, line in _lines(place):
            found |= _pairs(line, environ, f"{place}:{number}")
    for number, text in enumerate(typed, 1):
        where = f"--build-arg ({number})" if len(typed) > 1 else "--build-arg"
        found |= _pairs(text, environ, where)
    return found


def _pairs(text: str, environ: Mapping[str, str], where: str) -> dict[str, str]:
    name, equals, value = text.partition("=")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{where}: no build argument", hint="it is NAME=VALUE, or NAME")
    if equals:
        return {name: value}
    return {name: environ[name]} if name in environ else {}


def _lines(place: Path) -> Iterator[tuple[int, str]]:
    try:
        with place.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}", hint="check its name and rights") from None
    if len(content) > _MOST_BYTES:
        raise UsageError(f"{place}: larger than {_MOST_BYTES} bytes")
    try:
        lines: Iterable[str] = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{place}: not UTF-8") from None
    for number, line in enumerate(lines, 1):
        text = line.lstrip()
        if text and not text.startswith("#"):
            yield number, text
