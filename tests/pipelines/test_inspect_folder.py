"""A root file system on the host is read without leaving it."""

import errno
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pratique.kit.limits import DEFAULT
from pratique.model.layer import EntryKind
from pratique.model.units import LayerUnit, Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.layer_units import LayerUnits
from pratique.sources.interface import TargetNotFound
from pratique.tamper import polyglot_archive

OS = [Patterns(paths=("etc/os-release", "var/lib/dpkg/status"), names=("keep",), max_bytes=100)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "os-release").write_bytes(b"ID=x")
    return root


def test_files_directories_links_and_pipes(root: Path) -> None:
    """Everything is listed with its metadata; wanted files are kept."""
    (root / "etc" / "link").symlink_to("os-release")
    os.mkfifo(root / "pipe")
    (root / "caf\udce9").write_bytes(b"")
    found = inspect_folder(root, OS)
    kinds = {entry.path: entry.kind for entry in found.facts[0].entries}
    assert kinds == {
        "etc": EntryKind.DIRECTORY,
        "etc/os-release": EntryKind.FILE,
        "etc/link": EntryKind.SYMLINK,
        "pipe": EntryKind.FIFO,
        "caf\uf7e9": EntryKind.FILE,
    }
    assert found.tree.read("etc/os-release") == found.tree.read("etc/link") == b"ID=x"
    assert found.tree.layer_of("etc/os-release") is None
    assert found.unknowns == ()


def test_links_stay_inside(root: Path, tmp_path: Path) -> None:
    """A link out of the folder leads to the same path inside it, or nowhere."""
    (tmp_path / "secret").write_bytes(b"host")
    (root / "etc" / "os-release").unlink()
    (root / "etc" / "os-release").symlink_to(tmp_path / "secret")
    (root / "var").symlink_to(tmp_path)
    (tmp_path / "keep").write_bytes(b"host")
    found = inspect_folder(root, OS)
    assert found.tree.get("etc/os-release") is None
    assert list(found.tree.matching(OS[0])) == []


def test_what_a_link_leads_to_is_read(root: Path) -> None:
    """Inside the folder: by an absolute link, and through a linked directory."""
    (root / "usr").mkdir()
    (root / "usr" / "status").write_bytes(b"db")
    (root / "var" / "lib").mkdir(parents=True)
    (root / "var" / "lib" / "dpkg").symlink_to("/usr")
    found = inspect_folder(root, OS)
    assert found.tree.read("var/lib/dpkg/status") == b"db"


def test_too_large_is_said(root: Path) -> None:
    """A wanted file over its limit is a blocking Unknown."""
    (root / "keep").write_bytes(bytes(101))
    (unknown,) = inspect_folder(root, OS).unknowns
    assert (unknown.location, unknown.weight) == ("keep", Weight.BLOCKING)


def test_numbers_that_many_files_have_are_kept_once(root: Path) -> None:
    """A host has 700,000 files and a few thousand times and sizes: each took 30 bytes."""
    for name in ("one", "two"):
        (root / name).write_bytes(b"x" * 5000)
        os.utime(root / name, (1_700_000_000, 1_700_000_000))
    one, two = (e for e in inspect_folder(root, OS).facts[0].entries if e.path in ("one", "two"))
    assert one.mtime_s is two.mtime_s
    assert one.size_bytes is two.size_bytes
    assert one.mode is two.mode


def test_entries_are_bounded(root: Path) -> None:
    """More than the limit: blocking, and what was listed stands."""
    found = inspect_folder(root, OS, msgspec.structs.replace(DEFAULT, entries=1))
    assert [u.weight for u in found.unknowns] == [Weight.BLOCKING]
    assert found.tree.get("etc") is not None


def test_tamper_signs_of_single_files_are_told(root: Path) -> None:
    """Also where the file shows no package: a picture that is an archive as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a", b"x")
    (root / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + archive.getvalue())
    found = inspect_folder(root, [], units=LayerUnits([polyglot_archive]))
    assert [len(facts.signs) for facts in found.facts[0].found] == [1]


class _Damaged(LayerUnits):
    """Units on a disk that fails, or files that became a folder or a pipe since they were listed."""

    def wanting(self, path: str, head: Callable[[int], bytes]) -> tuple[LayerUnit, ...]:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))


def test_a_file_that_cannot_be_read_after_all_is_said(root: Path) -> None:
    """It may be replaced between the look at its kind and the look at its bytes."""
    (unknown,) = inspect_folder(root, [], units=_Damaged([polyglot_archive])).unknowns
    assert unknown.location == "etc/os-release"
    assert unknown.reason == "cannot be read: Is a directory"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_another_mount_is_said() -> None:
    """A file system mounted below is an entry and an Unknown, and is not walked into."""
    outer = next(
        (p for p in (Path("/sys/fs"), Path("/dev"), Path("/sys")) if _mounts_below(p)), None
    )
    if outer is None:
        pytest.skip("needs a mount inside a small mount")
    found = inspect_folder(outer, [])
    names = {u.location for u in found.unknowns if "mounted here" in u.reason}
    assert names & _mounts_below(outer)
    assert not any(e.path.startswith(f"{name}/") for e in found.facts[0].entries for name in names)


def _mounts_below(folder: Path) -> set[str]:
    device = folder.stat().st_dev if folder.is_dir() else 0
    inside = folder.iterdir() if folder.is_dir() else iter(())
    return {
        p.name for p in inside if p.is_dir() and not p.is_symlink() and p.stat().st_dev != device
    }


def test_deep_folders_end(root: Path) -> None:
    """Depth is bounded, and said."""
    tight = msgspec.structs.replace(DEFAULT, path_depth=3)
    (root / "a" / "b" / "c" / "d" / "e").mkdir(parents=True)
    assert any("too deep" in u.reason for u in inspect_folder(root, OS, tight).unknowns)


def test_what_is_no_folder_is_refused(root: Path) -> None:
    """Absent, or a file."""
    for path in (root / "absent", root / "etc" / "os-release"):
        with pytest.raises(TargetNotFound):
            inspect_folder(path, OS)


def test_no_descriptor_is_left_open(root: Path) -> None:
    """Whatever was met on the way."""
    (root / "a" / "b").mkdir(parents=True)
    before = len(list(Path("/proc/self/fd").iterdir()))
    inspect_folder(root, OS)
    inspect_folder(root, OS, msgspec.structs.replace(DEFAULT, entries=1))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
