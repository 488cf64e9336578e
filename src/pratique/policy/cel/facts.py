"""
Offer evidence to expressions: maps of text, numbers, truth values and lists.

Law: what is not known is absent, so ``has(finding.epss)`` tells it and ``finding.?epss`` asks for it;
absent is never false, 0 or empty. Text is valid Unicode, whatever the image holds.
``FIELDS`` names every field; the reference page is made of it, and an expression that asks for another
one is refused when the policy is read. A package is called ``pkg``: CEL reserves the word ``package``.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding, FindingKind
from pratique.model.package import Package
from pratique.model.part import BaseImage
from pratique.model.severity import Score
from pratique.model.unknown import Unknown
from pratique.policy.case import Case, age_days, has_fix
from pratique.policy.doubts import category

Fact: TypeAlias = "str | int | float | bool | list[Fact] | dict[str, Fact]"
Facts: TypeAlias = dict[str, Fact]

_MAX_CHARS = 8192

FIELDS: Mapping[str, Mapping[str, str]] = {
    "image": {
        "target": "what was asked for",
        "kind": "`image`, `directory` or `sbom`",
        "name": "the reference that led to it, where there is one",
        "digest": "of the manifest, where there is one",
        "platform": "`linux/amd64`",
        "created": "when its maker says it was built (ISO 8601)",
        "age_days": "since then",
        "labels": "map of text; what its maker says",
        "user": "as in the config; empty is root",
        "ports": "numbers of the exposed ports",
        "entrypoint": "list of text",
        "command": "list of text",
        "layers": "how many",
        "size_bytes": "of the layers as stored",
        "has_healthcheck": "whether a HEALTHCHECK is set",
        "distro": "map: `id`, `version`, `name`; `eol`, true where it is past its end of life",
        "base": "map: `how`, `guessed`, `layers`; `name`, `digest`, `age_days`, `eol` where known; "
        "absent where the base image is not recognised",
        "signature": "map: `state`, which is `unknown` until signatures are looked at",
    },
    "pkg": {
        "name": "complete, as its ecosystem writes it",
        "version": "complete",
        "type": "the type of its package URL: `deb`, `npm`…",
        "purl": "the package URL",
        "arch": "where it has one",
        "source": "name of the source package, where known",
        "licences": "list of text, as its metadata name them",
        "licence": "SPDX expression of the licences, where looked at",
        "licence_class": "`public-domain` … `restricted`, `unknown`; where looked at",
        "licence_rank": "0 for public domain … 6 for restricted; unknown is 3",
        "vendor": "where known",
        "location": "the file it was found in",
        "layer": "index of the layer that brought it, from 0",
        "declared": "true where only a lockfile names it",
        "owned": "true where it is a part of a package of the distribution",
        "part": "`base` or `app`, where known",
    },
    "finding": {
        "id": "stable over rebuilds",
        "kind": "`vulnerability`, `malware`, `secret`, `config`, `licence`, `end-of-life`, `tamper`",
        "rule": "the CVE, or the rule that fired",
        "names": "all names of the flaw",
        "title": "one line",
        "severity": "`critical` … `negligible`, `unknown`",
        "severity_rank": "5 for critical … 1 for negligible, 0 for unknown; see `rank()`",
        "severity_source": "who graded it",
        "confidence": "`high`, `medium`, `low`",
        "fix": "map: `state`, `available`; `version`, `offer` and `age_days` where known",
        "epss": "probability of exploitation within 30 days, 0.0–1.0, where known",
        "kev": "map: `since`, `due`, `days`, `ransomware`; only where known to be exploited",
        "cvss": "map: `value`, `vector`, `source`; the highest score, where there is one",
        "cwes": "list of text",
        "published": "ISO 8601, where known",
        "age_days": "since then",
        "package": "name of the package, where it is in one",
        "version": "its version",
        "path": "the file",
        "line": "from 1; 0 is the whole file",
        "layer": "index of the layer, from 0, where known",
        "part": "`base` or `app`, where known",
        "fingerprint": "of a secret, where one was made",
        "hidden": "true where a later layer deletes the file; its bytes still ship",
        "declared": "true where only a lockfile names the package",
        "reachable": "true where the program holds the flawed functions; absent where unknown",
        "in_use": "true where it was seen in use; absent where unknown",
        "vex_status": "of the newest VEX statement, where there is one",
    },
    "unknown": {
        "stage": "`source`, `layer`, `extract`, `match`…",
        "unit": "what gave up",
        "location": "where",
        "reason": "why, in one line",
        "weight": "`blocking` or `coverage`",
        "doubt": "the built-in doubt it falls under",
    },
    "data": {
        "present": "whether there are advisory data",
        "age_days": "since they were fetched",
        "newest_days": "since their newest record",
        "feeds": "list of text",
    },
}


def image_facts(case: Case) -> Facts:
    """Return what is known of the image."""
    subject, image = case.subject, case.subject.image
    facts: Facts = {
        "target": subject.target,
        "kind": str(subject.kind),
        "signature": {"state": "unknown"},
    }
    _add(facts, "digest", subject.digest)
    ended: Facts = {"eol": True} if _is_past_end(case) else {}
    if subject.distro is not None:
        distro = subject.distro
        said: Facts = {"id": distro.id, "version": distro.version, "name": distro.name}
        facts["distro"] = said | ended
    if subject.base is not None:
        facts["base"] = _base(subject.base, case) | ended
    if image is None:
        return clean(facts)
    config = image.config
    facts |= {
        "platform": str(config.platform),
        "labels": dict(config.labels),
        "user": config.user,
        "ports": [int(port) for port in map(_port, config.exposed_ports) if port],
        "entrypoint": list(config.entrypoint),
        "command": list(config.cmd),
        "layers": len(image.layers),
        "size_bytes": sum(max(0, one.blob.size_bytes) for one in image.layers),
        "has_healthcheck": config.has_healthcheck,
    }
    _add(facts, "name", image.name)
    _add(facts, "created", config.created)
    _add(facts, "age_days", age_days(config.created, case.now))
    return clean(facts)


def package_facts(package: Package) -> Facts:
    """Return what is known of a package."""
    facts: Facts = {
        "name": package.name,
        "version": package.version,
        "type": str(package.type),
        "purl": str(package.purl),
        "licences": list(package.licences),
        "location": package.location,
        "declared": package.declared,
        "owned": bool(package.owner),
    }
    _add(facts, "arch", package.arch)
    _add(facts, "source", package.source_name)
    _add(facts, "vendor", package.vendor)
    _add(facts, "layer", package.layer.index if package.layer else None)
    _add(facts, "part", str(package.part))
    _add(facts, "licence", package.licence_expression)
    if package.licence_class is not None:
        facts["licence_class"] = str(package.licence_class)
        facts["licence_rank"] = package.licence_class.rank
    return clean(facts)


def finding_facts(finding: Finding, case: Case) -> Facts:
    """Return what is known of a finding."""
    package = case.package_of(finding)
    facts: Facts = {
        "id": finding.id,
        "kind": str(finding.kind),
        "rule": finding.rule,
        "names": list(finding.names),
        "title": finding.title,
        "severity": str(finding.severity),
        "severity_rank": finding.severity.rank,
        "severity_source": finding.severity_source,
        "confidence": str(finding.confidence),
        "fix": _fix(finding, case),
        "cwes": list(finding.cwes),
        "path": finding.location,
        "line": finding.line,
        "hidden": finding.hidden_by is not None,
        "declared": package is not None and package.declared,
    }
    if finding.exploited is not None:
        facts["kev"] = _kev(finding, case)
    if finding.epss is not None:
        facts["epss"] = finding.epss.probability
    best = _best(finding.scores)
    if best is not None and best.value is not None:
        facts["cvss"] = {"value": best.value, "vector": best.vector, "source": best.source}
    if package is not None and package.linked is not None and package.linked.symbols:
        facts["reachable"] = True  # a finding on functions that are absent does not count
    if finding.in_use is not None:
        facts["in_use"] = True  # never false: what was not seen may be at work all the same
    _add(facts, "published", finding.published)
    _add(facts, "age_days", age_days(finding.published, case.now))
    _add(facts, "package", finding.package_name)
    _add(facts, "version", finding.package_version)
    _add(facts, "layer", finding.layer.index if finding.layer else None)
    _add(facts, "part", str(finding.part))
    _add(facts, "vex_status", finding.vex_status)
    _add(facts, "fingerprint", finding.fingerprint)
    return clean(facts)


def unknown_facts(unknown: Unknown) -> Facts:
    """Return what is known of an Unknown."""
    return clean(
        {
            "stage": str(unknown.stage),
            "unit": unknown.unit,
            "location": unknown.location,
            "reason": unknown.reason,
            "weight": str(unknown.weight),
            "doubt": category(unknown),
        }
    )


def data_facts(data: Sequence[DataStatus], case: Case) -> Facts:
    """Return the state of the advisory data, by ecosystem."""
    facts: Facts = {}
    for status in data:
        one: Facts = {"present": status.present, "feeds": list(status.feeds)}
        _add(one, "age_days", age_days(status.built, case.now))
        _add(one, "newest_days", age_days(status.newest, case.now))
        facts[status.ecosystem] = one
    return clean(facts)


def clean(facts: Facts) -> Facts:
    """Return facts whose text is valid Unicode of bounded length."""
    return {_text(key): _clean(value) for key, value in facts.items()}


def _clean(value: Fact) -> Fact:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return clean(value) if isinstance(value, dict) else value


def _text(text: str) -> str:
    # cel-cpp ends a text at a NUL and takes no lone surrogates; an image's text may hold both.
    return text[:_MAX_CHARS].replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _add(facts: Facts, name: str, value: "str | float | None") -> None:
    """Add a fact where it is known."""
    if value is not None and value != "":
        facts[name] = value


def _is_past_end(case: Case) -> bool:
    """Whether a finding says so of the distribution, also where an exception lets it stand."""
    return any(one.kind is FindingKind.END_OF_LIFE for one in case.subject.findings)


def _base(base: BaseImage, case: Case) -> Facts:
    facts: Facts = {"how": str(base.how), "guessed": base.guessed, "layers": base.layers}
    _add(facts, "name", base.name)
    _add(facts, "digest", base.digest)
    _add(facts, "age_days", age_days(base.created, case.now))
    return facts


def _fix(finding: Finding, case: Case) -> Facts:
    fix: Facts = {"state": str(finding.fix.state), "available": has_fix(finding)}
    _add(fix, "version", finding.fix.version)
    _add(fix, "offer", finding.fix.offer)
    _add(fix, "age_days", case.fix_age_days(finding))
    return fix


def _kev(finding: Finding, case: Case) -> Facts:
    said = finding.exploited
    if said is None:
        return {}
    kev: Facts = {"since": said.added, "ransomware": said.ransomware}
    _add(kev, "due", said.due)
    _add(kev, "days", age_days(said.added, case.now))
    return kev


def _best(scores: Sequence[Score]) -> Score | None:
    scored = [one for one in scores if one.value is not None]
    return max(scored, key=lambda one: (one.value or 0.0, one.source), default=None)


def _port(text: str) -> str:
    number = text.partition("/")[0]
    return number if number.isdecimal() and len(number) < 6 else ""
