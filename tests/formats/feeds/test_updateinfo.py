"""Errata of an rpm repository become advisories about binary packages."""

import gzip
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from pratique.formats.feeds.updateinfo import Origin, advisories, location
from pratique.model.advisory import Advisory, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.rpm_samples import repomd, update, updateinfo

ORIGIN = Origin(feed="amazon", source="amazon", ecosystem="Amazon Linux:2")
PACKAGES = [
    ("openssl", "1", "1.0.2k", "24.amzn2", "x86_64"),
    ("openssl", "1", "1.0.2k", "24.amzn2", "aarch64"),
    ("openssl-doc", "0", "1.0.2k", "24.amzn2", "noarch"),
]


def read(*updates: str) -> list[Advisory]:
    return list(advisories(io.BytesIO(updateinfo(updates)), ORIGIN))


def test_an_erratum() -> None:
    """Packages with their arches, flaws, grade and dates come across; epoch 0 is not written."""
    (found,) = read(update("ALAS2-1", PACKAGES, cves=["CVE-2026-1001", "CVE-2026-1002"]))

    assert found.affected == (
        Affected(
            ecosystem="Amazon Linux:2",
            name="openssl",
            ranges=(Range(fixed="1:1.0.2k-24.amzn2"),),
            state=FixState.FIXED,
            arches=("aarch64", "x86_64"),
        ),
        Affected(
            ecosystem="Amazon Linux:2",
            name="openssl-doc",
            ranges=(Range(fixed="1.0.2k-24.amzn2"),),
            state=FixState.FIXED,
            arches=("noarch",),
        ),
    )
    assert found.upstream == ("CVE-2026-1001", "CVE-2026-1002")
    assert (found.severity, found.scores[0].vector) == (Severity.HIGH, "Important")
    assert (found.published, found.modified) == ("2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z")
    assert found.description == "Text & more"


def test_other_kinds_of_updates_fix_no_flaw() -> None:
    """Bug fixes and new packages are left out."""
    assert [a.id for a in read(update("A-1", [], kind="bugfix"), update("A-2", []))] == ["A-2"]


def test_damage_is_an_error() -> None:
    """An erratum without an id, a package without a version."""
    for broken in (update("", PACKAGES), update("A-1", [("p", "0", "", "1", "noarch")])):
        with pytest.raises(FormatError):
            read(broken)


def test_repomd_says_where_it_lies() -> None:
    """The address is relative and stays inside the repository."""
    assert location(io.BytesIO(repomd())) == "repodata/abc-updateinfo.xml.gz"
    for bad in (b"<repomd/>", repomd("../x"), repomd("/x"), repomd("http://a.example/x")):
        with pytest.raises(FormatError):
            location(io.BytesIO(bad))


@given(mutated(updateinfo([update("A-1", PACKAGES)])))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(io.BytesIO(c), ORIGIN), content)
    only_format_errors(lambda c: location(io.BytesIO(c)), content)


@pytest.mark.parametrize(("release", "count"), [("2", 1618), ("2023", 816)])
def test_the_mirror(shared: Path, release: str, count: int) -> None:
    """All errata are read, each with the packages that a plain parser finds."""
    place = shared / f"mirror/amazonlinux/{release}/core/repodata/updateinfo.xml.gz"
    content = gzip.decompress(place.read_bytes())
    found = list(advisories(io.BytesIO(content), ORIGIN))
    plain = ElementTree.fromstring(content)

    assert len(found) == count
    for advisory, theirs in zip(found, plain, strict=True):
        assert advisory.id == theirs.findtext("id")
        expected = {
            (e.attrib["name"], arch_evr(e.attrib), e.attrib["arch"]) for e in theirs.iter("package")
        }
        assert expected == {
            (s.name, s.ranges[0].fixed, arch) for s in advisory.affected for arch in s.arches
        }


def arch_evr(said: dict[str, str]) -> str:
    epoch = "" if said["epoch"] == "0" else said["epoch"] + ":"
    return f"{epoch}{said['version']}-{said['release']}"
