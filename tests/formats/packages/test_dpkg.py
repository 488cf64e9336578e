import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.packages.damaged import CUT, Damaged
from pratique.formats.packages.dpkg import DpkgRecord, parse_list, parse_md5sums, parse_status
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutation import damaged
from tests.makers.os_packages import dpkg_stanza, stanza

SAMPLE = b"".join(
    (
        dpkg_stanza("libc6", "2.36-9", source="glibc", multi_arch="same"),
        dpkg_stanza("bash", "5.2-2+b1", source="bash (5.2-2)", depends="libc6 (>= 2), a | b:any"),
        dpkg_stanza("gone", "1:0", status="deinstall ok config-files"),
        dpkg_stanza("half", "3", status="install reinstreq half-installed"),
        dpkg_stanza("held", "4", status="hold ok installed", provides="virtual (= 4), other"),
        dpkg_stanza("trig", "5", status="install ok triggers-pending", triggers_pending="ldconfig"),
    )
)


def readable(content: bytes, *, stateless: bool = False) -> list[DpkgRecord]:
    found = list(parse_status(content, stateless=stateless))
    assert not [item for item in found if isinstance(item, Damaged)]
    return [item for item in found if isinstance(item, DpkgRecord)]


def test_half_states_are_installed_and_removed_ones_are_not() -> None:
    """Whatever may have files on disk counts; what left only its configuration does not."""
    records = readable(SAMPLE)

    assert [record.name for record in records if record.installed] == [
        "libc6", "bash", "half", "held", "trig",
    ]  # fmt: skip


def test_the_source_package_and_its_version_are_named() -> None:
    """A binary-only rebuild has a version of its own; without a Source field it is the package."""
    by_name = {record.name: record for record in readable(SAMPLE)}

    assert (by_name["bash"].source_name, by_name["bash"].source_version) == ("bash", "5.2-2")
    assert (by_name["libc6"].source_name, by_name["libc6"].source_version) == ("glibc", "2.36-9")
    assert by_name["half"].source_name == "half"


def test_relations_are_groups_of_bare_names() -> None:
    """Versions, architectures and qualifiers are cut off."""
    by_name = {record.name: record for record in readable(SAMPLE)}

    assert by_name["bash"].depends == (("libc6",), ("a", "b"))
    assert by_name["held"].provides == ("virtual", "other")


def test_offers_are_what_is_provided_in_a_version() -> None:
    """Other relations than ``=`` say nothing about what is inside."""
    provides = "a, b (= 1.0~rc1-2), c (>= 2), d (= 3) , e(= 4), f (= ), b (= 1.0~rc1-2)"
    (record,) = parse_status(dpkg_stanza("x", provides=provides))
    assert isinstance(record, DpkgRecord)
    assert record.offers == (("b", "1.0~rc1-2"), ("d", "3"))
    assert record.provides == ("a", "b", "c", "d", "e", "f")


def test_conffiles_come_with_their_md5() -> None:
    """Obsolete and new configuration files are read too."""
    md5 = "0123456789abcdef0123456789abcdef"
    field = f"\n /etc/a {md5}\n /etc/b c {md5} obsolete\n /etc/d newconffile"
    (record,) = readable(dpkg_stanza("x", conffiles=field))

    assert record.conffiles == (("etc/a", md5), ("etc/b c", md5), ("etc/d", ""))


def test_a_stanza_of_status_d_needs_no_state() -> None:
    """Distroless has no Status field; in the status file its lack is damage."""
    content = stanza(package="tzdata", version="1", architecture="all")

    assert [record.state for record in readable(content, stateless=True)] == ["installed"]
    assert [type(item) for item in parse_status(content)] == [Damaged]


@pytest.mark.parametrize(
    "content",
    [
        stanza(package="a" * 1_000_000, status="install ok installed", version="1"),
        stanza(package="../evil", status="install ok installed", version="1"),
        stanza(package="a", status="install ok installed"),
        stanza(package="a", status="install ok installed", version="1 2"),
        stanza(package="a", status="installed", version="1"),
        stanza(package="a", status="install ok installed", version="1", architecture="a b"),
        stanza(version="1"),
    ],
)
def test_a_damaged_stanza_is_told_and_costs_itself_alone(content: bytes) -> None:
    """The stanzas around it stand."""
    first, second, third = parse_status(dpkg_stanza("one") + content + dpkg_stanza("two"))

    assert isinstance(second, Damaged)
    assert [item.name for item in (first, third) if isinstance(item, DpkgRecord)] == ["one", "two"]


