"""
Read ``osv-scanner.toml``: IgnoredVulns and PackageOverrides.

Laws, as osv-scanner: ``ignoreUntil`` and ``effectiveUntil`` are the times from which an entry no
longer holds; an override counts where all of name (a pattern with ``nameIsRegex``), version,
ecosystem and group that it names are the package's, and ignores vulnerabilities with ``ignore`` or
``vulnerability.ignore``. Overrides of licences and other settings are not honoured, which is told.
Source: https://google.github.io/osv-scanner/configuration/.
"""

import re
from datetime import date, datetime

from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.ignore.rule import IgnoreFile, IgnoreRule
from pratique.model.finding import FindingKind

SECTIONS = frozenset({"IgnoredVulns", "PackageOverrides"})
_KINDS = (FindingKind.VULNERABILITY, FindingKind.MALWARE)
_VULN_KEYS = frozenset({"id", "ignoreUntil", "reason"})
_OVERRIDE_KEYS = frozenset(
    {
        "name",
        "version",
        "ecosystem",
        "group",
        "nameIsRegex",
        "ignore",
        "vulnerability",
        "license",
        "effectiveUntil",
        "reason",
    }
)


def read_osv_scanner_toml(document: dict[str, Value], place: str) -> IgnoreFile:
    """Return the rules of a parsed document; ``place`` names the file."""
    rules: list[IgnoreRule] = []
    problems = [
        f"{place}: {key[:40]} is not honoured" for key in sorted(document) if key not in SECTIONS
    ]
    for section in ("IgnoredVulns", "PackageOverrides"):
        read = _vulnerability if section == "IgnoredVulns" else _override
        for number, one in enumerate(items(document.get(section))):
            where = f"{place}: {section}[{number}]"
            rule, problem = read(mapping(one), where)
            problems += [f"{where}: {problem}"] if problem else []
            rules += [rule] if rule else []
    return IgnoreFile(rules=tuple(rules), problems=tuple(problems))


def _vulnerability(entry: dict[str, Value], where: str) -> tuple[IgnoreRule | None, str]:
    problem = _unknown(entry, _VULN_KEYS)
    name = text(entry.get("id"))
    if problem or not name:
        return None, problem or "no id: left out"
    rule = IgnoreRule(
        place=where,
        kinds=_KINDS,
        names=(name,),
        reason=text(entry.get("reason")),
        expires=_time(entry.get("ignoreUntil")),
    )
    return rule, ""


def _override(entry: dict[str, Value], where: str) -> tuple[IgnoreRule | None, str]:
    problem = _unknown(entry, _OVERRIDE_KEYS)
    if problem:
        return None, problem
    ignores = entry.get("ignore") is True
    ignores = ignores or mapping(entry.get("vulnerability")).get("ignore") is True
    if not ignores:
        return None, "overrides of licences are not honoured: left out"
    name, pattern = text(entry.get("name")), entry.get("nameIsRegex") is True
    try:
        re.compile(name)
    except (re.error, RecursionError, OverflowError):
        if pattern:
            return None, f"{name[:60]!r} is no pattern: left out"
    rule = IgnoreRule(
        place=where,
        kinds=(FindingKind.VULNERABILITY,),
        package=name,
        package_pattern=pattern,
        version=text(entry.get("version")),
        ecosystem=text(entry.get("ecosystem")),
        group=text(entry.get("group")),
        reason=text(entry.get("reason")),
        expires=_time(entry.get("effectiveUntil")),
    )
    return rule, ""


def _unknown(entry: dict[str, Value], known: frozenset[str]) -> str:
    unknown = sorted(set(entry) - known)
    return f"the field {unknown[0][:40]!r} is not known: left out" if unknown else ""


def _time(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else text(value)
