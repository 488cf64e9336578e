import hashlib
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.packages import apk
from pratique.formats.packages.apk import ApkRecord, parse_installed
from pratique.formats.packages.damaged import CUT, Damaged
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import OwnedFile
from tests.makers.mutation import damaged
from tests.makers.os_packages import apk_record

SHA1 = hashlib.sha1(b"x").digest()
SAMPLE = b"".join(
    (
        apk_record("musl", "1.2.4-r3", {"lib/libc.so": SHA1}, L="MIT", p="so:libc.musl.so.1=1"),
        apk_record("sh", "1-r0", {"bin/sh": SHA1, "etc/sh.conf": SHA1}, o="shell", D="so:libc.musl.so.1>=1 !x /bin/y a~1 b@edge"),
    )
)  # fmt: skip


def readable(content: bytes) -> list[ApkRecord]:
    return [item for item in parse_installed(content) if isinstance(item, ApkRecord)]


def test_origin_licence_and_relations_are_read() -> None:
    """Versions and tags of relations are cut off, conflicts left out."""
    musl, shell = readable(SAMPLE)

    assert (musl.name, musl.version, musl.arch, musl.origin) == (
        "musl", "1.2.4-r3", "x86_64", "musl",
    )  # fmt: skip
    assert (musl.licence, musl.provides) == ("MIT", ("so:libc.musl.so.1",))
    assert shell.origin == "shell"
    assert shell.depends == ("so:libc.musl.so.1", "/bin/y", "a", "b")


def test_files_have_their_folder_and_checksum() -> None:
    """Q1 is sha1 in base64, Q2 sha256; what is under etc is configuration."""
    _, shell = readable(SAMPLE)
    sha256 = hashlib.sha256(b"x").digest()
    import base64

    modern = (
        b"P:a\nV:1\nF:\nR:top\nF:usr\nR:b\nZ:Q2" + base64.b64encode(sha256) + b"\nR:c\nZ:??\n\n"
    )

    assert shell.files == (
        OwnedFile("bin/sh", f"sha1:{SHA1.hex()}", False),
        OwnedFile("etc/sh.conf", f"sha1:{SHA1.hex()}", True),
    )
    assert [(file.path, file.digest) for file in readable(modern)[0].files] == [
        ("top", ""), ("usr/b", f"sha256:{sha256.hex()}"), ("usr/c", ""),
    ]  # fmt: skip


def test_files_can_be_left_out() -> None:
    """The packages stay the same."""
    bare = [r for r in parse_installed(SAMPLE, files=False) if isinstance(r, ApkRecord)]

    assert [(r.name, r.version, r.files) for r in bare] == [("musl", "1.2.4-r3", ()), ("sh", "1-r0", ())]  # fmt: skip


@pytest.mark.parametrize("bad", [b"V:1\n\n", b"P:a\n\n", b"P:a b\nV:1\n\n", b"P:a\nV:1 2\n\n", b"F:x\nR:y\n\n"])  # fmt: skip
def test_a_damaged_record_is_told_and_costs_itself_alone(bad: bytes) -> None:
    """The records around it stand."""
    found = list(parse_installed(apk_record("one") + bad + apk_record("two")))

    assert [type(item) for item in found] == [ApkRecord, Damaged, ApkRecord]


def test_the_last_record_needs_no_empty_line() -> None:
    """A file cut behind a whole line still yields its last package; cut inside one, it is told."""
    assert [record.name for record in readable(SAMPLE[:-1])] == ["musl", "sh"]
    assert list(parse_installed(SAMPLE[:-2]))[-1] == CUT


def test_records_files_and_paths_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long folder name with many files cannot blow up."""
    long = b"P:a\nV:1\nF:" + b"x" * 4000 + b"\n" + b"R:y\n" * 20_000 + b"\n"
    with pytest.raises(LimitExceeded):
        list(parse_installed(long))
    with pytest.raises(LimitExceeded):
        list(parse_installed(SAMPLE, limits=Limits(packages=1)))
    with pytest.raises(LimitExceeded):
        list(parse_installed(SAMPLE, limits=Limits(owned_files=2)))
    assert apk.PATHS_BYTES <= 64 << 20


@given(damaged([SAMPLE]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes, and no package has a version that is no word."""
    try:
        assert all(record.version.isprintable() for record in readable(content))
    except FormatError:
        pass


def test_a_published_database_is_read_whole(shared: Path) -> None:
    """Every ``P:`` line is a package with its version and its files."""
    content = (shared / "fixtures/apk/installed").read_bytes()
    records = readable(content)

    assert [r.name for r in records] == [
        line[2:] for line in content.decode().splitlines() if line.startswith("P:")
    ]
    assert [r.version for r in records] == [
        line[2:] for line in content.decode().splitlines() if line.startswith("V:")
    ]
    assert sum(len(r.files) for r in records) == content.count(b"\nR:")
