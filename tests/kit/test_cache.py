"""The cache gives back what was put, under its key only, and never makes a scan fail."""

import logging
import os
import resource
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.cache import LayerCache, LayerKey, units_key
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.selector import Selector
from pratique.model.digest import sha256_of
from pratique.model.layer import Entry, EntryKind, LayerFacts
from pratique.model.units import Patterns

CONTENT = b"Package: x\n" * 500
SHA256 = sha256_of(CONTENT).partition(":")[2]


def facts(number: int = 0, entries: int = 3) -> LayerFacts:
    return LayerFacts(
        blob=sha256_of(b"blob %d" % number),
        diff_id=sha256_of(b"tar %d" % number),
        blob_bytes=1,
        tar_bytes=2,
        entries=tuple(Entry(f"f{n}", EntryKind.FILE, content=SHA256) for n in range(entries)),
    )


def key(number: int = 0, units: str = "u") -> LayerKey:
    return LayerKey(facts(number).blob, facts(number).diff_id, units)


def store() -> KeptFiles:
    return KeptFiles(1 << 20, 1 << 20)


@pytest.fixture
def cache(tmp_path: Path) -> LayerCache:
    cache = LayerCache(tmp_path / "layers", max_bytes=1 << 20)
    kept = store()
    kept.add(SHA256, CONTENT)
    cache.put(facts(), "u", kept, [SHA256])
    return cache


def test_what_was_put_is_got(cache: LayerCache) -> None:
    """Facts and kept bytes, by another object on the same folder too."""
    kept = store()
    assert LayerCache(cache.folder).get(key(), kept, DEFAULT) == facts()
    assert kept.get(SHA256) == CONTENT
    assert cache.usage()[0] == 1


@pytest.mark.parametrize(
    "other",
    [
        LayerKey(facts(1).blob, facts().diff_id, "u"),
        LayerKey(facts().blob, facts(1).diff_id, "u"),
        key(units="other"),
    ],
)
def test_any_other_key_finds_nothing(cache: LayerCache, other: LayerKey) -> None:
    """Half a pair is no pair; other units have other facts."""
    assert cache.get(other, store(), DEFAULT) is None


def test_a_file_under_a_foreign_name_is_not_believed(cache: LayerCache) -> None:
    """The pair inside must be the pair asked for."""
    (found,) = cache.folder.glob("??/*")
    other = cache.folder / key(1).file_name()
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(found.read_bytes())
    assert cache.get(key(1), store(), DEFAULT) is None


def test_units_key_covers_versions_patterns_and_limits() -> None:
    """Each of them makes another key."""
    selector = Selector([Patterns(names=("a",))])
    keys = {
        units_key("1", selector, DEFAULT),
        units_key("2", selector, DEFAULT),
        units_key("1", Selector([Patterns(names=("b",))]), DEFAULT),
        units_key("1", selector, Limits(entries=5)),
    }
    assert len(keys) == 4


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_file_is_a_miss(at: int, flip: int) -> None:
    """Any byte changed, anywhere; or the end cut off."""
    import tempfile

    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        cache = LayerCache(Path(folder))
        cache.put(facts(), "u", store(), [])
        (path,) = Path(folder).glob("??/*")
        sound = path.read_bytes()
        damaged = bytearray(sound)
        damaged[at % len(damaged)] ^= flip
        path.write_bytes(bytes(damaged))
        assert cache.get(key(), store(), DEFAULT) is None
        path.write_bytes(sound[: at % len(sound)])
        assert cache.get(key(), store(), DEFAULT) is None
    logging.disable(logging.NOTSET)


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    """Only when over the bound, and a hit counts as use; stale leftovers go as well."""
    cache = LayerCache(tmp_path, max_bytes=1 << 20)
    for number in range(10):
        cache.put(facts(number, entries=400), "u", store(), [])
        path = tmp_path / key(number).file_name()
        os.utime(path, (1000 + number, 1000 + number))
    size = cache.usage()[1] // 10
    assert cache.get(key(0), store(), DEFAULT) is not None
    small = LayerCache(tmp_path, max_bytes=size * 5)
    small.put(facts(99), "u", store(), [])
    (tmp_path / "aa").mkdir(exist_ok=True)
    stale = tmp_path / "aa" / "left.1.tmp"
    stale.touch()
    os.utime(stale, (time.time() - 9999,) * 2)
    small.trim()
    assert small.usage()[1] <= size * 5
    assert small.get(key(0), store(), DEFAULT) is not None
    assert small.get(key(1), store(), DEFAULT) is None
    assert not stale.exists()
    small.clear()
    assert small.usage() == (0, 0)


def test_a_folder_that_cannot_be_written_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, not per layer; nothing is raised, nothing is found."""
    (tmp_path / "layers").write_text("a file stands in the way")
    cache = LayerCache(tmp_path / "layers")
    cache.put(facts(), "u", store(), [])
    cache.put(facts(1), "u", store(), [])
    assert cache.get(key(), store(), DEFAULT) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    cache.trim()


def test_a_cache_that_cannot_be_trimmed_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A scan that is done must not end in it."""
    cache = LayerCache(tmp_path)
    cache.put(facts(), "u", store(), [])
    (tmp_path / "00").mkdir()
    (tmp_path / "00" / "loop").symlink_to(tmp_path / "00" / "loop")
    cache.trim()
    (record,) = caplog.records
    assert "the layer cache cannot be trimmed" in record.message


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Writing fails in the middle: a warning, and no file under the key or beside it."""
    cache = LayerCache(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    caplog.set_level(logging.WARNING)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        cache.put(facts(entries=900), "u", store(), [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "not cached" in caplog.text
    assert list(tmp_path.glob("??/*")) == []


def test_two_at_once(tmp_path: Path) -> None:
    """Writers of one layer and readers do not see half a file."""
    cache = LayerCache(tmp_path)
    found: list[object] = []

    def work() -> None:
        mine = LayerCache(tmp_path)
        for _ in range(30):
            mine.put(facts(entries=50), "u", store(), [])
            found.append(mine.get(key(), store(), DEFAULT))

    cache.put(facts(entries=50), "u", store(), [])
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [facts(entries=50)] * 90


def test_the_bound_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number of bytes; nonsense is the default."""
    monkeypatch.setenv("PRATIQUE_CACHE_MAX_BYTES", "4096")
    assert LayerCache(tmp_path).max_bytes == 4096
    monkeypatch.setenv("PRATIQUE_CACHE_MAX_BYTES", "lots")
    assert LayerCache(tmp_path).max_bytes == 2 << 30
