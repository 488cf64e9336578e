"""
Look for bad configuration: the one interface of this folder.

A check is a module with ``NAME`` (kebab-case, named after the bad thing, as its file is; the rule its
findings name), ``TITLE``, ``SEVERITY``, ``CONFIDENCE``, ``ALIASES`` (what other tools and benchmarks
call it: ``CIS-DI-0001`` and ``DKL-…`` of Dockle, ``CIS-Docker-4.1``, ``DL3002`` of hadolint; an
ignore file may name any of them), ``RULES`` (what `pratique explain` says: why it is bad, how to mend
it), ``FIRES`` and ``SILENT`` (samples that the tests run) and ``look``. One that reads files has
``PATTERNS`` as well. What it looks at depends on its folder: ``checks/image/interface.py`` has the
scene and the samples of an image.

Laws: a check reads, it never runs or fetches anything; what it tells holds for the image as it is,
not for what its maker may have meant; a secret's value never stands in a note. What a sound image
has to show is silent, or negligible.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from pratique.model.fault import Fault, FixClass
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

Seen = TypeVar("Seen", contravariant=True)
"""What the checks of one folder look at."""


class Described(Protocol):
    """What every check says of itself, whatever it looks at."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    CONFIDENCE: Confidence
    ALIASES: tuple[str, ...]


class Check(Protocol[Seen]):
    """One bad thing: one per file in ``checks/``."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    CONFIDENCE: Confidence
    ALIASES: tuple[str, ...]
    RULES: Mapping[str, str]
    FIRES: tuple[object, ...]
    SILENT: tuple[object, ...]

    def look(self, scene: Seen) -> Iterable[Sighting]:
        """
        Return where the bad thing was seen, none where it was not.

        Raises:
            FormatError: a file that decides cannot be read (becomes a coverage Unknown).
        """


def misconfiguration(check: Check[Seen], seen: Sighting) -> Finding:
    """
    Return the finding of a check that fired, its first ten places as evidence.

    Its id is made of the rule and of what the sighting calls its key, so it outlives a rebuild.
    """
    first = seen.places[0]
    return Finding(
        id=f"{FindingKind.CONFIG}:{check.NAME}:{seen.key}",
        kind=FindingKind.CONFIG,
        rule=check.NAME,
        title=check.TITLE,
        description=str(seen),
        severity=seen.severity or check.SEVERITY,
        severity_source="pratique",
        confidence=seen.confidence or check.CONFIDENCE,
        names=check.ALIASES,
        location=first.path,
        line=first.line,
        layer=seen.layer,
        hidden_by=seen.hidden_by,
        evidence=seen.evidence(check.NAME),
    )


def faulty(check: Described, fault: Fault, path: str, line_text: bytes) -> Finding:
    """
    Return the finding of a check that fired in a file that a person wrote.

    Its id is made of the rule, the path, the text of the line and the fault's key, so it outlives
    lines that are put in above.
    """
    said = hashlib.sha256(b" ".join(line_text.split())).hexdigest()[:12]
    return Finding(
        id=":".join(filter(None, (str(FindingKind.CONFIG), check.NAME, path, said, fault.key))),
        kind=FindingKind.CONFIG,
        rule=check.NAME,
        title=check.TITLE,
        description=f"{fault.note}{_mended(fault)}",
        severity=fault.severity or check.SEVERITY,
        severity_source="pratique",
        confidence=fault.confidence or check.CONFIDENCE,
        names=check.ALIASES,
        location=path,
        line=fault.line,
        evidence=(
            Evidence(
                advisory=check.NAME,
                feed="pratique",
                name=f"{path}:{fault.line}",
                note=fault.note,
            ),
        ),
    )


def _mended(fault: Fault) -> str:
    if not fault.edits:
        return ""
    option = "--fix" if fault.fix is FixClass.SAFE else "--fix=verified"
    return f" ({option}: {fault.remedy})" if fault.remedy else f" ({option} mends it)"
