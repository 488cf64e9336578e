import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.errors import UsageError
from pratique.model.finding import Suppressor
from pratique.model.package import PackageType
from pratique.model.report import Report
from pratique.reports import cyclonedx
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
VALIDATORS = {
    "1.6": JsonStrictValidator(SchemaVersion.V1_6),
    "1.7": JsonStrictValidator(SchemaVersion.V1_7),
}


def document(report: Report, version: str = "") -> dict:
    return json.loads(cyclonedx.render(report, Style(sbom_version=version)))


@pytest.mark.parametrize("version", sorted(VALIDATORS))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_follows_the_official_schema(kind: str, version: str):
    """Every document is valid under the strict schema of its version."""
    content = cyclonedx.render(KINDS[kind], Style(sbom_version=version)).decode()
    assert VALIDATORS[version].validate_str(content) is None
    assert json.loads(content)["specVersion"] == version


@settings(max_examples=30, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_document(report: Report):
    """Whatever names, versions, licences, links and dates say, the document stays valid."""
    content = cyclonedx.render(report, Style()).decode()
    assert VALIDATORS["1.6"].validate_str(content) is None
    assert all(char == "\n" or char.isprintable() for char in content if ord(char) < 0xA0)


def test_equals_its_golden():
    """The document looks as it was last reviewed."""
    golden("report.cdx.json", cyclonedx.render(KINDS["typical"], Style()))


def test_default_version_is_1_6():
    """Without a wish it is 1.6, which today's readers take."""
    assert document(KINDS["typical"])["specVersion"] == "1.6"


def test_an_unknown_version_is_refused():
    """A version that is not written is an error of use, not another version."""
    with pytest.raises(UsageError):
        document(KINDS["typical"], "1.3")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_reference_resolves(kind: str):
    """References are unique, and what dependencies and vulnerabilities name is in the document."""
    bom = document(KINDS[kind])
    refs: list[str] = [bom["metadata"]["component"]["bom-ref"]]
    stack = list(bom["components"])
    while stack:
        component = stack.pop()
        refs.append(component["bom-ref"])
        stack += component.get("components", [])
    assert len(refs) == len(set(refs))
    for dependency in bom["dependencies"]:
        assert {dependency["ref"], *dependency.get("dependsOn", ())} <= set(refs)
    for flaw in bom.get("vulnerabilities", ()):
        assert {one["ref"] for one in flaw["affects"]} <= set(refs)


def test_packages_are_named_by_their_key():
    """With one subject the reference is ``Package.key``, which other reports use too."""
    refs = {component["bom-ref"] for component in document(KINDS["typical"])["components"]}
    assert {package.key for package in made.PACKAGES} <= refs


def test_one_flaw_is_one_vulnerability():
    """A flaw of two packages is said once, with all grades, its evidence and what ends it."""
    flaws = document(KINDS["typical"])["vulnerabilities"]
    flaw = next(flaw for flaw in flaws if flaw["id"] == "CVE-2026-1001")
    assert len(flaw["affects"]) == 2
    assert {"severity": "critical", "source": {"name": "debian"}} in flaw["ratings"]
    assert {rating.get("method") for rating in flaw["ratings"]} == {
        None,
        "CVSSv31",
        "CVSSv2",
        "other",
    }
    assert flaw["cwes"] == [125, 787]
    assert "3.0.11-1~deb12u2 < 3.0.15-1~deb12u1" in flaw["detail"]
    assert "libssl3 to 3.0.15-1~deb12u1" in flaw["recommendation"]


def test_suppressed_flaws_say_why():
    """A flaw that does not count carries the reason as its analysis."""
    flaws = document(KINDS["typical"])["vulnerabilities"]
    assert next(f for f in flaws if f["id"] == "CVE-2026-1009")["analysis"]["detail"].startswith(
        "VEX"
    )


def test_gaps_are_declared():
    """A subject with Unknowns is declared incomplete, each Unknown with its words."""
    bom = document(KINDS["incomplete"])
    assert bom["compositions"][0]["aggregate"] == "incomplete"
    properties = bom["metadata"]["component"]["properties"]
    assert sum(one["name"] == "pratique:unknown" for one in properties) == 2


def test_an_inventory_claims_nothing_about_flaws():
    """A report that looked for no flaws has no list of them, not an empty one."""
    assert "vulnerabilities" not in document(KINDS["inventory"])
    assert document(KINDS["clean"])["vulnerabilities"] == []


def test_the_serial_number_is_made_from_the_content():
    """Equal reports have equal bytes, different ones different serial numbers."""
    first, again = (document(made.every_kind()["typical"]) for _ in range(2))
    assert first == again
    assert first["serialNumber"] != document(KINDS["clean"])["serialNumber"]


def test_language_packages():
    """Scope, one CPE, place and edges stand in fields; the rest of the facts in properties."""
    bom = document(KINDS["languages"])
    parts = {one["bom-ref"]: one for one in bom["components"] if "purl" in one}
    lock = "#srv/web/package-lock.json"
    babel = parts[f"pkg:npm/%40babel/core@7.1.0{lock}"]
    assert babel["scope"] == "excluded"
    assert {"name": "pratique:declared", "value": "true"} in babel["properties"]
    assert parts[f"pkg:npm/semver@5.7.1{lock}"]["scope"] == "optional"
    assert "scope" not in parts[f"pkg:npm/semver@7.3.0{lock}"]
    needs = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    assert needs[babel["bom-ref"]] == [f"pkg:npm/semver@5.7.1{lock}"]
    nginx = next(one for one in parts.values() if one["name"] == "nginx")
    assert nginx["cpe"] == "cpe:2.3:a:f5:nginx:1.25.3:*:*:*:*:*:*:*"
    log4j = next(one for one in parts.values() if "log4j" in one["name"])
    place = log4j["evidence"]["occurrences"][0]["location"]
    assert place == "srv/app.jar!BOOT-INF/lib/log4j-core-2.14.1.jar"
    assert "http2" not in json.dumps(bom["components"])


def test_a_cpe_that_is_none_is_left_out():
    """A malformed name, as an SBOM that was read may hold, does not get into the document."""
    odd = made.language(PackageType.GENERIC, "x", "1", "bin/x", cpes=("cpe:2.3:a:x", "\x1b"))
    bom = document(made.report(made.subject(packages=(odd,), findings=())))
    assert "cpe" not in bom["components"][-1]


def test_what_is_no_flaw_is_a_property_of_the_subject():
    """Secrets (masked), tampering, configuration and licences are told in a line each; malware is a flaw."""
    bom = document(KINDS["contraband"])
    facts = {one["name"]: one["value"] for one in bom["metadata"]["component"]["properties"]}
    assert facts["pratique:finding:tamper"].startswith("high: ambiguous-layer: usr/bin/sudo")
    secrets = [
        one["value"]
        for one in bom["metadata"]["component"]["properties"]
        if one["name"] == "pratique:finding:secret"
    ]
    assert (
        secrets[0]
        == "critical: aws-access-key: srv/web/.env:12: AWS access key AKIA…(20), hidden by layer 1, still shipped"
    )
    assert "coin-miner" in {one["id"] for one in bom["vulnerabilities"]}


def test_an_expression_stands_for_all_a_package_says():
    """What was made of the licence texts goes before the texts; words that are no expression do not."""
    package = replace(made.PACKAGES[5], licence_expression="GPL-3.0-only WITH GCC-exception-3.1")
    bom = document(made.report(made.subject(packages=(package,), findings=())))
    (component,) = [one for one in bom["components"] if one["type"] == "library"]
    assert component["licenses"] == [{"expression": "GPL-3.0-only WITH GCC-exception-3.1"}]


@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        (Suppressor.VEX, "not_affected", "not_affected"),
        (Suppressor.VEX, "fixed", "resolved"),
        (Suppressor.REACHABILITY, "", "not_affected"),
        (Suppressor.EXCEPTION, "", "exploitable"),
        (Suppressor.IGNORE_RULE, "", None),
    ],
)
def test_an_analysis_has_a_state_only_on_evidence(who: Suppressor, status: str, state: str | None):
    """An exception does not make a flaw harmless, and an ignored one has no state at all."""
    flaw = replace(made.findings()[0], suppressed="because", suppressed_by=who, vex_status=status)
    (found,) = document(made.report(made.subject(findings=(flaw,))))["vulnerabilities"]
    assert found["analysis"].get("state") == state
    assert found["analysis"]["detail"] == "because"
