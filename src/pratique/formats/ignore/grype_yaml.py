"""
Read the ``ignore`` rules of Grype's configuration (``.grype.yaml``).

Laws, as Grype: all conditions of a rule must hold; a rule without conditions ignores nothing; names
of packages are taken as patterns where they look like one; ``vulnerability`` is the id under which
a match is reported, and ``include-aliases`` adds its other names. A rule with a condition that we
cannot look at (a namespace we do not know, a language, a field we have never heard of) is left out
and told: it would otherwise ignore more than its author meant. Other settings of the file are
Grype's own and not read. Source: https://github.com/anchore/grype, ``grype/match/ignore.go``.
"""

import re

from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.ignore.rule import IgnoreFile, IgnoreRule
from pratique.model.advisory import FixState
from pratique.model.finding import FindingKind
from pratique.model.package import PackageType

_KEYS = frozenset(
    {
        "vulnerability",
        "include-aliases",
        "reason",
        "namespace",
        "fix-state",
        "package",
        "vex-status",
        "vex-justification",
        "match-type",
    }
)
_PACKAGE_KEYS = frozenset({"name", "version", "language", "type", "location", "upstream-name"})
_PATTERN = re.compile(r"[\\^$.|?*+()\[\]{}]")
_FIX_STATES = {
    "fixed": (FixState.FIXED,),
    "not-fixed": (FixState.NOT_FIXED, FixState.DEFERRED, FixState.UNDER_INVESTIGATION),
    "wont-fix": (FixState.WILL_NOT_FIX, FixState.END_OF_LIFE),
    "unknown": (FixState.UNKNOWN,),
}
_MATCH_TYPES = frozenset({"exact-direct-match", "exact-indirect-match", "cpe-match"})
_TYPES = {
    "alpm": (PackageType.ALPM,),
    "apk": (PackageType.APK,),
    "binary": (PackageType.GENERIC,),
    "bitnami": (PackageType.BITNAMI,),
    "cocoapods": (PackageType.COCOAPODS,),
    "conan": (PackageType.CONAN,),
    "conda": (PackageType.CONDA,),
    "dart-pub": (PackageType.PUB,),
    "deb": (PackageType.DEB,),
    "dotnet": (PackageType.NUGET,),
    "gem": (PackageType.GEM,),
    "github-action": (PackageType.GITHUB,),
    "go-module": (PackageType.GOLANG,),
    "hackage": (PackageType.HACKAGE,),
    "hex": (PackageType.HEX,),
    "erlang-otp": (PackageType.OTP,),
    "java-archive": (PackageType.MAVEN,),
    "jenkins-plugin": (PackageType.MAVEN,),
    "lua-rocks": (PackageType.LUAROCKS,),
    "npm": (PackageType.NPM,),
    "opam": (PackageType.OPAM,),
    "php-composer": (PackageType.COMPOSER,),
    "python": (PackageType.PYPI,),
    "R-package": (PackageType.CRAN,),
    "rpm": (PackageType.RPM,),
    "rust-crate": (PackageType.CARGO,),
    "swift": (PackageType.SWIFT,),
    "wordpress-plugin": (PackageType.WORDPRESS_PLUGIN,),
}
_LANGUAGES = {
    "dart": (PackageType.PUB,),
    "dotnet": (PackageType.NUGET,),
    "elixir": (PackageType.HEX,),
    "erlang": (PackageType.OTP,),
    "go": (PackageType.GOLANG,),
    "haskell": (PackageType.HACKAGE,),
    "java": (PackageType.MAVEN,),
    "javascript": (PackageType.NPM,),
    "lua": (PackageType.LUAROCKS,),
    "php": (PackageType.COMPOSER,),
    "python": (PackageType.PYPI,),
    "R": (PackageType.CRAN,),
    "ruby": (PackageType.GEM,),
    "rust": (PackageType.CARGO,),
    "swift": (PackageType.SWIFT, PackageType.COCOAPODS),
}
_NAMESPACES = {
    "github:language:dart": "Pub",
    "github:language:dotnet": "NuGet",
    "github:language:go": "Go",
    "github:language:java": "Maven",
    "github:language:javascript": "npm",
    "github:language:php": "Packagist",
    "github:language:python": "PyPI",
    "github:language:ruby": "RubyGems",
    "github:language:rust": "crates.io",
    "github:language:swift": "SwiftURL",
    "github:language:github-action": "GitHub Actions",
    "wolfi:distro:wolfi:rolling": "Wolfi",
    "chainguard:distro:chainguard:rolling": "Chainguard",
    "arch:distro:archlinux:rolling": "Arch Linux",
}
_DISTRO_NAMESPACES = {
    "alpine:distro:alpine:": "Alpine:v",
    "debian:distro:debian:": "Debian:",
    "amazon:distro:amazonlinux:": "Amazon Linux:",
    "oracle:distro:oraclelinux:": "Oracle Linux:",
    "redhat:distro:redhat:": "Red Hat:enterprise_linux:",
    "almalinux:distro:almalinux:": "AlmaLinux:",
    "ubuntu:distro:ubuntu:": "Ubuntu:",
}


