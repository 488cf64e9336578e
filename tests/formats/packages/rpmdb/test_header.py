import struct
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.packages.rpmdb.header import Header, split_source_rpm
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import OwnedFile
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

FILES = {
    "basenames": ["sh", "sh.conf", "doc", "folder"],
    "dirnames": ["/usr/bin/", "/etc/"],
    "dirindexes": [0, 1, 1, 1],
    "digests": ["ab" * 32, "cd" * 32, "ef" * 32, ""],
    "digestalgo": 8,
    "flags": [0, 1, 2, 0],
    "modes": [0o100755, 0o100644, 0o100644, 0o040755],
    "filestates": [0, 0, 2, 0],
}
SAMPLE = make.package(
    "shell", "5.1", "2.el9", epoch=1, licence="MIT", vendor="V", module="a:b:1:c",
    requires=["libc", "/etc/x", "libc"], provides=["shell", "/bin/sh"], **FILES,
)  # fmt: skip


def test_what_names_a_package_is_read() -> None:
    """The magic of package files may stand before the header."""
    for blob in (SAMPLE, b"\x8e\xad\xe8\x01\0\0\0\0" + SAMPLE):
        record = Header(blob).record()

        assert (record.name, record.evr, record.arch) == ("shell", "1:5.1-2.el9", "x86_64")
        assert (record.source_rpm, record.module) == ("shell-5.1-2.el9.src.rpm", "a:b:1:c")
        assert (record.vendor, record.licence) == ("V", "MIT")


def test_an_epoch_of_zero_is_an_epoch() -> None:
    """Rpm prints it where the tag is there."""
    assert Header(make.package("a", epoch=0)).record().evr == "0:1.0-1"
    assert Header(make.package("a")).record().evr == "1.0-1"


def test_files_leave_out_folders_and_what_was_not_installed() -> None:
    """The digest carries its algorithm, the flag its meaning."""
    assert Header(SAMPLE).files() == (
        OwnedFile("usr/bin/sh", "sha256:" + "ab" * 32, False),
        OwnedFile("etc/sh.conf", "sha256:" + "cd" * 32, True),
    )


def test_a_header_without_digest_algorithm_means_md5() -> None:
    """Packages of before 2009."""
    tags = {
        name: value for name, value in FILES.items() if name not in ("digestalgo", "filestates")
    }

    assert Header(make.package("a", **tags)).files()[0].digest == "md5:" + "ab" * 32


def test_names_of_any_bytes_are_kept_apart() -> None:
    """Names that are not UTF-8 are decoded reversibly."""
    blob = make.package("a", basenames=["b"], dirnames=["/e/"], dirindexes=[0])
    blob = blob.replace(b"/e/\0", b"/\xe9/\0")

    assert Header(blob).files()[0].path == "\uf7e9/b"


def test_needs_are_read_once_each() -> None:
    """Versions stand in other tags."""
    assert Header(SAMPLE).requires() == ("libc", "/etc/x")
    assert Header(SAMPLE).provides() == ("shell", "/bin/sh")


def test_the_last_of_two_tags_counts() -> None:
    """What the installation added overrides the package's own."""
    blob = bytearray(make.package("a"))
    count = struct.unpack_from(">I", blob)[0]
    extra = struct.pack(">4I", 1000, 6, struct.unpack_from(">I", blob, 4)[0], 1)
    index_end = 8 + 16 * count
    blob[index_end:index_end] = extra
    blob += b"renamed\0"
    struct.pack_into(">II", blob, 0, count + 1, len(blob) - 8 - 16 * (count + 1))

    assert Header(bytes(blob)).record().name == "renamed"


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        bytes(8),
        b"\xff" * 8,
        b"\xff" * 100,
        struct.pack(">II", 1, 100),
        SAMPLE[:-1],
        SAMPLE[:40],
    ],
)
def test_counts_that_do_not_fit_are_refused(blob: bytes) -> None:
    """Nothing is allocated by a count that the blob claims."""
    with pytest.raises(FormatError):
        Header(blob)


@pytest.mark.parametrize(
    "tags", [{"name": ""}, {"name": "a b"}, {"version": "\x1b[2J"}, {"arch": "x y"}]
)
def test_a_header_without_name_or_version_is_refused(tags: dict[str, str]) -> None:
    """It is never an empty package."""
    fields = {"name": "a", "version": "1", "release": "1", "arch": "x", **tags}
    with pytest.raises(FormatError):
        Header(make.header(**fields)).record()


@pytest.mark.parametrize(
    "change",
    [
        {"dirindexes": [0, 1, 1, 9]},
        {"dirindexes": [0]},
        {"dirnames": []},
        {"digests": ["ab"]},
        {"modes": [1]},
        {"flags": [1]},
        {"filestates": [0]},
    ],
)
def test_file_arrays_that_do_not_fit_each_other_are_refused(change: dict[str, list[int]]) -> None:
    """The package's name is still readable."""
    header = Header(make.package("a", **{**FILES, **change}))

    assert header.record().name == "a"
    with pytest.raises(FormatError):
        header.files()


def test_a_count_beyond_its_array_is_refused() -> None:
    """An array ends where the next entry begins, whatever its count says."""
    blob = bytearray(SAMPLE)
    at = next(at for at in range(8, len(blob), 16) if blob[at : at + 4] == struct.pack(">I", 1117))
    blob[at + 12 : at + 16] = b"\x7f\xff\xff\xff"
    with pytest.raises(FormatError):
        Header(bytes(blob)).files()


def test_two_long_arrays_do_not_multiply() -> None:
    """One long folder name with very many files is refused before it is built."""
    count = 20_000
    blob = make.package(
        "a", basenames=[""] * count, dirnames=["/" + "x" * 4000], dirindexes=[0] * count
    )
    with pytest.raises(LimitExceeded):
        Header(blob).files()


def test_tags_and_items_are_bounded() -> None:
    """A blob that is all index, or one endless array, is refused before it is unpacked."""
    with pytest.raises(LimitExceeded):
        Header(struct.pack(">II", 65_537, 16) + bytes(16 * 65_538))
    many = make.package("a", flags=[0] * 250_001, basenames=["x"] * 250_001)
    with pytest.raises(LimitExceeded):
        Header(many).integers(1037)
    with pytest.raises(LimitExceeded):
        Header(many).files()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a-1-2.src.rpm", ("a", "1-2")),
        ("a-b-1-2.nosrc.rpm", ("a-b", "1-2")),
        ("", ("", "")),
        ("(none)", ("", "")),
        ("a.src.rpm", ("", "")),
        ("-1-2.src.rpm", ("", "")),
    ],
)
def test_names_of_source_packages(name: str, expected: tuple[str, str]) -> None:
    """What is no file name of a source package names none."""
    assert split_source_rpm(name) == expected


@given(damaged([SAMPLE]))
def test_any_bytes_are_read_or_refused(blob: bytes) -> None:
    """Only FormatError escapes any of the questions."""
    try:
        header = Header(blob)
    except FormatError:
        return
    for ask in (header.record, header.files, header.requires, header.provides):
        try:
            ask()
        except FormatError:
            continue


def test_a_published_header_is_read(shared: Path) -> None:
    """A real header of Fedora 34."""
    header = Header((shared / "fixtures/rpmdb/header/package.header").read_bytes())

    assert header.record().name == "crypto-policies"
    assert header.record().evr == "20210213-1.git5c710c0.fc34"
    assert len(header.files()) > 100
