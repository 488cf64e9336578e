"""A bundle brings shards over whole and checked, or not at all."""

import io
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.advisories.database import Database
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, StorageError, UsageError
from pratique.pipelines import shard_files
from pratique.pipelines.carry_db import export_bundle, import_bundle
from tests.makers.shards import NOW, OSV, advisory, write_shard

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
Members = dict[str, bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "from"
    write_shard(place, "Debian", [(OSV, [advisory("CVE-1")])])
    write_shard(place, "Red Hat", [(OSV, [advisory("RHSA-1", ecosystem="Red Hat:x")])])
    return place


@pytest.fixture
def bundle(folder: Path, tmp_path: Path) -> Path:
    file = tmp_path / "b.tar.zst"
    export_bundle(folder, file, WHEN)
    return file


def opened(file: Path) -> Members:
    raw = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(file.read_bytes())).read()
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        return {m.name: (archive.extractfile(m) or io.BytesIO()).read() for m in archive}


def packed(members: Members, file: Path, kind: bytes = tarfile.REGTYPE) -> Path:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content) if kind == tarfile.REGTYPE else 0
            member.type = tarfile.REGTYPE if name == "manifest.json" else kind
            member.size = len(content) if member.type == tarfile.REGTYPE else 0
            member.linkname = "/etc/passwd" if member.type != tarfile.REGTYPE else ""
            archive.addfile(member, io.BytesIO(content))
    file.write_bytes(zstandard.compress(out.getvalue()))
    return file


def test_shards_come_over(folder: Path, bundle: Path, tmp_path: Path) -> None:
    """Byte for byte; their age is that of their content."""
    to = tmp_path / "to"

    carried = import_bundle(bundle, to)

    assert [c.shard for c in carried] == ["Debian", "Red Hat"]
    for name in ("Debian.sqlite", "Red%20Hat.sqlite"):
        assert (to / name).read_bytes() == (folder / name).read_bytes()
    assert shard_files.checked(to, "Debian") == datetime.fromisoformat(NOW).timestamp()
    with Database(to) as database:
        assert len(database.candidates("Debian:12", "openssl")) == 1


def test_equal_shards_make_equal_bundles(folder: Path, bundle: Path, tmp_path: Path) -> None:
    """Nothing of the machine or the moment gets in."""
    again = tmp_path / "again.tar.zst"
    export_bundle(folder, again, WHEN)

    assert again.read_bytes() == bundle.read_bytes()


def test_some_shards_can_be_chosen(folder: Path, tmp_path: Path) -> None:
    """Naming one that is not there is a usage error, as is exporting nothing."""
    file = tmp_path / "some.tar.zst"

    assert [c.shard for c in export_bundle(folder, file, WHEN, ["Red Hat"])] == ["Red Hat"]
    with pytest.raises(UsageError):
        export_bundle(folder, file, WHEN, ["Fedora"])
    with pytest.raises(UsageError):
        export_bundle(tmp_path / "empty", file, WHEN)


def test_a_bundle_appears_whole_or_not(folder: Path, tmp_path: Path) -> None:
    """A place that cannot be written is a StorageError; nothing half-written stays."""
    with pytest.raises(StorageError):
        export_bundle(folder, tmp_path / "absent" / "b.tar.zst", WHEN)
    (tmp_path / "taken").mkdir()
    with pytest.raises(StorageError):
        export_bundle(folder, tmp_path / "taken", WHEN)
    assert not list(tmp_path.glob(".taken.*"))


def test_what_a_killed_import_left_is_swept(bundle: Path, tmp_path: Path) -> None:
    """It may be as large as all shards, and nobody else would look for it."""
    place = tmp_path / "there"
    left = place / ".import-abcdefgh"
    left.mkdir(parents=True)
    (left / "Debian.sqlite").write_bytes(bytes(100))
    import_bundle(bundle, place)
    assert [one.name for one in place.glob(".import*")] == [".import.lock"]


def changed_manifest(change: Callable[[dict[str, object]], None]) -> Callable[[Members], Members]:
    def apply(members: Members) -> Members:
        manifest = msgspec.json.decode(members["manifest.json"])
        change(manifest)
        return {**members, "manifest.json": msgspec.json.encode(manifest)}

    return apply


def escape(manifest: dict[str, object]) -> None:
    shards = manifest["shards"]
    shards[0] |= {"file": "../escaped.sqlite", "shard": "../escaped"}  # type: ignore[index]


def renamed(manifest: dict[str, object]) -> None:
    shards = manifest["shards"]
    shards[0] |= {"file": "Alpine.sqlite", "shard": "Alpine"}  # type: ignore[index]


