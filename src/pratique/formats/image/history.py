"""
Read the history of an image as build steps: which instruction, with what, in which layer.

Law: claims of the image's maker, read generously; a line of no known form is a step without an
instruction. Forms: Docker's classic builder and buildah (``/bin/sh -c #(nop) ENV A=b``,
``/bin/sh -c apt-get update``, ``|1 NAME=value /bin/sh -c …``) and BuildKit
(``RUN |1 NAME=value /bin/sh -c … # buildkit``, ``COPY a b # buildkit``). Bounds: ``MOST_CHARACTERS``
of each line, ``MOST_IN_ALL`` of all lines together.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.shell_commands import MOST_CHARACTERS, Command, commands
from pratique.model.image import HistoryEntry

MOST_IN_ALL = 1 << 20
"""Characters of all lines; what stands behind them is a step without an instruction."""
_INSTRUCTIONS = frozenset({
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
    "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
})  # fmt: skip
_NOP = re.compile(r".{0,200}?#\(nop\)\s*")
_SHELL = re.compile(
    r"(?:^|(?<= ))/(?:\S{0,100}/)?(?:ba|da|a|z|k)?sh(?: -[a-z]+| pipefail)*? -[a-z]*c "
)
_NAMED = re.compile(r"(?:^| )([A-Za-z_]\w{0,200})=")
_SOURCED = re.compile(r"\b(?:file|dir|multi):[0-9a-f]{64} in ")


class Step(Struct, frozen=True, kw_only=True):
    """
    One line of the history.

    ``number`` counts from 1. ``text`` is what stands behind the instruction, for RUN without build
    arguments and shell. ``build_arguments`` are name and value. ``layer`` is the index of the layer
    it made, None where it made none or the history does not add up. ``commands`` are those of a RUN
    step, empty for others.
    """

    number: int
    instruction: str
    text: str
    build_arguments: tuple[tuple[str, str], ...] = ()
    layer: int | None = None
    commands: tuple[Command, ...] = ()


def read_history(history: Iterable[HistoryEntry], layers: int) -> tuple[Step, ...]:
    """
    Return the steps of an image of so many layers.

    >>> read_history([HistoryEntry(created_by="RUN /bin/sh -c apk add curl # buildkit")], 1)[0].text
    'apk add curl'
    """
    entries = tuple(history)
    adds_up = sum(not entry.empty_layer for entry in entries) == layers
    steps: list[Step] = []
    layer = 0
    room = MOST_IN_ALL
    for number, entry in enumerate(entries, start=1):
        made = layer if adds_up and not entry.empty_layer else None
        layer += not entry.empty_layer
        line = entry.created_by[: min(MOST_CHARACTERS, room)]
        room -= len(line)
        instruction, text, arguments = _parsed(line)
        steps.append(
            Step(
                number=number,
                instruction=instruction,
                text=text,
                build_arguments=arguments,
                layer=made,
                commands=tuple(commands(text)) if instruction == "RUN" else (),
            )
        )
    return tuple(steps)


def _parsed(line: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    text = line.strip().removesuffix("# buildkit").rstrip()
    nop = _NOP.match(text)
    if nop is not None:
        text = text[nop.end() :]
    word, _, rest = text.partition(" ")
    if word in _INSTRUCTIONS and word != "RUN":
        return word, _SOURCED.sub("", rest.strip()), ()
    if word == "RUN":
        return ("RUN", *_run(rest.strip()))
    if re.match(r"\|\d+ ", text) or _SHELL.match(text):
        return ("RUN", *_run(text))
    return "", text, ()


def _run(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what is run, and the build arguments before it."""
    counted = re.match(r"\|(\d{1,4}) ", text)
    shell = _SHELL.search(text)
    if counted is None:
        return (text[shell.end() :] if shell and not shell.start() else text), ()
    if shell is None:
        return text, ()
    given = text[counted.end() : shell.start()].rstrip()
    starts = list(_NAMED.finditer(given))
    ends = [one.start() for one in starts[1:]] + [len(given)]
    pairs = ((one[1], given[one.end() : end]) for one, end in zip(starts, ends, strict=True))
    return text[shell.end() :], tuple(pairs)
