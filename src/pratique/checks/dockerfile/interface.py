"""
Hold what the checks of a Dockerfile look at, and how their samples are written.

A check is one module here with what ``checks/interface.py`` asks for, except that ``look`` yields
faults (``model/fault.py``), one for each place, and samples are bytes:

* ``NAME``: kebab-case, named after the bad thing; one name space with all other checks (an image's
  ``root-user`` is taken), and the file is called after it.
* ``ALIASES``: ``DL3008`` (hadolint), ``StageNameCasing`` (BuildKit), ``DS-0001`` (Trivy),
  ``CKV_DOCKER_1`` (checkov), ``CIS-Docker-4.1``. Every suppression works by them.
* ``PEDANTIC = True``: told under ``--pedantic`` only: right for some, noise for most.
* ``BAD`` (fires), ``GOOD`` (silent): tuples of Dockerfiles, as text or ``Sample``. ``FIXED``: pairs
  of a Dockerfile and what it becomes once all fixes of this check are made.
* ``EFFECT`` (``model/built.py``): what its fixes may change in what is built; without one, nothing.
* ``look(scene)`` yields ``Fault``; where the check knows a fix, the fault carries its ``edits``.
* ``misread(scene)``, where it is there, yields ``Misread``: places that are right and that hadolint
  tells all the same, for who wants its count at zero.

Laws: a check reads, it never runs or fetches anything; a secret's value never stands in a note; what
was not understood (``Run.understood``, ``Scene.file.problems``) is never told as good.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.runs import Run, runs_of
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.stages import Stage, Values, stages_of
from pratique.formats.dockerfile.tree import Dockerfile, Instruction, Span
from pratique.model.edit import Edit
from pratique.model.fault import Fault, FixClass
from pratique.model.finding import Confidence
from pratique.model.severity import Severity


class Settings(Struct, frozen=True, kw_only=True):
    """
    What a user may set, from ``.hadolint.yaml`` or options; empty means not asked for.

    ``labels`` maps a label's name to what it must be (``text``, ``url``, ``semver``, ``rfc3339``,
    ``spdx``, ``hash``, ``email``); ``strict_labels`` allows no others.
    """

    trusted_registries: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    strict_labels: bool = False


class Scene(Struct, frozen=True, kw_only=True, dict=True):
    """
    One Dockerfile and what is known around it.

    ``name`` is the path as the user gave it. ``ignored`` are the lines of the ``.dockerignore`` that
    a build would use, empty where there is none; ``context`` the names of the files in the build
    context (relative, bounded), None where nobody looked. ``arguments`` are what ``--build-arg`` gives.
    """

    file: Dockerfile
    name: str = "Dockerfile"
    settings: Settings = Settings()
    ignored: tuple[str, ...] = ()
    context: tuple[str, ...] | None = None
    arguments: Values = {}

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages in order."""
        return stages_of(self.file, self.arguments)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return every RUN with its commands, those under ONBUILD too."""
        return runs_of(self.file, self.stages)

    @cached_property
    def instructions(self) -> tuple[Instruction, ...]:
        """Return the instructions in order; what ONBUILD triggers stands for the ONBUILD."""
        return tuple(one.trigger or one for one in self.file.instructions)

    def of(self, *keywords: str) -> Iterator[Instruction]:
        """Yield the instructions with one of these keywords, triggers of ONBUILD too."""
        return (one for one in self.instructions if one.keyword in keywords)

    def commands(self, *programs: str) -> Iterator[tuple[Run, Command]]:
        """Yield the commands of all RUNs that run one of the programs; all without a name."""
        if not programs:
            return ((run, one) for run in self.runs for one in run.commands)
        found = [each for program in programs for each in self._by_program.get(program, ())]
        return ((run, one) for _, run, one in sorted(found, key=lambda each: each[0]))

    @cached_property
    def _by_program(self) -> Mapping[str, list[tuple[int, Run, Command]]]:
        found: dict[str, list[tuple[int, Run, Command]]] = {}
        for number, (run, one) in enumerate(self.commands()):
            found.setdefault(one.program, []).append((number, run, one))
        return found

    def line_of(self, byte: int) -> int:
        """Return the line (from 1) of a byte."""
        return bisect_left(self._feeds, byte) + 1

    @cached_property
    def _feeds(self) -> Sequence[int]:
        return [found.start() for found in re.finditer(b"\n", self.file.content)]

    def edit(self, span: Span, text: str) -> Edit:
        """Return the edit that puts ``text`` in place of a span."""
        return Edit(self.name, span.start, span.end, text.encode("utf-8", "surrogateescape"))

    def at_instruction(self, one: Instruction, note: str, **more: object) -> Fault:
        """Return a fault at an instruction's first line, its keyword and arguments underlined."""
        end = max(one.keyword_span.end, one.arguments.span(0, len(one.text)).end)
        start = one.keyword_span.start
        return Fault(line=self.line_of(start), note=note, start=start, end=end, **more)  # type: ignore[arg-type]

    def at_span(self, span: Span, note: str, **more: object) -> Fault:
        """Return a fault at the line where a span begins."""
        line = self.line_of(span.start)
        return Fault(line=line, note=note, start=span.start, end=span.end, **more)  # type: ignore[arg-type]


class Misread(Struct, frozen=True):
    """
    A place that hadolint tells under ``code``, and why it is right as it stands.

    ``start`` is a byte of the instruction; ``reason`` a short clause for a comment, of one line.
    """

    code: str
    start: int
    reason: str


class Check(Protocol):
    """One bad thing in Dockerfiles: one module of this folder. ``PEDANTIC``, ``EFFECT`` and ``misread`` may be left out."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    CONFIDENCE: Confidence
    ALIASES: tuple[str, ...]
    RULES: Mapping[str, str]
    BAD: "tuple[str | Sample, ...]"
    GOOD: "tuple[str | Sample, ...]"
    FIXED: "tuple[tuple[str, str], ...]"

    def look(self, scene: Scene) -> Iterable[Fault]:
        """
        Return where the bad thing stands.

        Raises:
            FormatError: something that decides cannot be read (becomes a coverage Unknown).
        """


class Sample(Struct, frozen=True, kw_only=True):
    """A Dockerfile with what is around it, for checks that a text alone cannot show."""

    text: str
    settings: Settings = Settings()
    ignored: tuple[str, ...] = ()
    context: tuple[str, ...] | None = None


def scene_of(sample: str | bytes | Sample, name: str = "Dockerfile") -> Scene:
    """
    Return what a check sees of a sample.

    >>> [run.commands[0].program for run in scene_of("FROM a\\nRUN cd /x\\n").runs]
    ['cd']
    """
    if isinstance(sample, Sample):
        file = parse(sample.text.encode())
        return Scene(
            file=file,
            name=name,
            settings=sample.settings,
            ignored=sample.ignored,
            context=sample.context,
        )
    return Scene(file=parse(sample.encode() if isinstance(sample, str) else sample), name=name)


__all__ = ["Check", "Fault", "FixClass", "Misread", "Sample", "Scene", "Settings", "scene_of"]
