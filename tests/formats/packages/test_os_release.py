import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages import os_release as release
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutation import damaged
from tests.makers.os_packages import os_release

DEBIAN = (
    b'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\n'
    b"VERSION_CODENAME=bookworm\nID=debian\n"
)


def test_a_release_file_is_read() -> None:
    """All fields that later steps need."""
    distro = release.parse_os_release(DEBIAN, "etc/os-release")

    assert (distro.id, distro.version, distro.codename) == ("debian", "12", "bookworm")
    assert (distro.name, distro.location) == ("Debian GNU/Linux 12 (bookworm)", "etc/os-release")


def test_a_derivative_keeps_its_parents() -> None:
    """ID_LIKE is kept nearest first, lower case."""
    content = os_release(id="Pop", id_like="ubuntu Debian", version_id="22.04", variant_id="x")
    distro = release.parse_os_release(content, "x")

    assert (distro.id, distro.like, distro.variant) == ("pop", ("ubuntu", "debian"), "x")


@pytest.mark.parametrize(
    ("version", "expected"),
    [("3.17_alpha20230206", "edge"), ("3.21.0_alpha20240807", "edge"), ("3.20.3", "3.20.3")],
)
def test_alpine_edge_is_called_edge(version: str, expected: str) -> None:
    """Edge calls itself by the version to come."""
    content = os_release(id="alpine", version_id=version)

    assert release.parse_os_release(content, "x").version == expected
    assert release.parse_alpine_release(version.encode(), "x").version == expected


@pytest.mark.parametrize("content", [b"", b"NAME=x\n", b"ID=\n", b"ID='a b'\n", b"ID=../x\n"])
def test_without_an_id_it_names_nothing(content: bytes) -> None:
    """The next candidate is asked."""
    with pytest.raises(FormatError):
        release.parse_os_release(content, "x")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20))
def test_quoting_is_undone(value: str) -> None:
    """A value written in double quotes with the shell's escapes comes back."""
    escaped = "".join("\\" + char if char in '\\"$`' else char for char in value)

    assert release.parse_assignments(f'X="{escaped}"\n'.encode())["X"] == value


def test_a_shell_reads_the_same(need: Callable[[str], str], tmp_path: Path) -> None:
    """os-release(5) is a shell script in a subset of the language."""
    content = b'A=plain\nB="x \\"y\\" \\$z \\\\"\nC=\'single "q"\'\n# D=1\nE=""\n'
    (tmp_path / "f").write_bytes(content)
    script = '. "$0"; printf "%s\\n" "$A" "$B" "$C" "$E"'
    command = [need("sh"), "-c", script, str(tmp_path / "f")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = release.parse_assignments(content)

    assert done.stdout.split("\n")[:4] == [ours["A"], ours["B"], ours["C"], ours["E"]]
    assert "D" not in ours


@pytest.mark.parametrize(
    ("line", "distro_id", "version"),
    [
        ("CentOS Linux release 7.5.1804 (Core) ", "centos", "7"),
        ("CentOS release 6.10 (Final)", "centos", "6.10"),
        ("CentOS Stream release 9", "centos", "9"),
        ("Red Hat Enterprise Linux Server release 6.10 (Santiago)", "rhel", "6.10"),
        ("Red Hat Enterprise Linux release 8.4 (Ootpa)", "rhel", "8.4"),
        ("Fedora release 39 (Thirty Nine)", "fedora", "39"),
        ("AlmaLinux release 9.4 (Seafoam Ocelot)", "almalinux", "9.4"),
        ("Rocky Linux release 9.3 (Blue Onyx)", "rocky", "9.3"),
        ("Oracle Linux Server release 6.10", "ol", "6.10"),
        ("Amazon Linux release 2 (Karoo)", "amzn", "2"),
        ("Amazon Linux AMI release 2018.03", "amzn", "2018.03"),
        ("Scientific Linux release 7.9 (Nitrogen)", "scientific", "7.9"),
    ],
)
def test_release_lines_of_the_rpm_family(line: str, distro_id: str, version: str) -> None:
    """The one-line files of before os-release."""
    distro = release.parse_release_line(line.encode(), "x")

    assert (distro.id, distro.version) == (distro_id, version)


def test_suse_release() -> None:
    """SLES 11 gives its service pack apart."""
    content = b"SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n"

    assert release.parse_suse_release(content, "x").version == "11.4"
    with pytest.raises(FormatError):
        release.parse_suse_release(b"openSUSE\n", "x")


@pytest.mark.parametrize(
    ("content", "version", "codename"),
    [(b"12.15\n", "12", ""), (b"9\n", "9", ""), (b"bookworm/sid\n", "", "bookworm")],
)
def test_debian_version(content: bytes, version: str, codename: str) -> None:
    """A point release names its release; testing names its codename."""
    distro = release.parse_debian_version(content, "x")

    assert (distro.version, distro.codename) == (version, codename)


def test_lsb_release() -> None:
    """Ubuntu's and OpenWrt's files have one form."""
    content = b"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=18.04\nDISTRIB_CODENAME=bionic\n"
    distro = release.parse_lsb_release(content, "x")

    assert (distro.id, distro.version, distro.codename) == ("ubuntu", "18.04", "bionic")
    assert release.parse_lsb_release(b"DISTRIB_ID='OpenWrt'\n", "x").id == "openwrt"
    with pytest.raises(FormatError):
        release.parse_lsb_release(b"", "x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"https://x/alpine/v3.18/main\nhttps://x/alpine/v3.18/community\n", "3.18"),
        (b"http://x/edge/main\n#http://x/v3.18/main\n", "edge"),
        (b"@edge http://x/edge/main\nhttp://x/v3.9/main/\n", "3.9"),
        (b"http://x/v3.9/main\nhttp://x/edge/testing\n", ""),
        (b"https://packages.example/os\n", ""),
        (b"", ""),
    ],
)
def test_alpine_repositories(content: bytes, expected: str) -> None:
    """Only a release that all active, untagged lines agree on counts."""
    assert release.parse_apk_repositories(content) == expected


def test_files_are_bounded() -> None:
    """No release file is longer than the bound."""
    with pytest.raises(LimitExceeded):
        release.parse_assignments(b"#" * (release.FILE_BYTES + 1))


@given(damaged([DEBIAN, b"CentOS Linux release 7.5.1804 (Core)\n", b"12.15\n", b"3.10.9\n"]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes any of the readers, and ids are plain."""
    for parse in (
        release.parse_os_release,
        release.parse_lsb_release,
        release.parse_release_line,
        release.parse_suse_release,
        release.parse_alpine_release,
        release.parse_debian_version,
    ):
        try:
            assert parse(content, "x").id.isascii()
        except FormatError:
            continue
    release.parse_apk_repositories(content)
