"""List the packages in Java archives."""

import csv
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.extractors.java import jar
from pratique.extractors.java._archives import SUFFIXES
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutation import damaged
from tests.makers.zips import Part, jar_of, zip_of

LIBRARY = jar_of(
    {
        "META-INF/maven/org.lib/lib/pom.properties": b"groupId=org.lib\nartifactId=lib\nversion=2\n",
        "META-INF/maven/org.lib/lib/pom.xml": b"<project><artifactId>lib</artifactId>"
        b"<licenses><license><name>MIT</name></license></licenses><dependencies>"
        b"<dependency><groupId>org.dep</groupId><artifactId>dep</artifactId></dependency>"
        b"<dependency><groupId>org.test</groupId><artifactId>test</artifactId>"
        b"<scope>test</scope></dependency></dependencies></project>",
        "A.class": b"",
    }
)
DEPENDENCY = jar_of(
    {
        "META-INF/MANIFEST.MF": b'Bundle-License: "Apache-2.0";link="https://x"\n',
        "META-INF/maven/org.dep/dep/pom.properties": b"groupId=org.dep\nartifactId=dep\nversion=1\n",
    }
)
FAT = jar_of({"BOOT-INF/lib/lib-2.jar": LIBRARY, "BOOT-INF/lib/dep-1.jar": DEPENDENCY})


def _extract(path: str, content: bytes) -> Extraction:
    return jar.extract_file(layer_file(path, content))


def _lines(found: Extraction) -> list[tuple[str, str, str]]:
    return [(one.name, one.version, one.location) for one in found.packages]


def test_inner_archives_are_packages_of_their_own() -> None:
    """Each at its place, with its licence; dependencies are those that are there."""
    found = _extract("app/app.jar", FAT)

    assert _lines(found) == [
        ("org.lib:lib", "2", "!BOOT-INF/lib/lib-2.jar"),
        ("org.dep:dep", "1", "!BOOT-INF/lib/dep-1.jar"),
    ]
    assert [one.licences for one in found.packages] == [("MIT",), ("Apache-2.0",)]
    assert [one.depends for one in found.packages] == [("org.dep:dep",), ()]
    assert found.packages[0].purl == "pkg:maven/org.lib/lib@2"
    assert found.unknowns == ()


def test_a_shaded_copy_is_told_apart() -> None:
    """It stands at Maven's folder inside the archive."""
    content = jar_of(
        {
            "META-INF/maven/org.own/own/pom.properties": b"version=1",
            "META-INF/maven/com.copy/copy/pom.properties": b"version=3",
        }
    )

    assert _lines(_extract("own-1.jar", content)) == [
        ("org.own:own", "1", ""),
        ("com.copy:copy", "3", "!META-INF/maven/com.copy/copy"),
    ]


def test_a_version_that_maven_did_not_fill_in_is_taken_from_the_project() -> None:
    """And where that has none either, from the file name."""
    properties = b"version=${project.version}\ngroupId=g\nartifactId=a\n"
    pom = b"<project><groupId>g</groupId><artifactId>a</artifactId><version>7</version></project>"
    folder = "META-INF/maven/g/a"
    both = jar_of({f"{folder}/pom.properties": properties, f"{folder}/pom.xml": pom})
    one = jar_of({f"{folder}/pom.properties": properties})

    assert _lines(_extract("a.jar", both)) == [("g:a", "7", "")]
    assert _lines(_extract("a-8.jar", one)) == [("a", "8", "")]


def test_a_package_without_a_group_cannot_match_an_advisory() -> None:
    """Every advisory of Maven names a group; the name is the artifact alone."""
    (package,) = _extract("unheard-of-1.0.jar", jar_of({"A.class": b""})).packages

    assert (package.name, package.purl) == ("unheard-of", "pkg:maven/unheard-of@1.0")


def test_classes_of_an_unknown_package_are_told() -> None:
    """Once for a file, with the number of the others."""
    nameless = jar_of({"A.class": b""})
    found = _extract("app.ear", jar_of({f"lib/{name}.jar": nameless for name in "abc"}))

    (unknown,) = found.unknowns
    assert unknown.location == "!lib/a.jar"
    assert "2 other archives" in unknown.reason


@pytest.mark.parametrize(
    "content",
    [
        jar_of({}),
        jar_of({"docs/index.html": b"x"}),
        jar_of({"WEB-INF/classes/A.class": b"", "WEB-INF/lib/dep-1.jar": DEPENDENCY}),
    ],
)
def test_a_container_or_the_application_itself_is_no_unknown(content: bytes) -> None:
    """Nothing of anybody else is missing there."""
    assert _extract("app.war", content).unknowns == ()


