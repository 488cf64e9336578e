"""
Run phase 1 on several layers: a worker process each, or all in this process.

Law: both ways give equal readings. A worker that is killed, or answers nonsense, leaves a reading
without facts; the others stand.
"""

import math
import os
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.compression import preload
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, MIB, Limits
from pratique.kit.record import EntryBudget, RecordReader, RecordWriter
from pratique.kit.spool import Spool
from pratique.model.errors import FormatError
from pratique.model.layer import LayerFacts
from pratique.pipelines.inspect_layer import LayerTask, Readable, inspect_layer
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.scan_contents import NO_CONTENTS, Contents
from pratique.sources.interface import Blobs, ForeignLayer

_CONTENT_SHARE = 0.5
_LATE = "the layers before it took all the CPU time that an image of this size may (image_seconds)"

Progress = Callable[[str, int, int], None]
Send = Callable[[bytes | bytearray], None]


class InspectSettings(Struct, frozen=True, kw_only=True):
    """
    How to read layers.

    ``workers`` None means one per processor; 0, or ``in_process`` True, reads in this process.
    ``progress`` is told (blob digest, stored bytes read, stored bytes in all). ``units`` look into
    single files; ``hash_programs`` and ``every_hash`` as in ``LayerTask``.
    """

    limits: Limits = DEFAULT
    workers: int | None = None
    in_process: bool = False
    progress: Progress | None = None
    hash_programs: bool = False
    every_hash: bool = False
    units: LayerUnits = LayerUnits()
    contents: Contents = NO_CONTENTS


class Reading(Struct, frozen=True):
    """
    What came of a task: facts, or the ``problem`` why there are none.

    ``kept`` are the hashes of the files that were added to the store of kept files.
    """

    task: LayerTask
    facts: LayerFacts | None = None
    kept: tuple[str, ...] = ()
    problem: str = ""


class Store(Struct, frozen=True):
    """Where readings put what they bring: kept files, and the room for entries of the image."""

    kept: KeptFiles
    budget: EntryBudget


def read_layers(
    tasks: Sequence[LayerTask], blobs: Blobs, store: Store, settings: InspectSettings
) -> Iterator[Reading]:
    """
    Yield a reading per task, in no particular order.

    Raises:
        TargetError: a blob cannot be opened or read (a foreign layer is a reading instead).
    """
    if not tasks:
        return  # every layer is known: nothing of what reading takes is imported
    workers = os.cpu_count() or 1 if settings.workers is None else settings.workers
    if settings.in_process or workers < 1 or not hasattr(os, "fork"):
        yield from _read_here(tasks, blobs, store, settings)
    else:
        yield from _read_in_workers(tasks, blobs, store, settings, workers)


def _read_here(
    tasks: Sequence[LayerTask], blobs: Blobs, store: Store, settings: InspectSettings
) -> Iterator[Reading]:
    settings.contents.prepare()
    for task in tasks:
        reader = _reader(task, store, settings)
        try:
            with blobs.open(task.blob) as stored, closing(Spool()) as spool:
                inspect_layer(stored, task, RecordWriter(reader.feed), spool.fd)
            yield Reading(task, reader.finished(), tuple(reader.kept_hashes))
        except ForeignLayer as error:
            yield _foreign(task, error)
        except FormatError as error:
            yield Reading(task, problem=str(error))


def _read_in_workers(
    tasks: Sequence[LayerTask],
    blobs: Blobs,
    store: Store,
    settings: InspectSettings,
    workers: int,
    time: "_Time | None" = None,
) -> Iterator[Reading]:
    from pratique.kit.sandbox import Job, run_isolated  # not paid when every layer is cached

    # Once here instead of in every worker, which is a copy of this process.
    settings.units.preload()
    settings.contents.prepare()
    time = time or _Time(tasks, settings.limits)
    refused: list[Reading] = []
    running: dict[int, tuple[LayerTask, RecordReader]] = {}

    def jobs() -> Iterator[Job]:
        for task in tasks:
            if (left_s := time.left_s()) <= 0:
                refused.append(Reading(task, problem=_LATE))
                continue
            try:
                stored = blobs.open(task.blob)
            except ForeignLayer as error:
                refused.append(_foreign(task, error))
                continue
            reader = _reader(task, store, settings)
            running[id(stored)] = task, reader
            spool = Spool() if task.units.units or task.contents else None
            yield Job(stored, preload, _work(task, spool, left_s), reader.feed, spool, left_s)

    starved: list[LayerTask] = []
    for ended in run_isolated(jobs(), workers, settings.limits):
        task, reader = running.pop(id(ended.job.source))
        ended.job.source.close()
        if ended.job.spool is not None:
            ended.job.spool.close()
        if ended.starved and workers > 1:
            reader.give_up()
            starved.append(task)
        elif ended.problem:
            yield Reading(task, problem=ended.problem)
        else:
            yield Reading(task, reader.finished(), tuple(reader.kept_hashes))
    yield from refused
    if starved:
        # Few layers need more memory than their share; those are read again, one by one.
        yield from _read_in_workers(starved, blobs, store, settings, 1, time)


class _Time:
    """
    The CPU time that the workers of one image may take together.

    A small image can unpack to gigabytes of lockfiles, each of which is slow to read.
    """

    def __init__(self, tasks: Sequence[LayerTask], limits: Limits) -> None:
        sizes = [task.blob.size_bytes for task in tasks]
        allowed = limits.image_seconds + limits.image_mib_seconds * sum(sizes) / MIB
        # A daemon does not tell the size of its layers.
        self._end_s = _children_s() + (math.inf if min(sizes, default=0) < 0 else allowed)

    def left_s(self) -> float:
        return self._end_s - _children_s()


def _children_s() -> float:
    """Return the CPU time of the workers that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _work(task: LayerTask, spool: Spool | None, left_s: float) -> Callable[[Readable, Send], None]:
    # The rest is for what is read of the layer besides, so that its packages are still listed.
    most = min(left_s, task.limits.layer_seconds) * _CONTENT_SHARE
    task = replace(task, content_seconds=most)

    def work(source: Readable, send: Send) -> None:
        inspect_layer(source, task, RecordWriter(send), -1 if spool is None else spool.fd)

    return work


def _reader(task: LayerTask, store: Store, settings: InspectSettings) -> RecordReader:
    told = settings.progress
    digest, size = str(task.blob.digest), task.blob.size_bytes

    def tell(read: int) -> None:
        if told is not None:
            told(digest, read, size)

    return RecordReader(store.kept, settings.limits, store.budget, tell)


def _foreign(task: LayerTask, error: ForeignLayer) -> Reading:
    return Reading(task, problem=f"a foreign layer, which is never fetched: {error}")