def twice(manifest: dict[str, object]) -> None:
    shards = manifest["shards"]
    shards.append(shards[0])  # type: ignore[attr-defined, index]


BAD: dict[str, Callable[[Members], Members]] = {
    "no manifest": lambda m: {k: v for k, v in m.items() if k != "manifest.json"},
    "manifest not first": lambda m: dict(reversed(m.items())),
    "manifest no JSON": lambda m: {**m, "manifest.json": b"{"},
    "other kind": changed_manifest(lambda m: m.update(kind="x")),
    "other schema": changed_manifest(lambda m: m.update(schema=999)),
    "path out of the folder": changed_manifest(escape),
    "shard under another name": lambda m: {
        ("Alpine.sqlite" if k == "Debian.sqlite" else k): v
        for k, v in changed_manifest(renamed)(m).items()
    },
    "named twice": changed_manifest(twice),
    "a shard missing": lambda m: {k: v for k, v in m.items() if k != "Debian.sqlite"},
    "a member too many": lambda m: {**m, "../../evil": b"x"},
    "a flipped byte": lambda m: {**m, "Red%20Hat.sqlite": m["Red%20Hat.sqlite"][:-1] + b"\x01"},
    "a cut shard": lambda m: {**m, "Red%20Hat.sqlite": m["Red%20Hat.sqlite"][:-4096]},
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD.keys())
def test_a_bad_bundle_changes_nothing(
    bundle: Path, tmp_path: Path, spoil: Callable[[Members], Members]
) -> None:
    """Everything is verified before the first shard is swapped, and no name becomes a path."""
    to = tmp_path / "deep" / "to"
    write_shard(to, "Debian", [(OSV, [advisory("CVE-OLD")])])
    before = (to / "Debian.sqlite").read_bytes()
    bad = packed(spoil(opened(bundle)), tmp_path / "bad.tar.zst")

    with pytest.raises(FormatError):
        import_bundle(bad, to)

    assert sorted(entry.name for entry in to.iterdir()) == [".import.lock", "Debian.sqlite"]
    assert (to / "Debian.sqlite").read_bytes() == before
    assert [entry.name for entry in (tmp_path / "deep").iterdir()] == ["to"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_links_are_refused(bundle: Path, tmp_path: Path, kind: bytes) -> None:
    """Only plain files come out of a bundle."""
    bad = packed(opened(bundle), tmp_path / "bad.tar.zst", kind)

    with pytest.raises(FormatError):
        import_bundle(bad, tmp_path / "to")


def test_a_shard_of_another_layout_or_with_a_trigger_is_refused(tmp_path: Path) -> None:
    """What a bundle holds is read like any foreign file."""
    place = tmp_path / "from"
    path = write_shard(place, "Debian", [(OSV, [advisory("CVE-1")])])
    file = tmp_path / "b.tar.zst"
    export_bundle(place, file, WHEN)
    members = opened(file)
    path.write_bytes(b"SQLite format 3\0" + bytes(len(members["Debian.sqlite"]) - 16))
    import hashlib

    members["Debian.sqlite"] = path.read_bytes()
    digest = hashlib.sha256(members["Debian.sqlite"]).hexdigest()
    spoil = changed_manifest(lambda m: m["shards"][0].update(sha256=digest))  # type: ignore[index]

    with pytest.raises(FormatError, match="bad shard"):
        import_bundle(packed(spoil(members), file), tmp_path / "to")


def test_bounds_hold(bundle: Path, tmp_path: Path) -> None:
    """A shard larger than the limit is not unpacked."""
    with pytest.raises(FormatError):
        import_bundle(bundle, tmp_path / "to", Limits(feed_bytes=1000))


def test_a_bundle_that_cannot_be_opened(tmp_path: Path) -> None:
    """Absent, or on a disk that fails, is a usage error; a folder that cannot be written a StorageError."""
    with pytest.raises(UsageError, match="cannot read /proc/self/mem: Input/output error"):
        import_bundle(Path("/proc/self/mem"), tmp_path)
    with pytest.raises(UsageError):
        import_bundle(tmp_path / "absent", tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        import_bundle(tmp_path / "file", tmp_path / "file" / "to")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=4), st.booleans())
def test_only_our_errors_escape(
    bundle: Path, tmp_path: Path, at: int, patch: bytes, cut: bool
) -> None:
    """A bundle damaged anywhere is refused, or was not damaged where it matters."""
    raw = bytearray(bundle.read_bytes())
    at %= len(raw)
    raw[at : at + len(patch)] = patch
    damaged = tmp_path / "damaged.tar.zst"
    damaged.write_bytes(raw[:at] if cut else raw)
    try:
        import_bundle(damaged, tmp_path / "to")
    except FormatError:
        pass
