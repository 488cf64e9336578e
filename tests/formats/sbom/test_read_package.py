import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.sbom._read_package import (
    Listed,
    NotJudged,
    facts_of,
    facts_of_remark,
    full_version,
    package_of,
    parse_purl,
)
from pratique.model.package import Package, PackageType

LAYER = "sha256:" + "b2" * 32


def package(purl: str, **facts: str) -> Package:
    found = package_of(Listed(purl=purl, facts=facts), {LAYER: 3})
    assert isinstance(found, Package)
    return found


@given(st.text(max_size=40) | st.text(max_size=40).map("pkg:deb/".__add__))
def test_any_text_is_a_purl_or_not(text: str):
    """No package URL makes the reader raise."""
    parse_purl(text)
    package_of(Listed(purl=text), {})


@pytest.mark.parametrize(
    ("kind", "version", "epoch", "wanted"),
    [
        (PackageType.RPM, "1-2", "4", "4:1-2"),
        (PackageType.RPM, "4:1-2", "4", "4:1-2"),
        (PackageType.RPM, "1-2", "0", "1-2"),
        (PackageType.DEB, "1-2", "1", "1:1-2"),
        (PackageType.NPM, "1.2.3", "4", "1.2.3"),
    ],
)
def test_the_epoch_joins_the_version_once(kind: PackageType, version: str, epoch: str, wanted: str):
    """Purl keeps the epoch apart, some tools do not."""
    assert full_version(kind, version, epoch) == wanted


def test_source_of_a_deb_may_have_its_own_version():
    """``upstream=name@version``; without a version it is the binary's."""
    assert package("pkg:deb/debian/a@1+b1?upstream=src%401").source_version == "1"
    assert package("pkg:deb/debian/a@1?upstream=src").source_version == "1"
    assert package("pkg:deb/debian/a@1").source_name == ""


def test_layers_are_numbered_by_the_image():
    """The document's own list of layers decides; an unlisted layer has no number."""
    listed = package("pkg:deb/debian/a@1", **{"layer:diff_id": LAYER, "layer:index": "9"})
    other = package("pkg:deb/debian/a@1", **{"layer:diff_id": LAYER.replace("b2", "c3")})
    assert listed.layer is not None
    assert other.layer is not None
    assert (listed.layer.index, other.layer.index) == (3, -1)


@pytest.mark.parametrize("value", ["", "sha256:xyz", "b2" * 32])
def test_a_layer_must_be_a_digest(value: str):
    """What is no digest is no layer."""
    assert package("pkg:deb/debian/a@1", **{"layer:diff_id": value}).layer is None


def test_own_words_win_over_foreign_ones():
    """A document that passed through another tool keeps what we wrote."""
    properties = {"aquasecurity:trivy:SrcName": "other", "pratique:source:name": "ours"}
    assert facts_of(properties) == {"source:name": "ours"}
    assert facts_of(dict(reversed(properties.items()))) == {"source:name": "ours"}


def test_without_a_known_type_there_is_a_reason():
    """Nothing is guessed from a name."""
    assert package_of(Listed(name="bash"), {}) == NotJudged("has no package URL", "bash")
    unknown = package_of(Listed(purl="pkg:unheard/a/b@1"), {})
    assert isinstance(unknown, NotJudged)
    assert facts_of_remark("acquired package info from DPKG DB") == {}
