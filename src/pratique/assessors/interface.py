"""
Test an application with a tool of somebody else: the one interface of this folder.

An assessor is one module: ``NAME``, ``TITLE``, ``PROGRAMS`` (what it may be called on PATH, the first
that is found is used), ``INSTALL`` (the line that installs it), ``SURFACE`` (what it looks at),
``LANGUAGES``, ``PATTERNS`` (the files it wants, for source), ``NEEDS_DOCUMENT`` (it can do nothing
without an OpenAPI document), ``OPTIONAL`` (nobody misses it where it is not installed), ``SECONDS``
(how long it may take), ``EXITS`` (exit codes with which it did its work), ``ENVIRON`` (variables it is
given besides the few that all are given), ``FIRES`` and ``SILENT`` (real answers, which the tests
read), ``command`` and ``read``.

Laws: a module here starts nothing and reads no file; ``pipelines.run_assessor`` does. Both functions
are pure. What a tool answers is as untrusted as what it looked at: ``read`` is bounded by the size
of its input, raises ``FormatError`` at what it does not understand and never returns nothing for
it. A tool's own rule id is kept, behind the tool's name: ``bandit:B608``.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct

from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

MOST_FLAWS = 5_000
"""Findings of one tool that are read; more of them are told as not read."""
TEXT_CHARS = 2_000
"""Characters of any text of a tool that are kept."""
Answer = TypeVar("Answer")


class Surface(StrEnum):
    """What a tool looks at."""

    CODE = "code"
    """Files, which it is given in a folder of their own."""
    SERVICE = "service"
    """A running application, which it asks over HTTP."""


class Work(Struct, frozen=True, kw_only=True):
    """
    What one run of a tool is about.

    ``files`` are the paths of the source below ``folder``, sorted, none of which begins with a dash.
    ``output`` is where the tool may write its answer; where it writes none, its standard output is
    the answer. ``data`` is the folder of this package, for rules of ours. ``url`` is the root of the running
    application, ``document`` the address of its OpenAPI document, both empty for source.
    ``seconds`` is what the tool should be content with.
    """

    folder: str
    output: str
    data: str
    seconds: int
    files: tuple[str, ...] = ()
    url: str = ""
    document: str = ""


class Flaw(Struct, frozen=True, kw_only=True):
    """
    One thing that a tool reported.

    ``rule`` is the tool's own id. ``file`` is as the tool wrote it, ``line`` counts from 1, 0 is the
    whole file. For a running application ``method`` and ``path`` say which request, ``parameter``
    which part of it. ``cwes`` are ``CWE-79``. ``url`` explains the rule.
    """

    rule: str
    title: str
    note: str = ""
    severity: Severity = Severity.UNKNOWN
    confidence: Confidence = Confidence.MEDIUM
    cwes: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    method: str = ""
    path: str = ""
    parameter: str = ""
    url: str = ""


class Told(Struct, frozen=True, kw_only=True):
    """What a tool answered: what it found, and what it says it could not look at."""

    flaws: tuple[Flaw, ...] = ()
    problems: tuple[str, ...] = ()


class Sample(Struct, frozen=True, kw_only=True):
    """An answer of the tool, and what is to be read in it: ``rule place`` of each, in order."""

    output: bytes
    flaws: tuple[str, ...] = ()
    problems: int = 0


class Assessor(Protocol):
    """The interface of an assessor module."""

    NAME: str
    TITLE: str
    PROGRAMS: tuple[str, ...]
    INSTALL: str
    SURFACE: Surface
    LANGUAGES: tuple[str, ...]
    PATTERNS: Patterns
    NEEDS_DOCUMENT: bool
    OPTIONAL: bool
    SECONDS: int
    EXITS: frozenset[int]
    ENVIRON: Mapping[str, str]
    FIRES: tuple[Sample, ...]
    SILENT: tuple[Sample, ...]

    def command(self, program: str, work: Work) -> tuple[str, ...]:
        """Return the command line; ``program`` is where the tool was found."""

    def read(self, output: bytes) -> Told:
        """
        Return what the tool's answer says.

        Raises:
            FormatError: it is not in the tool's format.
        """


def decoded(output: bytes, kind: type[Answer], tool: str) -> Answer:
    """
    Return a tool's JSON as a value.

    Raises:
        FormatError: it is no JSON, or not of that shape.
    """
    try:
        return msgspec.json.decode(output, type=kind, strict=False)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise FormatError(f"{tool} answered what is not in its format: {error}"[:300]) from None


def weaknesses(numbers: "tuple[int | str, ...]") -> tuple[str, ...]:
    """
    Return CWE ids of numbers, or of texts that begin with ``CWE-`` and a number; others are left out.

    >>> weaknesses((79, "89", "CWE-22: Path Traversal", 0, "none"))
    ('CWE-79', 'CWE-89', 'CWE-22')
    """
    found = []
    for one in numbers:
        digits = str(one).removeprefix("CWE-").partition(":")[0].strip()
        if digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits):
            found.append(f"CWE-{int(digits)}")
    return tuple(dict.fromkeys(found))


def graded(word: str, grades: Mapping[str, Severity]) -> Severity:
    """Return the severity that a tool's word stands for, unknown where it is a new word."""
    return grades.get(word.upper(), Severity.UNKNOWN)
