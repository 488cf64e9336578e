"""OVAL definitions become statements about packages and version bounds."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.oval import Origin, advisories, tables
from pratique.model.advisory import Advisory, Affected, FixState, Range
from pratique.model.errors import FormatError
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.rpm_samples import oval

ORIGIN = Origin(feed="azure-linux", source="microsoft", ecosystem="Azure Linux:3")


def read(content: bytes) -> list[Advisory]:
    return list(advisories(io.BytesIO(content), tables(io.BytesIO(content)), ORIGIN))


def statement(*bounds: tuple[str, str, str], patchable: str = "true") -> Affected:
    (found,) = read(oval([("1001", patchable, bounds)]))
    return found.affected[0]


def test_a_definition() -> None:
    """The chain from criterion to test to object and state is followed."""
    (found,) = read(oval([("1001", "true", [("openssl", "less than", "0: 3.0-1.azl3")])]))

    assert (found.id, found.upstream) == ("oval:x:def:1001", ("CVE-2026-1001",))
    assert found.affected == (
        Affected(
            ecosystem="Azure Linux:3",
            name="openssl",
            ranges=(Range(fixed="3.0-1.azl3"),),
            state=FixState.FIXED,
        ),
    )
    assert found.published == "2026-01-02T03:04:05Z"


def test_no_fix_yet() -> None:
    """The bound "less than or equal" names the last version that is affected."""
    found = statement(("p", "less than or equal", "1:2.0-1.cm2"), patchable="false")

    assert (found.state, found.ranges) == (
        FixState.NOT_FIXED,
        (Range(last_affected="1:2.0-1.cm2"),),
    )


def test_a_lower_bound() -> None:
    """Two bounds on one package are one interval."""
    found = statement(("p", "greater than or equal", "1.0-1"), ("p", "less than", "2.0-1"))

    assert found.ranges == (Range(introduced="1.0-1", fixed="2.0-1"),)


def test_not_applicable_is_not_affected() -> None:
    """A withdrawn definition says that the package never was affected."""
    found = statement(("p", "less than", "1-1"), patchable="Not Applicable")

    assert (found.state, found.ranges) == (FixState.NOT_AFFECTED, ())


def test_criteria_without_a_version_say_nothing() -> None:
    """Signature and release tests are no bounds on a version."""
    assert not read(oval([("1001", "true", [("p", "pattern match", "x")])]))[0].affected


def test_what_is_no_definition_is_refused() -> None:
    """A definition needs an id and metadata."""
    with pytest.raises(FormatError):
        read(b'<x><definition id="a"/></x>')


@given(mutated(oval([("1001", "true", [("p", "less than", "1-1")])])))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(read, content)


def test_the_mirror(shared: Path) -> None:
    """Every definition of Azure Linux 3 is read, and agrees with its own title."""
    folder = shared / "mirror/azurelinux/microsoft/AzureLinuxVulnerabilityData/main"
    found = read(gzip.decompress((folder / "azurelinux-3.0-oval.xml.gz").read_bytes()))

    assert len(found) == len({advisory.id for advisory in found}) == 1222
    for advisory in found:
        (said,) = advisory.affected
        words = advisory.title.split()
        assert advisory.upstream == (words[0],)
        assert said.name == words[words.index("package") + 1]
        if said.state is FixState.FIXED:
            assert said.ranges[0].fixed.startswith(words[-1])
