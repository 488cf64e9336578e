import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.sbom._read_tag_value import read_spdx_tag_value
from pratique.formats.sbom.reading import read_sbom
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError

HEAD = "SPDXVersion: SPDX-2.3\n"
LINES = st.sampled_from(
    ["PackageName: a", "SPDXID: SPDXRef-a", "PackageVersion: 1", "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1",
     "FileName: x", "LicenseID: LicenseRef-x", "ExtractedText: <text>a", "b</text>", "Relationship: a DEPENDS_ON b",
     "Relationship: a", "AnnotationComment: c", "SPDXREF: SPDXRef-a", "# comment", ":", "", "no tag", "ExternalRef: x"]
)  # fmt: skip


@given(st.lists(LINES, max_size=15))
def test_lines_in_any_order_are_read_or_refused(lines: list[str]):
    """Tags outside their section, half lines and comments do no harm."""
    try:
        found = read_spdx_tag_value((HEAD + "\n".join(lines)).encode(), DEFAULT)
    except FormatError:
        return
    assert len(found.packages) <= sum(line.startswith("PackageName") for line in lines)


def test_files_do_not_change_the_package_before_them():
    """What follows ``FileName`` belongs to the file."""
    content = HEAD + "PackageName: a\nPackageVersion: 1\nFileName: x\nPackageVersion: 2\n"
    assert read_spdx_tag_value(content.encode(), DEFAULT).packages[0].version == "1"


def test_windows_line_ends_and_a_byte_order_mark():
    """A file that passed through Windows is read."""
    content = (
        b"\xef\xbb\xbf"
        + (HEAD + "PackageName: a\nPackageVersion: 1\n").replace("\n", "\r\n").encode()
    )
    assert read_spdx_tag_value(content, DEFAULT).packages[0].version == "1"


def test_another_version_is_refused():
    """Tag-value of SPDX 2.1 and older is another format."""
    with pytest.raises(FormatError, match=r"SPDX-2\.1"):
        read_spdx_tag_value(b"SPDXVersion: SPDX-2.1\n", DEFAULT)


LAYER = "sha256:" + "a1" * 32
TAG_VALUE = f"""\
# a comment
SPDXVersion: SPDX-2.2
DocumentName: x

PackageName: libcurl4
SPDXID: SPDXRef-a
PackageVersion: 7.88.1-10
PackageSupplier: Organization: Debian
PackageLicenseDeclared: LicenseRef-curl
PackageDescription: <text>Two lines:
PackageName: not a package</text>
PackageSourceInfo: built package from: curl 7.88.1-10
ExternalRef: PACKAGE_MANAGER purl pkg:deb/debian/libcurl4@7.88.1-10?arch=amd64&distro=debian-12

FileName: ./etc/passwd
SPDXID: SPDXRef-file

LicenseID: LicenseRef-curl
ExtractedText: <text>The curl
licence</text>
LicenseName: curl
PackageName: libc6
SPDXID: SPDXRef-b
PackageVersion: 2.36
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12
Relationship: SPDXRef-a DEPENDS_ON SPDXRef-b
Annotator: Tool: trivy
SPDXREF: SPDXRef-b
AnnotationComment: <text>aquasecurity:trivy:LayerDiffID: {LAYER}</text>
"""


def test_tag_value():
    """The line form gives the same as JSON would: packages, licences, needs, layers."""
    found = read_sbom(TAG_VALUE.encode())
    libc, curl = found.packages
    assert found.format == "SPDX 2.2"
    assert (curl.name, curl.version, curl.vendor) == ("libcurl4", "7.88.1-10", "Debian")
    assert (curl.source_name, curl.licences, curl.depends) == ("curl", ("curl",), ("libc6",))
    assert libc.layer is not None
    assert libc.layer.diff_id == LAYER
    assert found.distro is not None
    assert found.distro.version == "12"
