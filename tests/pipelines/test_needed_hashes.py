"""SHA-1 is left out of what nothing of the image can record by it, and of nothing else."""

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.formats.packages import database_paths
from pratique.kit.cache import LayerCache
from pratique.model.layer import Hashes
from pratique.model.units import Patterns
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.pipelines.needed_hashes import DEBIAN, lacks_sha1, may_record_sha1
from tests.makers import layer as make

PROGRAM = b"\x7fELF and more"
HASHES = Hashes(hashlib.sha1(PROGRAM).hexdigest(), hashlib.md5(PROGRAM).hexdigest())
SHORT = Hashes("", HASHES.md5)
PATTERNS = [Patterns(paths=(DEBIAN, *database_paths.APK, *database_paths.RPM))]
HERE = InspectSettings(in_process=True, hash_programs=True)
DEBIANS = make.tar(make.file(DEBIAN, b"12.5\n"), make.file("usr/bin/ls", PROGRAM, mode=0o755))
OTHER = make.tar(make.file("usr/bin/id", PROGRAM + b".", mode=0o755))


def inspect(
    *tars: bytes, settings: InspectSettings = HERE, cache: LayerCache | None = None
) -> Inspected:
    blobs = make.FakeBlobs()
    image = make.image(blobs, *tars)
    return inspect_image(
        image, blobs, patterns=PATTERNS, units_version="1", settings=settings, cache=cache
    )


def of_the_base(found: Inspected) -> Hashes:
    node = found.tree.get("usr/bin/ls")
    assert node is not None
    assert node.entry.content == hashlib.sha256(PROGRAM).hexdigest()
    return found.facts[0].hashes[node.entry.content]


def test_a_debian_layer_has_no_sha1() -> None:
    """Layers that do not say what they are have all three."""
    found = inspect(DEBIANS, OTHER)
    assert of_the_base(found) == SHORT
    assert [lacks_sha1(facts) for facts in found.facts] == [True, False]
    assert not may_record_sha1(found.tree)


@pytest.mark.parametrize("path", [*database_paths.APK, *database_paths.RPM])
def test_a_database_of_another_kind_has_the_layer_read_again(path: str, tmp_path: Path) -> None:
    """Wherever that database lies, in this layer or above; a cache changes nothing."""
    database = make.tar(make.file(path, b"x"))
    both = make.tar(
        make.file(DEBIAN, b"12.5\n"),
        make.file("usr/bin/ls", PROGRAM, mode=0o755),
        make.file(path, b"x"),
    )
    cache = LayerCache(tmp_path)
    assert of_the_base(inspect(DEBIANS, cache=cache)) == SHORT
    for tars in ((DEBIANS, database), (both,), (both, OTHER)):
        for _ in range(2):
            assert of_the_base(inspect(*tars, cache=cache)) == HASHES
        assert of_the_base(inspect(*tars)) == HASHES


def test_what_a_link_leads_to_is_kept_with_it() -> None:
    """A layer that is read again for its hashes still brings what only the merge showed."""
    linked = make.tar(make.file("odd", b"a database"), make.symlink("lib/apk/db/installed", "/odd"))
    found = inspect(make.tar(make.file(DEBIAN, b"12\n")), DEBIANS, linked)
    assert found.facts[1].hashes == {hashlib.sha256(PROGRAM).hexdigest(): HASHES}
    assert found.tree.read("lib/apk/db/installed") == b"a database"


def test_all_are_there_for_who_asks() -> None:
    """As is done for units of third parties."""
    assert of_the_base(inspect(DEBIANS, settings=replace(HERE, every_hash=True))) == HASHES


def test_no_other_format_records_sha1() -> None:
    """Who reads a database that does must be told here."""
    folder = Path(database_paths.__file__).parent
    readers = {
        p.relative_to(folder).parts[0] for p in folder.rglob("*.py") if "sha1:" in p.read_text()
    }
    assert readers == {"apk.py", "rpmdb"}