def test_a_file_that_ends_inside_a_line_is_told() -> None:
    """A shortened version would look like another one; files of status.d are written by hand."""
    assert list(parse_status(SAMPLE[:-4]))[-1] == CUT
    assert CUT not in parse_status(stanza(package="a", version="1").strip(), stateless=True)


def test_records_are_bounded() -> None:
    """A database of more packages than the limit is refused, not cut silently."""
    with pytest.raises(LimitExceeded, match="packages"):
        list(parse_status(dpkg_stanza("a") * 3, limits=Limits(packages=2)))


def test_md5sums_and_lists_name_the_same_files() -> None:
    """Both forms give relative paths; folders of other entries are left out."""
    md5 = "0123456789abcdef0123456789abcdef"

    assert parse_md5sums(f"{md5}  usr/bin/a b\n".encode()) == {"usr/bin/a b": md5}
    assert parse_md5sums(f"{md5}  ./usr/bin/c\n".encode()) == {"usr/bin/c": md5}
    assert parse_md5sums(md5.encode() + b"  caf\xe9\n") == {"caf\uf7e9": md5}
    assert parse_md5sums(b"\x1b[2Jx  y\nz" + md5.encode()) == {}
    assert parse_md5sums(f"{md5}  a\n{'z' * 32}  b\n".encode()) == {"a": md5}
    assert parse_list(b"/.\n/usr\n/usr/bin\n/usr/bin/a b\n") == {"usr/bin/a b"}
    assert parse_list(b"/caf\xe9\n") == {"caf\uf7e9"}


def test_lists_are_bounded() -> None:
    """A list of more files than the limit is refused."""
    for parse in (parse_list, parse_md5sums):
        with pytest.raises(LimitExceeded, match="owned_files"):
            parse(b"\n" * 5, Limits(owned_files=4))


@given(damaged([SAMPLE, b"0123456789abcdef0123456789abcdef  usr/x\n" * 3]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes, and no record has a name or version that is no word."""
    try:
        for record in parse_status(content):
            if isinstance(record, DpkgRecord) and record.installed:
                assert record.name
                assert record.version.isprintable()
        parse_md5sums(content)
        parse_list(content)
    except FormatError:
        pass


@pytest.mark.parametrize("name", ["debian-only", "postgresql", "texlive", "ubuntu1804"])
def test_published_databases_equal_their_lists(shared: Path, name: str) -> None:
    """Name, version, source, source version and arch as dpkg-query prints them."""
    place = shared / "fixtures/dpkg" / name

    assert rows((place / "status").read_bytes()) == expected(place / "expected.tsv")


def test_the_status_file_of_vcpkg_holds_no_package_of_dpkg(shared: Path) -> None:
    """It looks alike, but dpkg refuses it whole; its published list is empty."""
    place = shared / "fixtures/dpkg/vcpkg"
    with pytest.raises(FormatError, match="vcpkg"):
        list(parse_status((place / "status").read_bytes()))

    assert expected(place / "expected.tsv") == []


def test_dpkg_query_says_the_same(need: Callable[[str], str], tmp_path: Path) -> None:
    """Every state, source and version of the sample as dpkg's own reader sees it."""
    (tmp_path / "status").write_bytes(SAMPLE)
    (tmp_path / "updates").mkdir()
    shown = (
        r"${Package}\t${Version}\t${source:Package}\t${source:Version}\t${Architecture}"
        r"\t${db:Status-Status}\n"
    )
    command = [need("dpkg-query"), f"--admindir={tmp_path}", "-W", "-f", shown]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = [line.split("\t") for line in done.stdout.splitlines()]

    assert sorted(row[:5] for row in theirs if row[5] != "config-files") == rows(SAMPLE)


def rows(content: bytes) -> list[list[str]]:
    return sorted(
        [r.name, r.version, r.source_name, r.source_version, r.arch]
        for r in readable(content)
        if r.installed
    )


def expected(place: Path) -> list[list[str]]:
    with place.open() as file:
        return sorted(row for row in list(csv.reader(file, delimiter="\t"))[1:] if row)
