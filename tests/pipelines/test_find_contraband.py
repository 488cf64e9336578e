"""
Secrets are found in every layer, deleted or not, and their values stand nowhere.

Law: the finding of a deleted file names the layer that hides it; its id survives a rebuild; a layer
that holds a secret is not cached.
"""

import zlib
from pathlib import Path

import msgspec
import pytest

from pratique.kit.cache import LayerCache
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.spot import Scanner
from pratique.model.units import Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.find_contraband import find_contraband
from pratique.pipelines.fingerprint_key import FILE, fingerprint_key
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.scan_contents import Contents
from tests.makers import layer as make
from tests.makers.spotter import Spotter

BASE = make.tar(
    make.folder("app"),
    make.file("app/kept.txt", b"treasure one"),
    make.file("app/gone.txt", b"\ntreasure two\ntreasure three"),
    make.file("srv/replaced", b"treasure four"),
    make.file("opt/deep/below", b"treasure five"),
)
UPPER = make.tar(
    make.whiteout("app/gone.txt"),
    make.file("srv/replaced", b"sand"),
    make.folder("opt"),
    make.file("opt/.wh..wh..opq", b""),
    make.file("app/again.txt", b"treasure one"),
)
KEY = ContentSettings(scanners=frozenset({Scanner.SECRET}), fingerprint_key="org")


def inspected(
    image: Image, blobs: make.FakeBlobs, cache: LayerCache | None = None, **how: object
) -> Inspected:
    settings = InspectSettings(contents=Contents([Spotter()]), **how)  # type: ignore[arg-type]
    return inspect_image(
        image, blobs, patterns=(), units_version="1", cache=cache, settings=settings
    )


def found(settings: ContentSettings = KEY, *layers: bytes, **how: object) -> list[Finding]:
    blobs = make.FakeBlobs()
    image = make.image(blobs, *(layers or (BASE, UPPER)))
    seen = inspected(image, blobs, **how)
    return list(find_contraband(image, seen, Contents([Spotter()]), settings).findings)


def unpacked(folder: Path) -> bytes:
    """Return all that a cache holds, as it was before it was packed."""
    files = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return b"".join(zlib.decompressobj().decompress(one[one.index(b"x\x01") :]) for one in files)


def test_every_layer_is_looked_at_and_says_what_hides_it() -> None:
    """Deleted, replaced and opaque alike; what stands is hidden by nothing."""
    hidden = {one.id: one.hidden_by and one.hidden_by.index for one in found(in_process=True)}
    assert hidden == {
        "secret:buried-treasure:app/again.txt": None,
        "secret:buried-treasure:app/gone.txt": 1,
        "secret:buried-treasure:app/gone.txt#2": 1,
        "secret:buried-treasure:app/kept.txt": None,
        "secret:buried-treasure:opt/deep/below": 1,
        "secret:buried-treasure:srv/replaced": 1,
    }


def test_what_comes_back_stands() -> None:
    """A file that a layer deletes and the next one brings again is one finding, and not hidden."""
    kept = make.tar(make.file("app/key", b"treasure"))
    (one,) = found(KEY, kept, make.tar(make.whiteout("app/key")), kept, in_process=True)
    assert one.hidden_by is None
    assert one.layer is not None
    assert one.layer.index == 0
    assert "hides" not in one.description


def test_workers_find_what_this_process_finds() -> None:
    """The confined worker is prepared before it is confined."""
    assert found(workers=2) == found(in_process=True)


def test_fingerprints_tell_equal_values_under_one_key_only() -> None:
    """Two places of one value have one fingerprint; another key gives another."""
    mine = {one.location: one.fingerprint for one in found(in_process=True)}
    assert mine["app/again.txt"] == mine["app/kept.txt"] != mine["srv/replaced"]
    other = msgspec.structs.replace(KEY, fingerprint_key="another")
    theirs = {one.location: one.fingerprint for one in found(other, in_process=True)}
    assert not set(mine.values()) & set(theirs.values())
    assert {one.id for one in found(in_process=True)} == {
        one.id for one in found(other, in_process=True)
    }


def test_an_id_survives_other_lines_and_layers() -> None:
    """A rebuild moves lines and changes every digest."""
    moved = make.tar(make.file("new", b"x"), make.file("app/kept.txt", b"\n\n treasure one"))
    (one,) = found(KEY, moved, in_process=True)
    assert one.id == "secret:buried-treasure:app/kept.txt"
    assert one.line == 3


def test_a_layer_with_a_secret_is_not_cached(tmp_path: Path) -> None:
    """Neither value, hash nor fingerprint is found in the cache; the next run sees the same."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE, make.tar(make.file("etc/motd", b"sand")))
    cache = LayerCache(tmp_path)
    spotters = Contents([Spotter()])
    once = inspected(image, blobs, cache, in_process=True)
    first = find_contraband(image, once, spotters, KEY).findings
    stored = unpacked(tmp_path)
    assert b"etc/motd" in stored, "the clean layer is cached"
    assert b"treasure" not in stored
    for one in first:
        assert one.fingerprint.encode() not in stored
    twice = inspected(image, blobs, cache, in_process=True)
    assert find_contraband(image, twice, spotters, KEY).findings == first


def test_password_hashes_are_not_cached(tmp_path: Path) -> None:
    """A check may want the file kept; a base image's own, without any hash, may be cached."""
    blobs = make.FakeBlobs()
    shadow = b"root:$6$salt$" + b"h" * 86 + b":1::::::"
    image = make.image(
        blobs,
        make.tar(make.file("etc/shadow", b"root:*:1::::::")),
        make.tar(make.file("etc/shadow", shadow)),
    )
    wanted = [Patterns(paths=("etc/shadow",))]
    cache = LayerCache(tmp_path)
    here = InspectSettings(in_process=True)
    inspect_image(image, blobs, patterns=wanted, units_version="1", cache=cache, settings=here)
    stored = unpacked(tmp_path)
    assert b"root:*" in stored
    assert b"salt" not in stored


def test_an_installation_makes_one_key(tmp_path: Path) -> None:
    """It is kept, readable by its user only; a damaged one is told."""
    folder = tmp_path / "data"
    key = fingerprint_key("", folder)
    assert fingerprint_key("", folder) == key
    assert (folder / FILE).stat().st_mode & 0o077 == 0
    (folder / FILE).write_bytes(b"short")
    with pytest.raises(Exception, match="holds no key"):
        fingerprint_key("", folder)
    assert [p.name for p in folder.iterdir()] == [FILE]


def test_no_key_is_no_reason_to_hide_a_secret(tmp_path: Path) -> None:
    """A folder that cannot be made leaves the finding without its fingerprint."""
    (tmp_path / "file").write_text("")
    settings = msgspec.structs.replace(KEY, fingerprint_key="", data_folder=tmp_path / "file")
    assert {one.fingerprint for one in found(settings, in_process=True)} == {""}


def test_what_a_user_asked_for_and_is_not_looked_for_is_told() -> None:
    """A rule of one's own that is left out is no silence; many are counted."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE)
    seen = inspected(image, blobs)
    problems = [f"rule {number} has no regex: left out" for number in range(23)]
    told = find_contraband(image, seen, Contents([Spotter()], problems=problems), KEY).unknowns

    assert [one.reason for one in told] == [
        *problems[:20],
        "3 more rules or settings of your own are not honoured",
    ]
    assert {one.weight for one in told} == {Weight.COVERAGE}
