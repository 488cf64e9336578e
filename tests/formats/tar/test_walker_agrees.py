"""The walker agrees with the standard library and GNU tar, and damage never escapes as a bug."""

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.model.errors import FormatError
from pratique.model.layer import EntryKind
from tests.formats.tar.test_walker import walk
from tests.makers import layer as make

NAMES = st.text(st.sampled_from("abcé/. \N{SNOWMAN}"), min_size=1, max_size=12).map(
    lambda name: name.strip("/") or "x"
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, st.binary(max_size=700), st.sampled_from("fdsl"), st.integers(0, 1 << 36)),
        max_size=8,
    ),
    st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.integers(0, 300),
)
def test_agrees_with_the_standard_library(
    members: list[tuple[str, bytes, str, int]], form: int, longer: int
) -> None:
    """On every sound archive that tarfile writes: names, kinds, sizes, owners, times, bytes."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as tar:
        for name, content, kind, number in members:
            info = tarfile.TarInfo(name + "n" * (longer if form != tarfile.USTAR_FORMAT else 0))
            small = form == tarfile.USTAR_FORMAT
            info.uid = number % (1 << 20) if small else number
            info.mtime = number % (1 << 32) if small else number
            info.mode = number & 0o7777
            info.type = {"f": b"0", "d": b"5", "s": b"2", "l": b"1"}[kind]
            info.linkname = "target" + "t" * (longer if not small else 0) if kind in "sl" else ""
            info.size = len(content) if kind == "f" else 0
            tar.addfile(info, io.BytesIO(content))
    entries, bodies, _ = walk(buffer.getvalue())
    expected = []
    buffer.seek(0)
    with tarfile.open(fileobj=buffer) as tar:
        for info in tar:
            file = tar.extractfile(info) if info.isreg() else None
            body = file.read() if file else b""
            path = "/".join(_clean(info.name))
            if path and not path.rpartition("/")[2].startswith(".wh."):
                expected.append((path, info.uid, int(info.mtime), info.mode, info.linkname, body))
    found = [
        (e.path, e.uid, e.mtime_s, e.mode, e.link, body)
        for e, body in zip(entries, bodies, strict=True)
    ]
    assert found == expected


def _clean(name: str) -> list[str]:
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return parts


@pytest.mark.parametrize("form", ["v7", "ustar", "gnu", "oldgnu", "posix"])
def test_agrees_with_gnu_tar(form: str, tmp_path: Path) -> None:
    """On a folder with long names, links and a sparse file, written by GNU tar itself."""
    if not shutil.which("tar"):
        pytest.skip("needs tar")
    root = tmp_path / "root"
    (root / "sub" / ("n" * 60)).mkdir(parents=True)
    (root / "sub" / ("n" * 60) / ("f" * (20 if form == "v7" else 130))).write_bytes(b"long")
    (root / "link").symlink_to("sub/x")
    (root / "hard").write_bytes(b"hard")
    (root / "hard2").hardlink_to(root / "hard")
    if form not in ("v7", "ustar"):
        with (root / "sparse").open("wb") as file:
            file.seek(1 << 20)
            file.write(b"in the middle")
            file.truncate(3 << 20)
    if form == "ustar":
        shutil.move(next((root / "sub").glob("n*/f*")), root / "sub" / ("n" * 60) / "f")
    archive = tmp_path / "x.tar"
    sparse = [] if form in ("v7", "ustar") else ["-S"]
    subprocess.run(
        ["tar", "-cf", archive, f"--format={form}", *sparse, "-C", root, "."], check=True
    )
    entries, bodies, walker = walk(archive.read_bytes())
    assert not walker.oddities
    files = {str(p.relative_to(root)) for p in root.rglob("*")}
    assert {e.path for e in entries} == files
    for entry, body in zip(entries, bodies, strict=True):
        if entry.kind is EntryKind.FILE:
            assert body == (root / entry.path).read_bytes()
            assert entry.size_bytes == len(body)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_archives_fail_cleanly(data: st.DataObject) -> None:
    """Bytes changed, cut or inserted: only ``FormatError`` comes out, and the walk ends."""
    parts = [
        make.file("f", b"x" * 600),
        make.pax([(b"path", b"p/q"), (b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0")]),
        make.file("g", b"2\n0\n1\n5\n1\n"),
        make.long_name(b"l" * 200),
        make.header(b"s", kind=b"S", magic=b"ustar  \0", size=512) + bytes(512),
        make.symlink("s", "t"),
    ]
    archive = bytearray(make.tar(*data.draw(st.permutations(parts))))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    for start in range(0, len(archive) - 511, 512):
        block = archive[start : start + 512]
        if data.draw(st.booleans()):  # make the checksum right again, to get further in
            block[148:156] = b" " * 8
            archive[start + 148 : start + 156] = b"%06o\0 " % sum(block)
    try:
        walk(bytes(archive))
    except FormatError:
        pass
