"""Go through archives in archives within bounds, and tell what was not read."""

import io

import pytest
from msgspec.structs import replace

from pratique.extractors.java._archives import Archive, Trouble, archives
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError
from tests.makers.zips import Part, jar_of, zip_of


def _nested(depth: int) -> bytes:
    content = jar_of({"x": b"x"})
    for level in range(depth):
        content = jar_of({f"{level}.jar": content})
    return content


def _places(content: bytes, limits: Limits = DEFAULT) -> list[str]:
    """Return the place of each archive, or the place and reason of a trouble."""
    return [
        found.place if isinstance(found, Archive) else f"{found.place}: {found.reason}"
        for found in archives(io.BytesIO(content), limits)
    ]


def test_archives_come_in_the_order_of_the_file() -> None:
    """Each before those inside it, each inside before the next one beside it."""
    inner = jar_of({"lib/a.jar": jar_of({}), "lib/b.war": jar_of({})})

    assert _places(jar_of({"1.jar": inner, "2.JAR": b"other case", "2.jar": jar_of({})})) == [
        "",
        "!1.jar",
        "!1.jar!lib/a.jar",
        "!1.jar!lib/b.war",
        "!2.jar",
    ]


def test_depth_is_bounded() -> None:
    """The first archive that is too deep is named, and nothing behind it looked at."""
    *read, last = _places(_nested(200))

    assert len(read) == 6
    assert last.endswith("194.jar: archives are nested more than 5 deep (archive_depth)")


def test_their_number_is_bounded() -> None:
    """Beyond it the rest is counted, whether it lies in one archive or in several."""
    limits = replace(DEFAULT, archive_archives=2)
    flat = jar_of({f"{number}.jar": jar_of({}) for number in range(10)})
    pairs = jar_of({f"{number}.jar": jar_of({"x.jar": jar_of({})}) for number in range(3)})

    assert _places(flat, limits)[1:] == [
        "!0.jar",
        "!1.jar",
        "!2.jar: more than 2 archives (archive_archives) in one archive",
    ]
    (outer, *_) = archives(io.BytesIO(flat), limits)
    assert isinstance(outer, Archive)
    assert len(outer.troubles) == 7
    assert _places(pairs, limits)[-2:] == [
        "!1.jar: more than 2 archives (archive_archives) in one archive",
        "!2.jar: 1 archives from here on were not read: "
        "more than 2 archives (archive_archives) in one archive",
    ]


def test_what_they_unpack_to_is_bounded() -> None:
    """All together; what was read before stands."""
    noise = bytes(range(256)) * 20
    content = jar_of({f"{n}.jar": jar_of({"x": noise}, stored=True) for n in range(5)})

    found = _places(content, replace(DEFAULT, archive_bytes=12_000))

    assert found[:2] == ["", "!0.jar"]
    assert any("archive_bytes" in place for place in found)
    assert "archives from here on were not read" in found[-1]


def test_one_damaged_archive_stands_alone() -> None:
    """It is named; the others are read. An empty file is a placeholder."""
    found = _places(jar_of({"a.jar": b"no archive", "b.jar": b"", "c.jar": jar_of({})}))

    assert found == ["", "!a.jar: not a zip archive: no end of central directory", "!c.jar"]


def test_the_outer_one_must_be_an_archive() -> None:
    """Otherwise there is nothing to tell."""
    with pytest.raises(FormatError):
        _places(b"no archive")


def test_one_damaged_member_stands_alone() -> None:
    """The manifest is read though a pom.properties cannot be."""
    (archive,) = archives(
        io.BytesIO(
            zip_of(
                [
                    Part(name=b"META-INF/maven/g/a/pom.properties", content=b"version=1", crc=1),
                    Part(name=b"META-INF/manifest.mf", content=b"A: b\n"),
                    Part(name=b"x.class"),
                ]
            )
        ),
        DEFAULT,
    )

    assert isinstance(archive, Archive)
    assert archive.manifest == {"a": "b"}
    assert archive.has_classes
    assert archive.troubles == [
        Trouble("!META-INF/maven/g/a/pom.properties", "the checksum of a member is wrong")
    ]


def test_a_folder_of_maven_is_known_by_its_files() -> None:
    """What pom.properties leaves out the path says."""
    folder = "WEB-INF/classes/META-INF/maven/g/a"
    content = jar_of(
        {
            f"{folder}/pom.xml": b"<project><artifactId>a</artifactId></project>",
            f"{folder}/pom.properties": b"version=1\nartifactId=b\n",
            "META-INF/maven/h/c/pom.xml": b"<html/>",
        }
    )
    (archive,) = archives(io.BytesIO(content), DEFAULT)

    assert isinstance(archive, Archive)
    first, second = archive.folders()
    assert (first.group, first.artifact, first.version) == ("g", "b", "1")
    assert (second.group, second.artifact, second.version) == ("h", "c", "")
    pom = archive.pom(first)
    assert pom is not None
    assert pom.artifact == "a"
    assert archive.pom(second) is None
    assert archive.troubles == [Trouble("!META-INF/maven/h/c/pom.xml", "no Maven project in it")]


def test_folders_of_maven_are_bounded() -> None:
    """Two thousand copies in one archive are enough."""
    content = jar_of({f"META-INF/maven/g/{n}/pom.properties": b"version=1" for n in range(2002)})
    (archive,) = archives(io.BytesIO(content), DEFAULT)

    assert isinstance(archive, Archive)
    assert len(archive.folders()) == 2000
    assert len(archive.troubles) == 2


def test_lines_of_metadata_are_bounded() -> None:
    """A manifest of nothing but line ends costs more than it weighs."""
    inner = jar_of({"META-INF/MANIFEST.MF": b"A:\n" * 80})
    content = jar_of({f"{n}.jar": inner for n in range(9)})

    found = _places(content, replace(DEFAULT, archive_lines=300))

    assert "archives from here on were not read: more than 300 lines" in found[-1]


def test_a_name_longer_than_any_path_is_not_entered() -> None:
    """It would stand in every place below it."""
    found = list(archives(io.BytesIO(jar_of({"a" * 5000 + ".jar": jar_of({})})), DEFAULT))

    assert isinstance(found[0], Archive)
    assert len(found) == 1
    assert "path_bytes" in found[0].troubles[0].reason
    assert len(found[0].troubles[0].place) < 250


def test_troubles_of_one_archive_are_bounded() -> None:
    """After a thousand damaged members the rest is one more."""
    parts = [Part(name=b"META-INF/maven/g/%d/pom.properties" % n, crc=1) for n in range(1500)]
    (archive,) = archives(io.BytesIO(zip_of(parts)), DEFAULT)

    assert isinstance(archive, Archive)
    assert len(archive.troubles) == 1002
    assert archive.troubles[-1].reason == "the rest of the archive was not read"
