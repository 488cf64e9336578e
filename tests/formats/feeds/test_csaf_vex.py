"""Red Hat's VEX documents become statements per product and package."""

import pytest
from hypothesis import given

from pratique.formats.feeds.csaf_vex import advisory, component
from pratique.model.advisory import Advisory, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.rpm_samples import BASEOS, vex

CVE = "CVE-2026-1001"
RHEL9 = "cpe:/o:redhat:enterprise_linux:9"
CURL = "pkg:rpm/redhat/curl@7.76.1-26.el9_3.2?arch={}"


def read(status: dict[str, list[tuple[str, str]]], **more: object) -> Advisory:
    found = advisory(vex(CVE, status, **more), "redhat-csaf-vex")  # type: ignore[arg-type]
    assert found is not None
    return found


def test_fixed() -> None:
    """Binaries of all arches are one statement; their source beside them is none."""
    pairs = [(BASEOS, CURL.format(arch)) for arch in ("x86_64", "aarch64", "src")]

    assert read({"fixed": pairs}).affected == (
        Affected(
            ecosystem="Red Hat:enterprise_linux:9::baseos",
            name="curl",
            ranges=(Range(fixed="7.76.1-26.el9_3.2"),),
            state=FixState.FIXED,
            arches=("aarch64", "x86_64"),
        ),
    )


@pytest.mark.parametrize(
    ("status", "category", "details", "state"),
    [
        ("known_affected", "", "", FixState.NOT_FIXED),
        ("known_affected", "none_available", "Affected", FixState.NOT_FIXED),
        ("known_affected", "none_available", "Fix deferred", FixState.DEFERRED),
        ("known_affected", "no_fix_planned", "Will not fix", FixState.WILL_NOT_FIX),
        ("known_affected", "no_fix_planned", "Out of support scope", FixState.END_OF_LIFE),
        ("known_affected", "workaround", "Turn it off", FixState.NOT_FIXED),
        ("under_investigation", "", "", FixState.UNDER_INVESTIGATION),
        ("known_not_affected", "", "", FixState.NOT_AFFECTED),
    ],
)
def test_states(status: str, category: str, details: str, state: FixState) -> None:
    """The product status and the remediation together say the fix state."""
    pair = (RHEL9, "pkg:rpm/redhat/curl?arch=src")
    remedy = {"category": category, "details": details, "product_ids": [f"{RHEL9}:{pair[1]}"]}

    (found,) = read({status: [pair]}, remediations=[remedy]).affected

    assert (found.ecosystem, found.name) == ("Red Hat:enterprise_linux:9", "curl")
    assert found.state is state
    assert found.ranges == (() if state is FixState.NOT_AFFECTED else (Range(),))
    assert found.arches == ()


def test_modules_and_epochs() -> None:
    """The stream is name and stream of the module; the epoch stands before the version."""
    purl = "pkg:rpm/redhat/nodejs@18.9-1.module%2Bel9?arch=x86_64&epoch=1&rpmmod=nodejs:18:92:9"

    (found,) = read({"fixed": [(BASEOS, purl)]}).affected

    assert (found.module, found.ranges) == ("nodejs:18", (Range(fixed="1:18.9-1.module+el9"),))


def test_a_module_without_a_fix_has_no_version() -> None:
    """Where the package URL holds the stream in place of a version it is no version."""
    found = component("x", "pkg:rpm/redhat/go-toolset@rhel8?arch=src&rpmmod=go-toolset:rhel8")

    assert found is not None
    assert (found.version, found.module) == ("", "go-toolset:rhel8")


def test_impact_of_each_product() -> None:
    """A product's own impact grades its statement."""
    pair = (RHEL9, "pkg:rpm/redhat/curl")
    threat = {"category": "impact", "details": "Low", "product_ids": [f"{RHEL9}:{pair[1]}"]}

    found = read({"known_affected": [pair]}, threats=[threat])

    assert (found.affected[0].severity, found.severity) == (Severity.LOW, Severity.HIGH)


def test_a_score_of_zero_is_no_statement() -> None:
    """Without impact and with a score of 0 a product is listed for form only."""
    pair = (BASEOS, CURL.format("x86_64"))
    score = {"products": [f"{BASEOS}:{pair[1]}"], "cvss_v3": {"vectorString": "", "baseScore": 0.0}}

    assert not read({"fixed": [pair]}, scores=[score]).affected


@pytest.mark.parametrize(
    ("cpe", "purl"),
    [
        ("cpe:/a:redhat:openshift:4.12::el8", CURL.format("x86_64")),
        ("cpe:/a:redhat:enterprise_linux_ai:1", CURL.format("x86_64")),
        (BASEOS, "pkg:oci/ubi9?tag=1"),
        (BASEOS, "pkg:maven/org.example/x@1"),
        ("cpe:/o:example:linux:1", CURL.format("x86_64")),
    ],
)
def test_products_and_components_of_other_kinds(cpe: str, purl: str) -> None:
    """Kept are rpm packages of Enterprise Linux and its support streams only."""
    assert not read({"fixed": [(cpe, purl)]}).affected


def test_the_rest_of_the_document() -> None:
    """Text, dates, weakness, links and grade come across."""
    score = {"products": [], "cvss_v3": {"vectorString": "CVSS:3.1/AV:N/AC:L/PR:N", "baseScore": 9}}
    found = read({}, scores=[score])

    assert (found.id, found.upstream, found.cwes) == (CVE, (CVE,), ("CWE-787",))
    assert found.description == "A flaw was found."
    assert (found.published, found.modified) == ("2026-01-02T00:00:00Z", "2026-01-03T03:04:05Z")
    assert [(s.kind, s.value) for s in found.scores] == [("vendor", None), ("CVSS:3.1", 9.0)]


def test_a_document_that_was_taken_back() -> None:
    """Deleted documents say nothing."""
    assert advisory(vex(CVE, {}, status_of_document="deleted"), "x") is None


def test_another_document_is_refused() -> None:
    """An errata document (RHSA) is not one about a CVE."""
    with pytest.raises(FormatError):
        advisory(vex("RHSA-2026:1", {}), "x")


@given(mutated(vex(CVE, {"fixed": [(BASEOS, CURL.format("x86_64"))], "known_affected": []})))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisory(c, "x"), content)
