"""Workers and this process read layers alike; whoever dies, the others stand."""

import io
import tempfile
from typing import BinaryIO

import msgspec
import pytest
import zstandard

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT
from pratique.kit.record import EntryBudget
from pratique.kit.selector import Selector
from pratique.kit.window import WindowReader, as_binary
from pratique.model.digest import sha256_of
from pratique.model.image import Descriptor
from pratique.model.units import Patterns
from pratique.pipelines.inspect_layer import LayerTask
from pratique.pipelines.read_layers import InspectSettings, Reading, Store, read_layers
from pratique.sources.interface import TargetUnreachable
from tests.makers import layer as make

SELECTOR = Selector([Patterns(names=("keep",))])


class WindowBlobs(make.FakeBlobs):
    """Blobs that lie one behind the other in a file, as in an archive."""

    def __init__(self, blobs: make.FakeBlobs) -> None:
        super().__init__()
        self.content = blobs.content
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}
        for digest, content in blobs.content.items():
            self._places[digest] = self._file.tell(), len(content)
            self._file.write(content)
        self._file.flush()

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a window, or refuse as the parent does."""
        if blob.digest not in self._places:
            return super().open(blob)
        return as_binary(WindowReader(self._file.fileno(), *self._places[blob.digest]))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def made() -> tuple[make.FakeBlobs, list[LayerTask]]:
    blobs = make.FakeBlobs()
    tars = [
        make.tar(
            *(make.file(f"d{n}/keep", b"%d" % (n % 7)) for n in range(300)), make.symlink("a", "b")
        ),
        make.tar(make.file("x", b"y" * 300_000)),
        make.tar(make.file("cut", b"z" * 9000))[:5000],
        make.tar(),
    ]
    layers = [make.layer(index, tar, blobs) for index, tar in enumerate(tars)]
    return blobs, [LayerTask(one.blob, SELECTOR, DEFAULT) for one in layers]


def read(
    blobs: make.FakeBlobs, tasks: list[LayerTask], settings: InspectSettings
) -> tuple[dict[str, Reading], dict[str, bytes | None]]:
    kept = KeptFiles(1 << 20, 1 << 20)
    store = Store(kept, EntryBudget(settings.limits))
    readings = {r.task.blob.digest: r for r in read_layers(tasks, blobs, store, settings)}
    return readings, {sha256: kept.get(sha256) for sha256 in kept.hashes()}


@pytest.mark.parametrize("windows", [False, True])
def test_workers_equal_this_process(windows: bool) -> None:
    """Piped or in place: the same facts, the same kept bytes, damaged layers included."""
    blobs, tasks = made()
    chosen = WindowBlobs(blobs) if windows else blobs
    here = read(chosen, tasks, InspectSettings(in_process=True))
    assert read(chosen, tasks, InspectSettings(workers=2)) == here
    assert read(chosen, tasks, InspectSettings(workers=0)) == here
    assert len(here[0]) == 4
    assert len(here[1]) == 7
    chosen.close()


@pytest.mark.parametrize("workers", [0, 2])
def test_foreign_layers_are_said_not_fetched(workers: int) -> None:
    """A reading with a problem; the others are read."""
    blobs, tasks = made()
    del blobs.content[tasks[1].blob.digest]
    readings, _ = read(blobs, tasks, InspectSettings(workers=workers))
    problem = readings[tasks[1].blob.digest].problem
    assert "foreign layer" in problem
    assert sum(reading.facts is not None for reading in readings.values()) == 3


def test_a_worker_that_is_stopped_leaves_a_problem() -> None:
    """Here by its limit on what it may send back."""
    blobs, tasks = made()
    tight = msgspec.structs.replace(DEFAULT, result_bytes=3000)
    readings, _ = read(blobs, tasks, InspectSettings(workers=2, limits=tight))
    assert "result_bytes" in readings[tasks[0].blob.digest].problem
    assert readings[tasks[1].blob.digest].facts is not None


def test_a_layer_that_needs_more_than_its_share_is_read_alone() -> None:
    """A zstd window of 128 MiB fits one worker, not two beside each other."""
    blobs = make.FakeBlobs()
    tasks = []
    for name in "abc":
        tar = make.tar(make.file(f"{name}/keep", name.encode() * 9_000_000))
        packer = zstandard.ZstdCompressor(
            compression_params=zstandard.ZstdCompressionParameters(window_log=27)
        ).compressobj()  # a stream, whose frame keeps the window it might need
        stored = packer.compress(tar) + packer.flush()
        layer = make.layer(0, tar, blobs, stored=stored)
        tasks.append(LayerTask(layer.blob, SELECTOR, DEFAULT))
    store = Store(KeptFiles(1 << 26, 1 << 26), EntryBudget(DEFAULT))
    readings = list(read_layers(tasks, blobs, store, InspectSettings(workers=2)))
    assert [reading.problem for reading in readings] == [""] * 3
    for reading in readings:
        assert reading.facts is not None
        assert reading.facts.unknowns == ()
        assert len(reading.facts.entries) == 1


@pytest.mark.parametrize("workers", [0, 2])
def test_progress_is_told(workers: int) -> None:
    """Per blob: bytes so far, bytes in all."""
    blobs = make.FakeBlobs()
    content = make.tar(make.file("big", bytes(range(256)) * (40 << 10)))
    layer = make.layer(0, content, blobs, stored=content)
    told: list[tuple[str, int, int]] = []

    def tell(digest: str, done: int, total: int) -> None:
        told.append((digest, done, total))

    read(
        blobs,
        [LayerTask(layer.blob, SELECTOR, DEFAULT)],
        InspectSettings(workers=workers, progress=tell),
    )
    assert {(digest, total) for digest, _, total in told} == {(layer.blob.digest, len(content))}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_an_image_has_a_share_of_time_by_its_size() -> None:
    """Without any left, layers are unknown; a daemon that tells no sizes sets no bound."""
    blobs, tasks = made()
    tight = msgspec.structs.replace(DEFAULT, image_seconds=0.0, image_mib_seconds=0.0)
    readings, _ = read(blobs, tasks, InspectSettings(limits=tight, workers=1))
    assert {"image_seconds" in one.problem for one in readings.values()} == {True}
    unsized = [
        msgspec.structs.replace(one, blob=msgspec.structs.replace(one.blob, size_bytes=-1))
        for one in tasks
    ]
    readings, _ = read(blobs, unsized, InspectSettings(limits=tight, workers=1))
    assert {one.problem for one in readings.values()} == {""}


class _Broken(make.FakeBlobs):
    """A registry that goes away in the middle of a layer."""

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a stream that fails after a while."""
        content = super().open(blob).read()

        class Stream(io.RawIOBase):
            left = 1

            def read(self, size: int = -1, /) -> bytes:
                self.left -= 1
                if self.left < 0:
                    raise TargetUnreachable("the registry went away")
                return content[:50]

        return Stream()  # type: ignore[return-value]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_source_that_fails_is_the_targets_error(workers: int) -> None:
    """Not an Unknown: the scan ends with a clear message."""
    blobs, tasks = made()
    broken = _Broken()
    broken.content = blobs.content
    with pytest.raises(TargetUnreachable):
        read(broken, tasks, InspectSettings(workers=workers))


def test_tasks_hold_what_the_worker_needs() -> None:
    """The digest's own algorithm decides what is measured."""
    _, tasks = made()
    assert tasks[0].blob.digest != sha256_of(b"")