@pytest.mark.parametrize("path", ["film.rar", "tool.par"])
def test_other_formats_share_a_suffix(path: str) -> None:
    """RAR and Perl archives are not Java's; a damaged jar is said to be one."""
    assert _extract(path, b"Rar!\x1a\x07\x00") == Extraction()
    with pytest.raises(FormatError):
        _extract("a.jar", b"Rar!\x1a\x07\x00")


def test_troubles_are_cut() -> None:
    """A thousand damaged archives give a few lines and their number."""
    found = _extract("app.jar", jar_of({f"{n}.jar": b"x" for n in range(1000)}))

    assert len(found.unknowns) < 20
    assert found.unknowns[-1].reason == "985 more members were not read"
    assert found.unknowns[0].location == "!0.jar"


def test_packages_are_bounded() -> None:
    """By the same limit as a package database."""
    content = jar_of({f"META-INF/maven/g/{n}/pom.properties": b"version=1" for n in range(5)})

    with pytest.raises(FormatError, match="packages"):
        jar.extract(layer_file("a.jar", content), replace(DEFAULT, packages=4))


def test_an_overlapping_bomb_is_stopped() -> None:
    """Twenty thousand names for one deflated archive: bounded, and said."""
    inner = zip_of([Part(name=b"filling", content=b"x" * 300_000, deflated=False)])
    first = Part(name=b"0.jar", content=inner)
    more = [Part(name=b"%d.jar" % n, content=inner, at=0) for n in range(1, 60)]

    found = jar.extract(
        layer_file("bomb.jar", zip_of([first, *more])), replace(DEFAULT, archive_bytes=4 << 20)
    )

    assert any("archive_bytes" in unknown.reason for unknown in found.unknowns)
    assert len(found.unknowns) < 20


def test_names_play_no_tricks() -> None:
    """A name is text of the report, never a path; two spellings of one manifest are one."""
    found = _extract(
        "app.jar",
        jar_of({"../../etc/dep-1.jar": DEPENDENCY, "a!b\x1b[31m.jar": DEPENDENCY, "/x.jar": b"PK"}),
    )

    assert [one.location for one in found.packages] == ["!../../etc/dep-1.jar", "!a!b\x1b[31m.jar"]
    assert [one.location for one in found.unknowns] == ["!/x.jar"]


@given(damaged((LIBRARY, DEPENDENCY, FAT)) | st.binary(max_size=200))
def test_a_damaged_archive_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError, and nothing that is no package."""
    try:
        found = _extract("app.jar", content)
    except FormatError:
        return
    assert all(one.name and one.version for one in found.packages)
    assert len(found.unknowns) < 20


def test_the_real_image_is_listed_exactly(shared: Path) -> None:
    """All 33 rows of the truth and no others."""
    table = shared / "images/expected/java-fat-busybox.packages.tsv"
    with table.open(newline="") as file:
        truth = {
            (row["name"], row["version"], row["location"])
            for row in csv.DictReader(file, delimiter="\t")
        }

    found = {
        (one.name, one.version, path + one.location)
        for path, content in _archives_of(shared / "images/java-fat-busybox.oci.tar")
        for one in _extract(path, content).packages
    }

    assert found == truth
    assert len(found) == 33


@pytest.mark.parametrize("name", ["jar-bomb-nested", "jar-depth-200"])
def test_hostile_archives_are_bounded_and_named(shared: Path, name: str) -> None:
    """Depth is said with the inner path; nothing is listed."""
    ((path, content),) = _archives_of(shared / f"images/hostile/{name}.oci.tar")

    found = _extract(path, content)

    assert found.packages == ()
    assert found.unknowns[0].location.count("!") == 6
    assert "archive_depth" in found.unknowns[0].reason


def _archives_of(image: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the archives of an image's layers, read with the standard library alone."""
    with tarfile.open(image) as outer:
        for blob in outer:
            packed = outer.extractfile(blob)
            content = packed.read() if packed and blob.name.startswith("blobs/") else b"{"
            if content.startswith(b"{"):
                continue
            with tarfile.open(fileobj=io.BytesIO(content)) as layer:
                for member in layer:
                    file = layer.extractfile(member) if member.isfile() else None
                    if file and member.name.endswith(SUFFIXES):
                        yield member.name, file.read()