def read_grype_yaml(document: Value, place: str) -> IgnoreFile:
    """Return the rules of a parsed configuration; ``place`` names the file."""
    rules: list[IgnoreRule] = []
    problems: list[str] = []
    for number, one in enumerate(items(mapping(document).get("ignore"))):
        where = f"{place}: ignore[{number}]"
        rule, problem = _rule(mapping(one), where)
        if problem:
            problems.append(f"{where}: {problem}: left out")
        elif rule is not None:
            rules.append(rule)
    return IgnoreFile(rules=tuple(rules), problems=tuple(problems))


def _rule(entry: dict[str, Value], where: str) -> tuple[IgnoreRule | None, str]:
    package = mapping(entry.get("package"))
    unknown = sorted((set(entry) - _KEYS) | (set(package) - _PACKAGE_KEYS))
    if unknown:
        return None, f"the field {unknown[0][:40]!r} is not known"
    fix, namespace = text(entry.get("fix-state")), text(entry.get("namespace"))
    kind, language = text(package.get("type")), text(package.get("language"))
    problem = _unknown_word(fix, kind, language, text(entry.get("match-type")))
    ecosystem = _ecosystem(namespace)
    if namespace and not ecosystem:
        problem = f"the namespace {namespace[:60]!r} is not known here"
    name, upstream = text(package.get("name")), text(package.get("upstream-name"))
    for pattern in (name, upstream):
        problem = problem or _bad_pattern(pattern)
    if problem:
        return None, problem
    rule = IgnoreRule(
        place=where,
        kinds=(FindingKind.VULNERABILITY, FindingKind.MALWARE),
        names=tuple(filter(None, (text(entry.get("vulnerability")),))),
        own_id=text(entry.get("include-aliases")).lower() != "true",
        package=name,
        package_pattern=bool(_PATTERN.search(name)),
        upstream=upstream,
        upstream_pattern=bool(_PATTERN.search(upstream)),
        version=text(package.get("version")),
        types=_both(_TYPES.get(kind, ()), _LANGUAGES.get(language, ())),
        paths=tuple(filter(None, (text(package.get("location")),))),
        ecosystem=ecosystem,
        fix_states=_FIX_STATES.get(fix, ()),
        match_type=text(entry.get("match-type")),
        vex_status=text(entry.get("vex-status")),
        vex_justification=text(entry.get("vex-justification")),
        reason=text(entry.get("reason")),
    )
    conditions = set(entry) - {"reason", "include-aliases"}
    return (rule, "") if conditions else (None, "no condition")


def _both(
    types: tuple[PackageType, ...], languages: tuple[PackageType, ...]
) -> tuple[PackageType, ...]:
    return (
        tuple(one for one in types if one in languages)
        if types and languages
        else (types or languages)
    )


def _unknown_word(fix: str, kind: str, language: str, match_type: str) -> str:
    for word, known, what in (
        (fix, _FIX_STATES, "fix-state"),
        (kind, _TYPES, "type of package"),
        (language, _LANGUAGES, "language"),
        (match_type, _MATCH_TYPES, "match-type"),
    ):
        if word and word not in known:
            return f"the {what} {word[:40]!r} is not known here"
    return ""


def _ecosystem(namespace: str) -> str:
    for start, ecosystem in _DISTRO_NAMESPACES.items():
        if namespace.startswith(start) and len(namespace) > len(start):
            return ecosystem + namespace[len(start) :]
    return _NAMESPACES.get(namespace, "")


def _bad_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return f"{pattern[:60]!r} is no pattern"
    return ""
