"""Apply rules of ignore files and exceptions to findings."""

from datetime import UTC, datetime

import pytest

from pratique.formats.ignore.rule import EVERY_KIND, IgnoreRule
from pratique.model.advisory import FixState
from pratique.model.finding import Evidence, Finding, FindingKind, Fix, Suppressor
from pratique.model.package import Package, PackageType, Scope
from pratique.policy.ignoring import ignore_findings, is_over
from tests.makers.lookup import package

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LIB = package(
    PackageType.MAVEN,
    "org.x:y",
    "1.0",
    purl="pkg:maven/org.x/y@1.0",
    location="srv/app.jar!lib/y.jar",
    scope=Scope.DEVELOPMENT,
)
OS = package(
    PackageType.DEB,
    "libssl3",
    "3.0-1",
    purl="pkg:deb/debian/libssl3@3.0-1",
    source_name="openssl",
    location="var/lib/dpkg/status",
)


def flaw(on: Package = LIB, **more: object) -> Finding:
    """Return a finding on a package."""
    record = Evidence(
        advisory="GHSA-x",
        feed="osv",
        ecosystem="Maven" if on is LIB else "Debian:12",
        name=on.source_name or on.name,
    )
    given = {
        "id": "1",
        "kind": FindingKind.VULNERABILITY,
        "rule": "CVE-1",
        "names": ("CVE-1", "GHSA-x", "PYSEC-1"),
        "package": on.key,
        "package_name": on.name,
        "package_version": on.version,
        "location": on.location,
        "fix": Fix(state=FixState.NOT_FIXED),
        "evidence": (record,),
        "vex_status": "affected",
        **more,
    }
    return Finding(**given)  # type: ignore[arg-type]


def ignored(finding: Finding, **conditions: object) -> bool:
    """Return whether a rule with these conditions means the finding."""
    rule = IgnoreRule(place="f:1", **{"kinds": EVERY_KIND, **conditions})  # type: ignore[arg-type]
    packages = {one.key: one for one in (LIB, OS)}
    (found,) = ignore_findings([finding], packages, [rule], NOW).findings
    return bool(found.suppressed)


@pytest.mark.parametrize(
    ("conditions", "means"),
    [
        ({"names": ("CVE-1",)}, True),
        ({"names": ("PYSEC-1",)}, True),
        ({"names": ("CVE-2",)}, False),
        ({"names": ("CVE-1",), "own_id": True}, True),
        ({"names": ("GHSA-x",), "own_id": True}, True),
        ({"names": ("PYSEC-1",), "own_id": True}, False),
        ({"kinds": (FindingKind.SECRET,), "names": ("CVE-1",)}, False),
        ({"paths": ("srv/app.jar",)}, True),
        ({"paths": ("/srv/**/y.jar",)}, True),
        ({"paths": ("srv/app.jar/lib/y.jar",)}, True),
        ({"paths": ("opt/**",)}, False),
        ({"purls": ("pkg:maven/org.x/y",)}, True),
        ({"purls": ("pkg:maven/org.x/y@2.0", "pkg:maven/org.x/z")}, False),
        ({"package": "org.x:y"}, True),
        ({"package": "org.x:.*"}, False),
        ({"package": "org.x:.*", "package_pattern": True}, True),
        ({"package": "org.x", "package_pattern": True}, False),
        ({"version": "1.0"}, True),
        ({"version": "1.1"}, False),
        ({"types": (PackageType.MAVEN,)}, True),
        ({"types": (PackageType.NPM,)}, False),
        ({"ecosystem": "Maven"}, True),
        ({"ecosystem": "npm"}, False),
        ({"group": "dev"}, True),
        ({"group": "test"}, False),
        ({"fix_states": (FixState.NOT_FIXED,)}, True),
        ({"fix_states": (FixState.FIXED,)}, False),
        ({"vex_status": "affected"}, True),
        ({"vex_status": "not_affected"}, False),
        ({"vex_status": "affected", "vex_justification": "x"}, False),
        ({"match_type": "exact-direct-match"}, True),
        ({"match_type": "exact-indirect-match"}, False),
        ({"names": ("CVE-1",), "package": "org.x:y", "version": "1.1"}, False),
    ],
)
def test_every_condition_must_hold(conditions: dict[str, object], means: bool) -> None:
    """One by one, and together."""
    assert ignored(flaw(), **conditions) is means


