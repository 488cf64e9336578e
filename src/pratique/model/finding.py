"""Report one thing that is wrong with a target, with the evidence for it."""

from enum import StrEnum

from msgspec import Struct

from pratique.model.advisory import Epss, Exploited, FixState
from pratique.model.in_use import Usage
from pratique.model.package import LayerRef
from pratique.model.part import Part as Part
from pratique.model.severity import Score, Severity


class FindingKind(StrEnum):
    """What sort of thing was found."""

    VULNERABILITY = "vulnerability"
    MALWARE = "malware"
    SECRET = "secret"  # noqa: S105
    CONFIG = "config"
    LICENCE = "licence"
    END_OF_LIFE = "end-of-life"
    TAMPER = "tamper"
    CODE = "code"
    """A weakness that a tool read in the source of the application."""
    SERVICE = "service"
    """A weakness that a tool met in the application while it ran."""


class Confidence(StrEnum):
    """How sure the finding is, apart from how bad it would be."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Suppressor(StrEnum):
    """Whose word it is that a finding does not count."""

    NOBODY = ""
    DISTRO = "distro"
    """The distribution, which keeps the package that the flawed one is a part of."""
    OS_PACKAGE = "os-package"
    """Nobody: the same flaw is reported once already, for that package."""
    REACHABILITY = "reachability"
    """The program itself, which does not contain the functions that have the flaw."""
    SCOPE = "scope"
    """The lockfile: it is needed to develop only, and nothing shows that it is installed."""
    VEX = "vex"
    """The author of a VEX document."""
    IGNORE_RULE = "ignore-rule"
    """A rule of an ignore file."""
    EXCEPTION = "exception"
    """The owner of an exception, until it expires."""


class Fix(Struct, frozen=True, kw_only=True):
    """
    What would end the finding: the state of the fix and the first version that has it.

    ``offer`` names the paid offer whose customers alone get that version ("Ubuntu Pro"); empty
    where everybody gets it.
    """

    state: FixState
    version: str = ""
    offer: str = ""


class Evidence(Struct, frozen=True, kw_only=True):
    """
    Why the finding stands, so that a person can check it by hand.

    ``comparison`` is the sentence of the version comparison that was made, ``event`` the range
    event of the advisory that decided, ``ecosystem`` and ``name`` what was looked up.
    """

    advisory: str
    feed: str
    publisher: str = ""
    url: str = ""
    ecosystem: str = ""
    name: str = ""
    event: str = ""
    comparison: str = ""
    note: str = ""


class Finding(Struct, frozen=True, kw_only=True):
    """
    One finding. ``id`` is stable: made from kind, rule and package only.

    ``rule`` is the flaw's best name (the CVE where there is one) or the rule that fired;
    ``names`` all its names. ``package`` is a ``Package.key``. ``severity_source`` says whose
    grade ``severity`` is. ``suppressed`` is the reason it does not count, or empty, and
    ``suppressed_by`` whose word that is. ``vex_status`` and ``vex_justification`` are those of the
    newest VEX statement on it, in OpenVEX's words (``not_affected``,
    ``vulnerable_code_not_present``), also where it goes on counting (``affected``).

    ``line`` counts from 1 in the file at ``location``; 0 is the whole file. ``masked`` is what may
    be shown of a secret, ``fingerprint`` the keyed hash by which two reports of one organisation
    show that they mean the same value; neither is a part of ``id``. ``hidden_by`` is the later
    layer that deletes or replaces the file: its bytes still ship.
    """

    id: str
    kind: FindingKind
    rule: str
    title: str = ""
    description: str = ""
    severity: Severity = Severity.UNKNOWN
    severity_source: str = ""
    scores: tuple[Score, ...] = ()
    confidence: Confidence = Confidence.HIGH
    names: tuple[str, ...] = ()
    package: str = ""
    package_name: str = ""
    package_version: str = ""
    location: str = ""
    layer: LayerRef | None = None
    fix: Fix = Fix(state=FixState.UNKNOWN)
    evidence: tuple[Evidence, ...] = ()
    cwes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    exploited: Exploited | None = None
    epss: Epss | None = None
    suppressed: str = ""
    suppressed_by: Suppressor = Suppressor.NOBODY
    vex_status: str = ""
    vex_justification: str = ""
    line: int = 0
    masked: str = ""
    fingerprint: str = ""
    hidden_by: LayerRef | None = None
    part: Part = Part.UNKNOWN
    in_use: Usage | None = None
    """When its package was seen at work; None says nothing: it was not seen, or nobody looked."""
