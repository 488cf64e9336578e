"""
Run phase 1 on several layers: a worker process each, or all in this process.

Law: both ways give equal readings. A worker that is killed, or answers nonsense, leaves a reading
without facts; the others stand.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from msgspec import Struct

from pratique.formats.compression import preload
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.record import EntryBudget, RecordReader, RecordWriter
from pratique.kit.spool import Spool
from pratique.model.errors import FormatError
from pratique.model.layer import LayerFacts
from pratique.pipelines.inspect_layer import LayerTask, Readable, inspect_layer
from pratique.pipelines.layer_units import LayerUnits
from pratique.sources.interface import Blobs, ForeignLayer

Progress = Callable[[str, int, int], None]
Send = Callable[[bytes | bytearray], None]


class InspectSettings(Struct, frozen=True, kw_only=True):
    """
    How to read layers.

    ``workers`` None means one per processor; 0, or ``in_process`` True, reads in this process.
    ``progress`` is told (blob digest, stored bytes read, stored bytes in all). ``units`` look into
    single files; ``hash_programs`` as in ``LayerTask``.
    """

    limits: Limits = DEFAULT
    workers: int | None = None
    in_process: bool = False
    progress: Progress | None = None
    hash_programs: bool = False
    units: LayerUnits = LayerUnits()


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
) -> Iterator[Reading]:
    from pratique.kit.sandbox import Job, run_isolated  # not paid when every layer is cached

    # Once here instead of in every worker, which is a copy of this process.
    settings.units.preload()
    foreign: list[Reading] = []
    running: dict[int, tuple[LayerTask, RecordReader]] = {}
    if len(tasks) > 1:
        tasks[0].units.preload()  # or each worker would, for 20 ms a layer

    def jobs() -> Iterator[Job]:
        for task in tasks:
            try:
                stored = blobs.open(task.blob)
            except ForeignLayer as error:
                foreign.append(_foreign(task, error))
                continue
            reader = _reader(task, store, settings)
            running[id(stored)] = task, reader
            spool = Spool() if task.units.units else None
            yield Job(stored, preload, _work(task, spool), reader.feed, spool)

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
    yield from foreign
    if starved:
        # Few layers need more memory than their share; those are read again, one by one.
        yield from _read_in_workers(starved, blobs, store, settings, 1)


def _work(task: LayerTask, spool: Spool | None) -> Callable[[Readable, Send], None]:
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