@pytest.mark.parametrize(
    ("conditions", "means"),
    [
        ({"upstream": "openssl"}, True),
        ({"upstream": "open.*", "upstream_pattern": True}, True),
        ({"upstream": "zlib"}, False),
        ({"match_type": "exact-indirect-match"}, True),
        ({"ecosystem": "Debian:12"}, True),
        ({"ecosystem": "Debian"}, True),
        ({"ecosystem": "Debian:1"}, False),
    ],
)
def test_os_packages_are_known_by_their_source(conditions: dict[str, object], means: bool) -> None:
    """Looked up under the source's name: an indirect match."""
    assert ignored(flaw(OS), **conditions) is means


def test_a_fix_counts_as_fixed_whatever_the_state() -> None:
    """A version to go to is a fix."""
    fixed = flaw(fix=Fix(state=FixState.FIXED, version="2"))
    assert ignored(fixed, fix_states=(FixState.FIXED,))


@pytest.mark.parametrize("kind", [FindingKind.MALWARE, FindingKind.TAMPER, FindingKind.SECRET])
def test_a_rule_without_a_name_touches_published_flaws_only(kind: FindingKind) -> None:
    """Malware in a package that somebody ignores is still malware, unless it is named."""
    assert not ignored(flaw(kind=kind), package="org.x:y")
    assert ignored(flaw(kind=kind), names=("CVE-1",))


def test_a_rule_on_packages_touches_nothing_without_one() -> None:
    """The end of a release belongs to no package."""
    assert not ignored(flaw(package=""), package="org.x:y")


@pytest.mark.parametrize(("line", "means"), [(3, True), (4, False), (0, True)])
def test_a_rule_may_mean_one_line_only(line: int, means: bool) -> None:
    """As a fingerprint of gitleaks does; 0 is any."""
    secret = flaw(kind=FindingKind.SECRET, rule="github-pat", location="srv/a.env", line=3)
    conditions = {"kinds": (FindingKind.SECRET,), "names": ("github-pat",), "paths": ("**/a.env",)}
    assert ignored(secret, **conditions, line=line) is means


def test_the_first_rule_gives_the_reason() -> None:
    """With its place, its owner and its end."""
    rules = [
        IgnoreRule(place="a:1", kinds=EVERY_KIND, names=("CVE-2",)),
        IgnoreRule(
            place="b:2",
            kinds=EVERY_KIND,
            names=("CVE-1",),
            owner="team",
            reason="why",
            expires="2027-01-01T00:00:00+00:00",
            exception=True,
        ),
        IgnoreRule(place="c:3", kinds=EVERY_KIND, names=("CVE-1",)),
    ]
    found = ignore_findings([flaw(), flaw(suppressed="before")], {}, rules, NOW)
    assert [one.suppressed for one in found.findings] == [
        "team: why (b:2, until 2027-01-01)",
        "before",
    ]
    assert found.findings[0].suppressed_by is Suppressor.EXCEPTION
    assert found.used == {"b:2"}
    (plain,) = ignore_findings([flaw()], {}, rules[2:], NOW).findings
    assert (plain.suppressed, plain.suppressed_by) == (
        "no reason given (c:3)",
        Suppressor.IGNORE_RULE,
    )


@pytest.mark.parametrize(
    ("expires", "over"),
    [("", False), ("2026-11-22", False), ("2026-11-21", True), ("2020-01-01", True), ("?", True)],
)
def test_a_rule_ends_when_it_says(expires: str, over: bool) -> None:
    """From its day on; an end that cannot be read is over."""
    rule = IgnoreRule(place="a", kinds=EVERY_KIND, names=("CVE-1",), expires=expires)
    assert is_over(rule, NOW) is over
    assert ignored(flaw(), names=("CVE-1",), expires=expires) is not over


def test_an_overlong_name_meets_no_pattern() -> None:
    """The pattern is a person's, the name an image's."""
    long = package(PackageType.NPM, "a" * 300, "1")
    rule = IgnoreRule(place="a", kinds=EVERY_KIND, package="a+", package_pattern=True)
    (found,) = ignore_findings([flaw(long)], {long.key: long}, [rule], NOW).findings
    assert found.suppressed == ""
