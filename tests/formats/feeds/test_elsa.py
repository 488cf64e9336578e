"""Oracle's errata become statements per release, arch and module."""

import io

import pytest
from hypothesis import given

from pratique.formats.feeds.elsa import advisories
from pratique.model.advisory import Advisory, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.rpm_samples import elsa, elsa_file

CURL = "curl is earlier than 0:7.76.1-26.el9"


def read(*errata: str) -> list[Advisory]:
    return list(advisories(io.BytesIO(elsa_file(*errata)), "oracle"))


def test_an_erratum() -> None:
    """Release and arch come from the criteria around a package; epoch 0 is not written."""
    (found,) = read(elsa("ELSA-2026-1", [CURL]))

    assert (found.id, found.upstream) == ("ELSA-2026-1", ("CVE-2026-1001",))
    assert (found.severity, found.published) == (Severity.HIGH, "2026-01-02")
    assert found.affected == (
        Affected(
            ecosystem="Oracle Linux:9",
            name="curl",
            ranges=(Range(fixed="7.76.1-26.el9"),),
            state=FixState.FIXED,
            arches=("x86_64",),
        ),
    )


def test_modules_and_epochs() -> None:
    """A module's stream limits what stands below it; an epoch is part of the version."""
    (found,) = read(
        elsa("ELSA-2026-1", ["npm is earlier than 1:8.1-1.module+el8"], module="nodejs:18")
    )

    (statement,) = found.affected
    assert (statement.module, statement.ranges) == (
        "nodejs:18",
        (Range(fixed="1:8.1-1.module+el8"),),
    )


@pytest.mark.parametrize(
    "version", ["2:2.28-211.ksplice1.el8", "10:1.1.1k-12.el8_9_fips", "10:3.6.16-4.fips.el8"]
)
def test_builds_of_another_kind(version: str) -> None:
    """Ksplice and FIPS builds would make every ordinary build seem affected."""
    (found,) = read(elsa("ELSA-2026-1", [f"openssl is earlier than {version}", CURL]))

    assert [statement.name for statement in found.affected] == ["curl"]


def test_what_is_no_erratum_is_refused() -> None:
    """A definition needs metadata and an ELSA name."""
    for content in (b"<x><definition/></x>", elsa_file(elsa("X-1", []))):
        with pytest.raises(FormatError):
            list(advisories(io.BytesIO(content), "x"))


@given(mutated(elsa_file(elsa("ELSA-2026-1", [CURL], module="a:1"))))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(io.BytesIO(c), "x"), content)
