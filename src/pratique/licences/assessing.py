"""
Judge the licences of packages and of licence files: expressions, classes, findings.

Laws: what a package states counts where all of it is understood, else what its licence files say;
both unknown is told as unknown, never as harmless. Packages of the distribution are judged
together, one finding for each rule: whoever uses a distribution knows that it is under such
licences, and cannot change it. What is only named by a lockfile is judged unless it is for
development, or optional (builds for other platforms). Ids are made of the rule and the package, or the file: they survive a rebuild.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.licences._spdx import listed
from pratique.licences._tree import leaves
from pratique.licences.belonging import LicenceFile, owners
from pratique.licences.classes import SEVERITIES, class_of
from pratique.licences.names import Named, concluded, named, tree_of
from pratique.licences.recognising import UNRECOGNISED
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.model.licence import LicenceClass
from pratique.model.package import OS_TYPES, OwnedFile, Package, Scope
from pratique.model.part import Part
from pratique.model.severity import Severity

RULES = {
    "network-copyleft-licence": (
        "A package or file is under a licence by which letting people use the program over a "
        "network counts as passing it on (AGPL, OSL, EUPL …): they may ask for the whole source, "
        "yours included where it is one work. Replace it, get another licence from its owner, or "
        "keep it a program apart and offer its source."
    ),
    "restricted-licence": (
        "A package or file is under a licence that does not allow every use: proprietary, "
        "source-available (BUSL, SSPL, Elastic), non-commercial or no-derivatives Creative "
        "Commons. Read it before you ship the image or sell what runs in it."
    ),
    "strong-copyleft-licence": (
        "A package or file is under a licence that asks for the source of the whole work when it "
        "is passed on (GPL). Whoever gets the image must be offered the source; code that is one "
        "work with it must be under the same licence."
    ),
    "weak-copyleft-licence": (
        "A package is under a licence that asks for the source of its own files or library, with "
        "your changes, when it is passed on (LGPL, MPL, EPL, CDDL). Code that only uses it may "
        "stay under its own licence."
    ),
    "unknown-licence": (
        "Packages say nothing of their licence that pratique understands, and no licence file of "
        "theirs does. Without a licence nobody may copy a program: look at its project."
    ),
    "unrecognised-licence-file": (
        "A file is called like a licence, and no known licence was recognised in it. A person has "
        "to read it."
    ),
    "licence-file-stricter": (
        "A package states one licence and a licence file of it holds or names one that asks for "
        "more: often of a part that is bundled with it."
    ),
}
"""What findings on licences mean, for ``pratique explain``."""

_RULES_OF = {
    LicenceClass.NETWORK_COPYLEFT: "network-copyleft-licence",
    LicenceClass.RESTRICTED: "restricted-licence",
    LicenceClass.STRONG_COPYLEFT: "strong-copyleft-licence",
    LicenceClass.WEAK_COPYLEFT: "weak-copyleft-licence",
    LicenceClass.UNKNOWN: "unknown-licence",
}
_STRICT = (
    LicenceClass.STRONG_COPYLEFT,
    LicenceClass.NETWORK_COPYLEFT,
    LicenceClass.RESTRICTED,
)
_DISTRIBUTION = {
    LicenceClass.STRONG_COPYLEFT: Severity.NEGLIGIBLE,
    LicenceClass.NETWORK_COPYLEFT: Severity.MEDIUM,
    LicenceClass.RESTRICTED: Severity.MEDIUM,
}
"""How what a distribution ships is graded; weaker classes of it are not told."""
SHOWN = 10
"""Packages or files that one finding lists as evidence."""


class Assessed(Struct, frozen=True, kw_only=True):
    """The packages with their expression and class, in the order given; the findings, by id."""

    packages: tuple[Package, ...]
    findings: tuple[Finding, ...]


def assess_licences(
    packages: Sequence[Package],
    owned: Mapping[str, tuple[OwnedFile, ...]],
    files: Sequence[LicenceFile],
) -> Assessed:
    """Return the packages with their licences told, and what should be looked at."""
    owner_of = owners(packages, owned, files)
    theirs: dict[str, list[LicenceFile]] = {}
    for file in files:
        if key := owner_of.get(file.location):
            theirs.setdefault(key, []).append(file)
    told = _with_installed([with_expression(one, theirs.get(one.key, ())) for one in packages])
    findings = [
        *_of_packages([one for one in told if one.type not in OS_TYPES], theirs),
        *_of_distribution([one for one in told if one.type in OS_TYPES]),
        *_of_unknown(told),
        *_of_files([one for one in files if one.location not in owner_of]),
    ]
    return Assessed(packages=told, findings=tuple(sorted(findings, key=lambda one: one.id)))


def _with_installed(packages: Sequence[Package]) -> tuple[Package, ...]:
    """Return packages where what a lockfile only names has the licence of the installed one."""
    known = {one.purl: one for one in packages if not one.declared}
    return tuple(
        replace(
            one,
            licence_expression=known[one.purl].licence_expression,
            licence_class=known[one.purl].licence_class,
        )
        if one.declared and not one.licence_expression and one.purl in known
        else one
        for one in packages
    )


def with_expression(package: Package, files: Sequence[LicenceFile] = ()) -> Package:
    """
    Return a package with the expression and class of its licence.

    >>> from pratique.model.package import PackageType, Purl
    >>> made = Package(type=PackageType.RPM, name="a", version="1", purl=Purl("x"), licences=("GPLv2+",))
    >>> with_expression(made).licence_expression
    'GPL-2.0-or-later'
    """
    stated = concluded(package.licences, package.type)
    written = _from_files(files)
    best = stated
    if (not stated.expression or stated.unknown) and written.expression and not written.unknown:
        best = written
    return replace(
        package,
        licence_expression=best.expression,
        licence_class=class_of(best.expression),
    )


def _from_files(files: Iterable[LicenceFile]) -> Named:
    """Return what licence files say, all of it; nothing where one was not recognised."""
    spots = [spot for file in files for spot in file.spots]
    if not spots or any(spot.rule == UNRECOGNISED for spot in spots):
        return Named("")
    sure = [one.rule for one in spots if one.confidence is not Confidence.LOW]
    texts = tuple(dict.fromkeys(f"({rule})" for rule in sure))
    return named(" AND ".join(texts))


def _of_packages(
    packages: Sequence[Package], theirs: Mapping[str, Sequence[LicenceFile]]
) -> Iterator[Finding]:
    for package in packages:
        known = package.licence_class
        if known is None or known is LicenceClass.UNKNOWN or _is_left_out(package):
            continue
        if rule := _RULES_OF.get(known):
            yield _on_package(rule, package, package.licence_expression, known)
        for file in theirs.get(package.key, ()):
            stricter = [one for one in file.spots if _stricter(one.rule, package)]
            if any(one.confidence is not Confidence.LOW for one in stricter):
                rules = " AND ".join(dict.fromkeys(spot.rule for spot in stricter))
                yield _stricter_file(package, file, rules)


def _stricter(expression: str, package: Package) -> bool:
    """Whether an expression asks for more than a package states, and is not one it offers."""
    known, other = package.licence_class, class_of(expression)
    if known is None or other not in _STRICT or other.rank <= known.rank:
        return False
    return not _families(expression) <= _families(package.licence_expression)


def _families(expression: str) -> set[str]:
    """Return the licences of an expression, whichever of their versions may be used."""
    names = (leaf.licence for leaf in leaves(tree_of(expression)))
    return {name.removesuffix("-only").removesuffix("-or-later") for name in names}


def _on_package(rule: str, package: Package, expression: str, known: LicenceClass) -> Finding:
    return Finding(
        id=f"{FindingKind.LICENCE}:{rule}:{package.key}",
        kind=FindingKind.LICENCE,
        rule=rule,
        title=f"{expression} ({known})",
        description=f"{package.name} is under {expression}",
        severity=SEVERITIES[known],
        severity_source="pratique",
        confidence=Confidence.HIGH,
        package=package.key,
        package_name=package.name,
        package_version=package.version,
        location=package.location,
        layer=package.layer,
        part=package.part,
        evidence=(_evidence(rule, expression, ", ".join(package.licences) or "its licence file"),),
        references=_references(expression),
    )


def _stricter_file(package: Package, file: LicenceFile, expression: str) -> Finding:
    rule = "licence-file-stricter"
    line = min(spot.line for spot in file.spots)
    return replace(
        _on_package(rule, package, expression, class_of(expression)),
        id=f"{FindingKind.LICENCE}:{rule}:{package.key}:{file.location}",
        title=f"{expression} in a licence file of {package.name}",
        description=f"{package.name} states {package.licence_expression}; this file says more",
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
        location=file.location,
        line=line,
        layer=file.layer,
    )


def _of_distribution(packages: Sequence[Package]) -> Iterator[Finding]:
    groups: dict[tuple[LicenceClass, bool], list[Package]] = {}
    for package in packages:
        if package.licence_class in _DISTRIBUTION:
            added = package.part is Part.APP
            groups.setdefault((package.licence_class, added), []).append(package)
    for (known, added), members in groups.items():
        rule = _RULES_OF[known]
        whose = "distribution packages that the application adds" if added else "distribution packages"  # fmt: skip
        yield _together(rule, members, f"{len(members)} {whose}: {known}", _DISTRIBUTION[known], (
            "distribution-added" if added else "distribution"
        ))  # fmt: skip


def _of_unknown(packages: Sequence[Package]) -> Iterator[Finding]:
    groups: dict[str, list[Package]] = {}
    for package in packages:
        if package.licence_class is LicenceClass.UNKNOWN and not package.declared:
            groups.setdefault(package.type, []).append(package)
    for kind, members in sorted(groups.items()):
        title = f"{len(members)} {kind} packages whose licence is not known"
        yield _together("unknown-licence", members, title, Severity.LOW, kind)


def _together(
    rule: str, packages: Sequence[Package], title: str, severity: Severity, group: str
) -> Finding:
    more = len(packages) - SHOWN
    parts = {one.part for one in packages}
    return Finding(
        id=f"{FindingKind.LICENCE}:{rule}:{group}",
        kind=FindingKind.LICENCE,
        rule=rule,
        title=title,
        description=f"{title}{f' ({SHOWN} are listed, {more} more)' if more > 0 else ''}",
        severity=severity,
        severity_source="pratique",
        # A package of a distribution lists the licences of all its source, not of what it installs.
        confidence=Confidence.LOW,
        part=parts.pop() if len(parts) == 1 else Part.UNKNOWN,
        evidence=tuple(
            _evidence(rule, f"{one.name} {one.version}", one.licence_expression)
            for one in packages[:SHOWN]
        ),
    )


def _of_files(files: Sequence[LicenceFile]) -> Iterator[Finding]:
    for file in files:
        by_class: dict[LicenceClass, list[str]] = {}
        for spot in file.spots:
            by_class.setdefault(class_of(spot.rule), []).append(spot.rule)
        for known in _STRICT:
            if rules := by_class.get(known):
                yield _on_file(_RULES_OF[known], file, tuple(dict.fromkeys(rules)), known)
        if any(spot.rule == UNRECOGNISED for spot in file.spots):
            known = LicenceClass.UNKNOWN
            yield _on_file("unrecognised-licence-file", file, (UNRECOGNISED,), known)


def _on_file(
    rule: str, file: LicenceFile, expressions: tuple[str, ...], known: LicenceClass
) -> Finding:
    spots = [spot for spot in file.spots if spot.rule in expressions]
    shown = ", ".join(expressions)
    order = list(Confidence)
    return Finding(
        id=f"{FindingKind.LICENCE}:{rule}:{file.location}",
        kind=FindingKind.LICENCE,
        rule=rule,
        title=spots[0].title if rule.startswith("un") else f"{shown} ({known})",
        description=f"a licence file that belongs to no listed package: {shown}",
        severity=SEVERITIES[known],
        severity_source="pratique",
        confidence=min((spot.confidence for spot in spots), key=order.index),
        location=file.location,
        line=spots[0].line,
        layer=file.layer,
        evidence=tuple(_evidence(rule, one.rule, one.note or one.title) for one in spots[:SHOWN]),
        references=_references(expressions[0]),
    )


def _evidence(rule: str, name: str, note: str) -> Evidence:
    return Evidence(advisory=rule, feed="pratique", name=name, note=note)


def _references(expression: str) -> tuple[str, ...]:
    known = listed(expression)
    listed_by_spdx = known is not None and not known.spdx.startswith("LicenseRef-")
    return (f"https://spdx.org/licenses/{expression}.html",) if listed_by_spdx else ()


def _is_left_out(package: Package) -> bool:
    """Whether only a lockfile names it, and an installation need not have it."""
    return package.declared and package.scope is not Scope.RUNTIME
