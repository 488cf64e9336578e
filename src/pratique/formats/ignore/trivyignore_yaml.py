"""
Read ``.trivyignore.yaml``: sections of entries with id, paths, purls, expired_at and statement.

Laws, as Trivy: a section counts for findings of its kind only; of several paths or purls any will
do; purls count for vulnerabilities; an entry no longer holds once ``expired_at`` is past. Keys we do
not know are told, and entries without an id are left out and told.
Source: https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml.
"""

from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.ignore.rule import IgnoreFile, IgnoreRule
from pratique.formats.ignore.times import instant
from pratique.model.finding import FindingKind

SECTIONS = {
    "vulnerabilities": (FindingKind.VULNERABILITY, FindingKind.MALWARE),
    "misconfigurations": (FindingKind.CONFIG,),
    "secrets": (FindingKind.SECRET,),
    "licenses": (FindingKind.LICENCE,),
}
_KEYS = frozenset({"id", "paths", "purls", "expired_at", "statement"})


def read_trivyignore_yaml(document: Value, place: str) -> IgnoreFile:
    """Return the rules of a parsed document; ``place`` names the file."""
    rules: list[IgnoreRule] = []
    problems: list[str] = []
    for section, value in mapping(document).items():
        if section not in SECTIONS:
            problems.append(f"{place}: the section {section[:40]!r} is not known: left out")
            continue
        for number, one in enumerate(items(value)):
            where = f"{place}: {section}[{number}]"
            entry = mapping(one)
            problem = _problem(entry)
            if problem:
                problems.append(f"{where}: {problem}: left out")
            else:
                rules.append(_rule(entry, section, where))
    return IgnoreFile(rules=tuple(rules), problems=tuple(problems))


def _problem(entry: dict[str, Value]) -> str:
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        return f"the field {unknown[0][:40]!r} is not known"
    if not text(entry.get("id")):
        return "no id"
    expiry = text(entry.get("expired_at"))
    return f"{expiry[:20]!r} is no date" if expiry and instant(expiry) is None else ""


def _rule(entry: dict[str, Value], section: str, where: str) -> IgnoreRule:
    purls = entry.get("purls") if section == "vulnerabilities" else None
    return IgnoreRule(
        place=where,
        kinds=SECTIONS[section],
        names=(text(entry.get("id")),),
        paths=tuple(map(text, items(entry.get("paths")))),
        purls=tuple(map(text, items(purls))),
        reason=text(entry.get("statement")),
        expires=text(entry.get("expired_at")),
    )
