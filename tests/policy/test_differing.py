"""Laws: what changed is told once, with the first reason that holds; order never depends on chance."""

from msgspec.structs import replace

from pratique.model.advisory import DataStatus, Exploited
from pratique.model.digest import sha256_of
from pratique.model.finding import Evidence, Finding, FindingKind
from pratique.model.package import LayerRef
from pratique.model.severity import Severity
from pratique.policy.differing import differ
from pratique.policy.recorded import (
    EarlierImage,
    EarlierLayer,
    EarlierPackage,
    EarlierReport,
    EarlierSubject,
)
from tests.policy.cases import flaw, of_kind

DEBIAN = DataStatus(ecosystem="Debian", present=True, newest="2026-10-01T00:00:00Z")


def package(version: str = "3.0.11-1", name: str = "openssl") -> EarlierPackage:
    return EarlierPackage(
        key=f"pkg:deb/debian/{name}@{version}", type="deb", name=name, version=version
    )


def report(
    *findings: Finding,
    packages: tuple[EarlierPackage, ...] = (package(),),
    layers: tuple[str, ...] = ("a",),
    created: str = "2026-11-01T00:00:00Z",
    data: DataStatus = DEBIAN,
    **image: object,
) -> EarlierReport:
    listed = tuple(EarlierLayer(diff_id=sha256_of(one.encode())) for one in layers)
    one = EarlierSubject(
        target="app",
        image=EarlierImage(layers=listed, **image),  # type: ignore[arg-type]
        findings=findings,
        packages=packages,
    )
    return EarlierReport(schema="pratique.report/1", created=created, data=(data,), subjects=(one,))


def why(before: EarlierReport, after: EarlierReport) -> list[str]:
    """Return why the new findings came."""
    return [one.why for one in differ(before, after).new]


def test_equal_reports_differ_in_nothing() -> None:
    found = differ(report(flaw()), report(flaw()))
    assert (found.new, found.gone, found.packages, found.fields) == ((), (), (), ())
    assert (found.layers_shared, found.layers_new, found.size_bytes) == (1, (), 0)


def test_packages_come_go_and_change() -> None:
    before = report(packages=(package("1"), package("1", "zlib")))
    after = report(packages=(package("2"), package("3", "curl")))
    found = [(one.name, one.before, one.after) for one in differ(before, after).packages]
    assert found == [("curl", (), ("3",)), ("openssl", ("1",), ("2",)), ("zlib", ("1",), ())]


def test_a_flaw_came_with_its_package() -> None:
    assert why(report(packages=()), report(flaw())) == ["the package was added (3.0.11-1)"]
    before = report(packages=(package("3.0.9-1"),))
    assert why(before, report(flaw())) == ["the package changed from 3.0.9-1 to 3.0.11-1"]


def test_a_flaw_was_published_since() -> None:
    new = flaw(published="2026-11-10")
    assert why(report(), report(new)) == ["published on 2026-11-10, after the first report"]


def test_a_flaw_is_no_longer_suppressed() -> None:
    hidden = flaw(suppressed="team: not reachable")
    assert why(report(hidden), report(flaw())) == ["no longer suppressed (team: not reachable)"]
    (gone,) = differ(report(flaw()), report(hidden)).gone
    assert gone.why == "suppressed now: team: not reachable"


def test_a_secret_came_with_a_layer() -> None:
    layer = LayerRef(index=1, blob=sha256_of(b"x"), diff_id=sha256_of(b"b"), created_by="COPY . .")
    secret = of_kind(FindingKind.SECRET, layer=layer)
    assert why(report(), report(secret, layers=("a", "b"))) == ["a new layer: COPY . ."]


def test_the_data_are_newer() -> None:
    said = (Evidence(advisory="DSA-1", feed="osv", ecosystem="Debian:12"),)
    newer = replace(DEBIAN, newest="2026-11-09T00:00:00Z")
    found = why(report(), report(flaw(evidence=said), data=newer))
    assert found == ["advisory data of 2026-11-09 instead of 2026-10-01"]


def test_nothing_explains_it_but_the_scanner() -> None:
    assert why(report(), report(flaw())) == ["another version of pratique, or other options"]


def test_an_upgrade_ends_a_flaw() -> None:
    (gone,) = differ(report(flaw()), report(packages=(package("3.0.12-1"),))).gone
    assert gone.why == "the package changed from 3.0.11-1 to 3.0.12-1"


def test_a_flaw_that_an_upgrade_left_in_place_is_neither_new_nor_gone() -> None:
    later = flaw(package="pkg:deb/debian/openssl@3.0.12-1", package_version="3.0.12-1")
    found = differ(report(flaw()), report(later, packages=(package("3.0.12-1"),)))
    assert (found.new, found.gone) == ((), ())


def test_a_graver_grade_is_told() -> None:
    graver = flaw(Severity.HIGH, exploited=Exploited(added="2026-11-02"))
    (one,) = differ(report(flaw(Severity.LOW)), report(graver)).regraded
    assert (one.before, one.after) == ("low", "high, known to be exploited")


def test_labels_size_and_layers() -> None:
    before = report(labels={"version": "1"}, size_bytes=10)
    after = report(labels={"version": "2"}, size_bytes=25, layers=("a", "b"))
    found = differ(before, after)
    assert [(o.field, o.before, o.after) for o in found.fields] == [("label version", "1", "2")]
    assert (found.size_bytes, len(found.layers_new), found.layers_shared) == (15, 1, 1)
