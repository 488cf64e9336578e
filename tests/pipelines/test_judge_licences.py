"""What was seen in licence files of the merged tree reaches those who judge, and the report."""

from pratique.licences.belonging import LicenceFile
from pratique.licences.scanner import LicenceScanner
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.layer import FileFacts
from pratique.model.package import Package, PackageType, Purl
from pratique.model.report import Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.spot import Scanner, Spot
from pratique.pipelines.judge_licences import judge_licences, licence_files
from pratique.pipelines.place_found import Found
from tests.licences.texts import MIT
from tests.makers.layer_file import layer_file
from tests.makers.scene import scene_of


def spot(rule: str, scanner: Scanner = Scanner.LICENCE, inside: str = "") -> Spot:
    return Spot(scanner, rule, rule, Severity.LOW, Confidence.HIGH, inside)


def test_spots_are_gathered_by_file_with_its_layer() -> None:
    """What lies in an archive is a file of its own; secrets are somebody else's."""
    tree = scene_of(((("a/LICENSE", "x"),), (("b.jar", "x"),))).tree
    placed = [
        Found(
            "a/LICENSE", FileFacts(0, spots=(spot("MIT"), spot("ISC"), spot("k", Scanner.SECRET)))
        ),
        Found("b.jar", FileFacts(0, spots=(spot("Zlib", inside="!META-INF/LICENSE"),))),
    ]
    first, second = licence_files(tree, placed)

    assert (first.location, [one.rule for one in first.spots]) == ("a/LICENSE", ["MIT", "ISC"])
    assert first.layer == tree.layer_of("a/LICENSE")
    assert second.location == "b.jar!META-INF/LICENSE"


def test_the_subject_keeps_what_was_found_before() -> None:
    """Its packages get their licences."""
    package = Package(
        type=PackageType.PYPI,
        name="a",
        version="1",
        purl=Purl("pkg:pypi/a@1"),
        location="s/a-1.dist-info/METADATA",
    )
    other = Finding(id="x", kind=FindingKind.TAMPER, rule="x")
    place = "s/a-1.dist-info/LICENSE"
    spots = tuple(LicenceScanner().scan(layer_file(place, MIT)))
    subject = Subject(
        kind=SubjectKind.DIRECTORY, target="t", packages=(package,), findings=(other,)
    )
    judged = judge_licences(subject, [LicenceFile(place, spots)])

    assert judged.packages[0].licence_expression == "MIT"
    assert judged.findings == (other,)
