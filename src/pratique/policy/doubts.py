"""
Hold the built-in doubts: what was not seen, and could have changed the verdict.

Laws: every Unknown and every finding nobody graded falls under exactly one doubt, so nothing that was
not understood is passed over; what a doubt is worth (undecided, warn, allow) is said by the profile,
but ``unread-content`` and ``missing-advisory-data`` are undecided in all of them.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding, FindingKind
from pratique.model.package import OS_TYPES, PackageType
from pratique.model.severity import Severity
from pratique.model.unknown import THIRD_PARTY, Stage, Unknown, Weight
from pratique.policy.case import MANY_RECORDS, Case, age_days, has_fix


class Doubt(Struct, frozen=True, kw_only=True):
    """One thing that was not seen, and where it belongs."""

    name: str
    message: str
    unknown: Unknown | None = None
    finding: Finding | None = None


DOUBTS = {
    "unread-content": "a layer, a package database or a scanner's whole work could not be read",
    "missing-advisory-data": "there are no advisory data for packages that are here",
    "stale-advisory-data": "the advisory data are older than the policy allows",
    "damaged-package-metadata": "what an installed package says of itself could not be read",
    "stagnant-advisory-data": "the newest advisory is so old that the source may stand still",
    "missing-side-data": "there are no data on ends of support or predicted exploitation",
    "unfetched-advisory-data": "programs whose flaws only data on request speak of were not assessed",
    "scanner-left-out": "not everything was looked for",
    "ungraded-flaw": "nobody has graded a flaw that has a fix",
    "uncompared-package": "a package could not be compared with the advisories",
    "third-party-package": "a package's vendor is not covered by the distribution's data",
    "unassessed-package": "nobody publishes advisories on packages of this type",
    "unscanned-file": "a file's content was not looked into",
    "untested-application": "a tool that tests the application did not run, or not to its end",
    "partly-read": "something else was not read",
}
"""Each doubt in plain words, gravest first."""

FIXES = {
    "unread-content": "raise the named limit if you trust the image, or mend the image",
    "missing-advisory-data": "run `pratique db update`, or check --source and the network",
    "unfetched-advisory-data": "run `pratique db update NVD`",
    "scanner-left-out": "leave --scanners out, and scan the image itself",
    "stagnant-advisory-data": "ask who keeps the mirror, or use another --source",
    "stale-advisory-data": "run `pratique db update`",
    "damaged-package-metadata": "rebuild the image: an installed package's records are damaged",
    "ungraded-flaw": "upgrade the packages: the fix is there",
    "third-party-package": "watch the vendor's own advisories, or except this doubt",
}
"""What to do about a doubt, in words of the command line; not all have one."""

ALWAYS_UNDECIDED = frozenset({"unread-content", "missing-advisory-data"})


_SIDE = frozenset({"epss", "end-of-life"})
"""Shards that no rule which forbids under ``baseline`` rests on; that of exploited flaws is one."""
_ON_REQUEST = frozenset({"NVD"})
"""Data that no scan fetches by itself."""
_MATCHING = "matching"
_RELEASE = "distro-end-of-life"
_NAMELESS = "holds classes, and nothing says"
"""How the extractor of jars begins to tell of one that is whole and has no name (Debian's own has none)."""
_NOTING = "sbom_file"
"""The extractor of what a package says it was made of; it lists nothing that is not there already."""


def doubts(case: Case) -> Iterator[Doubt]:
    """Yield all doubts of a case, in no particular order."""
    for unknown in case.subject.unknowns:
        name = category(unknown)
        yield Doubt(name=name, message=f"{unknown.location}: {unknown.reason}", unknown=unknown)
    for status in case.needed_data():
        for name, said in _about(status, case):
            yield Doubt(name=name, message=said)
    if case.left_out:
        yield Doubt(name="scanner-left-out", message=", ".join(case.left_out))
    for finding in case.findings:
        if _is_ungraded(finding, case):
            message = f"{finding.rule} in {finding.package_name} {finding.package_version}"
            yield Doubt(name="ungraded-flaw", message=message, finding=finding)


def category(unknown: Unknown) -> str:
    """Return the doubt that an Unknown falls under."""
    if unknown.weight is Weight.BLOCKING:
        return "unread-content"
    if unknown.unit == THIRD_PARTY:
        return "third-party-package"
    if unknown.stage is Stage.ADVISORY:
        return "missing-side-data" if unknown.location in _SIDE else "missing-advisory-data"
    if unknown.stage is Stage.ASSESS:
        return "untested-application"
    if unknown.stage is Stage.MATCH:
        return _of_matching(unknown)
    if unknown.stage is Stage.EXTRACT:
        if "-" in unknown.unit:  # a sign of tampering: extractors have no hyphen in their names
            return "unscanned-file"
        nameless = unknown.unit == "jar" and unknown.reason.startswith(_NAMELESS)
        if nameless or unknown.unit == _NOTING:
            return "uncompared-package"
        return "partly-read" if unknown.unit in DECLARING else "damaged-package-metadata"
    return "unscanned-file" if unknown.stage.value == "content" else "partly-read"


def _of_matching(unknown: Unknown) -> str:
    if unknown.unit == _RELEASE:
        return "partly-read"
    if unknown.unit != _MATCHING:
        return "uncompared-package"
    if unknown.location in _ON_REQUEST:
        return "unfetched-advisory-data"
    kinds = {str(kind) for kind in PackageType} - {str(kind) for kind in OS_TYPES}
    return "unassessed-package" if unknown.location in kinds else "missing-advisory-data"


def _about(status: DataStatus, case: Case) -> Iterator[tuple[str, str]]:
    """Yield the doubts about the data for one ecosystem, with their words."""
    if not status.present:
        yield "missing-advisory-data", f"{status.ecosystem}: no advisory data"
        return
    age, most = age_days(status.built, case.now), case.settings.max_data_age_days
    if age is None:
        yield "stale-advisory-data", f"{status.ecosystem}: nobody knows when they were fetched"
    elif age > most:
        said = f"{status.ecosystem}: fetched {age:.0f} days ago, {most:g} are allowed"
        yield "stale-advisory-data", said
    newest, most = age_days(status.newest, case.now), case.settings.max_record_age_days
    if newest is not None and newest > most and status.advisories >= MANY_RECORDS:
        said = f"{status.ecosystem}: the newest record is of {status.newest[:10]}"
        yield "stagnant-advisory-data", said


def _is_ungraded(finding: Finding, case: Case) -> bool:
    if finding.kind is not FindingKind.VULNERABILITY or finding.severity is not Severity.UNKNOWN:
        return False
    return has_fix(finding) and not case.is_declared_only(finding)


DECLARING = frozenset(
    (
        "bun_lock",
        "cabal_freeze",
        "cargo_lock",
        "composer_lock",
        "conan_lock",
        "conanfile_txt",
        "conda_explicit",
        "conda_lock",
        "cpanfile_snapshot",
        "deno_lock",
        "environment_yml",
        "gemfile_lock",
        "github_actions",
        "gleam_manifest",
        "glide_lock",
        "go_mod",
        "go_vendor",
        "gopkg_lock",
        "gradle_lock",
        "gradle_verification",
        "ivy_xml",
        "julia_manifest",
        "maven_install",
        "mix_lock",
        "nuget_lock",
        "opam_locked",
        "package_lock",
        "package_resolved",
        "packages_config",
        "packages_props",
        "paket_lock",
        "pdm_lock",
        "pipfile_lock",
        "pixi_lock",
        "pnpm_lock",
        "podfile_lock",
        "poetry_lock",
        "pom_xml",
        "project_assets",
        "pubspec_lock",
        "pylock",
        "rebar_lock",
        "renv_lock",
        "requirements",
        "sbt_lock",
        "setup_py",
        "stack_lock",
        "stack_yaml",
        "uv_lock",
        "vcpkg_json",
        "yarn_berry",
        "yarn_lock",
    )
)
"""Extractors of lockfiles and manifests, which say what is wanted, not what is installed."""
