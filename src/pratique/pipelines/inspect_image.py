"""
Inspect an image: read its layers or recall them, merge them, and read again what only the merge
shows to be wanted.

Law: the stored bytes of every layer are what its descriptor says and its tar is what the config's
diff ID says, or this raises ``InvalidImage``; a layer that cannot be read is a blocking Unknown
and the others stand. Cached or not, in workers or in this process: the result is equal.
"""

import hashlib
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.accounts import Shadow, read_shadow
from pratique.formats.overlay.merge import Ambiguity, Merged, merge_layers
from pratique.formats.overlay.tree import MergedTree
from pratique.kit.cache import LayerCache, LayerKey, units_key
from pratique.kit.kept import KeptFiles
from pratique.kit.record import EntryBudget
from pratique.kit.selector import Selector, as_selector
from pratique.model.digest import Digest
from pratique.model.image import Descriptor, Image, Layer
from pratique.model.layer import LayerFacts
from pratique.model.package import LayerRef
from pratique.model.units import Patterns
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.inspect_layer import LayerTask
from pratique.pipelines.needed_hashes import lacks_sha1, may_record_sha1
from pratique.pipelines.read_layers import InspectSettings, Reading, Store, read_layers
from pratique.sources.interface import Blobs, ForeignLayer, InvalidImage

__all__ = ["InspectSettings", "Inspected", "inspect_image"]

DEFAULT_SETTINGS = InspectSettings()

_CHUNK = 1 << 20
_PASSWORDS = ("/shadow", "/shadow-", "/gshadow", "/gshadow-")

Pair = tuple[Digest, Digest]
"""Digest of the stored bytes and of the tar: what a layer is known by."""


class Inspected(Struct, frozen=True, kw_only=True):
    """
    What was found in an image or folder before any package is read.

    ``facts`` are per layer, lowest first, without the kept bytes (those are behind ``tree``); a
    layer that could not be read has empty facts and an Unknown. ``ambiguous`` are places that engines read differently.
    """

    tree: MergedTree
    unknowns: tuple[Unknown, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    facts: tuple[LayerFacts, ...] = ()


def inspect_image(
    image: Image,
    blobs: Blobs,
    *,
    patterns: Selector | Sequence[Patterns],
    units_version: str,
    cache: LayerCache | None = None,
    settings: InspectSettings = DEFAULT_SETTINGS,
) -> Inspected:
    """
    Inspect all layers of an image.

    ``units_version`` speaks for the units that ``patterns`` are from and for ``settings.units``.

    Raises:
        InvalidImage: a layer's bytes are not what the manifest and config say.
        TargetError: a blob cannot be had.
    """
    selector = as_selector(patterns)
    inspection = _Inspection(blobs, selector, settings)
    inspection.cache = cache
    wanted = f"{units_version} {settings.units.patterns} hash_programs={settings.hash_programs}{settings.every_hash:d}"
    if settings.contents:
        wanted += f" {settings.contents.version}"
    inspection.units = units_key(wanted, selector, settings.limits)
    layers = image.layers
    inspection.recall(layers)
    inspection.read(layers, {})
    merged = inspection.merge(layers)
    unread = merged.tree.unread()
    if lacking := inspection.lacking(layers, merged.tree):
        unread = {index: unread.get(index, set()) for index in (*lacking, *unread)}
    if unread:
        inspection.read(layers, unread, every_hash=bool(lacking))
        merged = inspection.merge(layers)
    if cache is not None:
        cache.trim()
    return Inspected(
        tree=merged.tree,
        unknowns=tuple(sorted({*inspection.unknowns(layers), *merged.unknowns})),
        ambiguous=merged.ambiguous,
        facts=tuple(inspection.facts_of(layer) for layer in layers),
    )


class _Inspection:
    def __init__(self, blobs: Blobs, selector: Selector, settings: InspectSettings) -> None:
        self.blobs = blobs
        self.selector = selector
        self.settings = settings
        self.cache: LayerCache | None = None
        self.units = ""
        limits = settings.limits
        self.kept = KeptFiles(limits.kept_memory_bytes, limits.kept_image_bytes)
        self.budget = EntryBudget(limits)
        self.known: dict[Pair, LayerFacts] = {}
        self.problems: dict[Pair, str] = {}

    def recall(self, layers: Iterable[Layer]) -> None:
        """Take from the cache what it has; the bytes of local blobs are hashed before."""
        if self.cache is None:
            return
        for layer in layers:
            pair = _pair(layer)
            if pair in self.known:
                continue
            key = LayerKey(*pair, self.units)
            facts = self.cache.get(key, self.kept, self.settings.limits, self.budget)
            if facts is None:
                continue
            try:
                if self.blobs.local:
                    self._check_stored(layer)
            except ForeignLayer:
                continue  # `read` says so
            self.known[pair] = facts

    def lacking(self, layers: Sequence[Layer], tree: MergedTree) -> list[int]:
        """Return which layers were not hashed in a way that a package database asks for."""
        lacking = [at for at, layer in enumerate(layers) if lacks_sha1(self.facts_of(layer))]
        return lacking if lacking and may_record_sha1(tree) else []

    def read(
        self, layers: Sequence[Layer], unread: dict[int, set[int]], *, every_hash: bool = False
    ) -> None:
        """Read layers that are not known yet, or the given entries of those that are."""
        positions: dict[Pair, set[int]] = {}
        for index, wanted in unread.items():
            positions.setdefault(_pair(layers[index]), set()).update(wanted)
        tasks: dict[Pair, LayerTask] = {}
        for layer in layers:
            pair = _pair(layer)
            if pair in positions if unread else pair not in self.known:
                algorithm = layer.diff_id.partition(":")[0]
                wanted = positions.get(pair, set())
                tasks[pair] = LayerTask(
                    blob=layer.blob,
                    selector=self.selector,
                    limits=self.settings.limits,
                    diff_algorithm=algorithm,
                    positions=frozenset(wanted),
                    hash_programs=self.settings.hash_programs,
                    every_hash=every_hash or self.settings.every_hash,
                    units=self.settings.units,
                    contents=self.settings.contents,
                )
        pairs = {id(task): pair for pair, task in tasks.items()}
        # What is read again replaces what it was read as before, so it has a budget of its own.
        budget = EntryBudget(self.settings.limits) if unread else self.budget
        store = Store(self.kept, budget)
        for reading in read_layers(tuple(tasks.values()), self.blobs, store, self.settings):
            self._take(pairs[id(reading.task)], reading)

    def merge(self, layers: Sequence[Layer]) -> Merged:
        """Merge what is known of the layers, as many entries as the limit allows."""
        room = self.settings.limits.image_entries
        parts = []
        for layer in layers:
            facts = self.facts_of(layer)
            room -= len(facts.entries)
            if room < 0 and facts.entries:
                self.problems[_pair(layer)] = "the image has more entries than image_entries"
                facts = replace(facts, entries=())
            ref = LayerRef(
                index=layer.index,
                blob=layer.blob.digest,
                diff_id=layer.diff_id,
                created_by=layer.created_by,
            )
            parts.append((ref, facts))
        return merge_layers(parts, self.selector, self.kept, self.settings.limits)

    def facts_of(self, layer: Layer) -> LayerFacts:
        """Return what is known of a layer; facts without entries when nothing is."""
        known = self.known.get(_pair(layer))
        if known is not None:
            return known
        return LayerFacts(
            blob=layer.blob.digest, diff_id=Digest(""), blob_bytes=0, tar_bytes=0, entries=()
        )

    def unknowns(self, layers: Iterable[Layer]) -> Iterable[Unknown]:
        """Yield what was not understood of the layers."""
        for layer in layers:
            yield from self.facts_of(layer).unknowns
            if problem := self.problems.get(_pair(layer)):
                yield Unknown(
                    stage=Stage.LAYER,
                    unit="inspect_image",
                    location=layer.blob.digest,
                    reason=f"the layer was not looked at: {problem}",
                    weight=Weight.BLOCKING,
                )

    def _take(self, pair: Pair, reading: Reading) -> None:
        facts = reading.facts
        if facts is None:
            self.problems[pair] = reading.problem
            return
        if facts.blob_bytes > self.settings.limits.blob_bytes:
            self.problems[pair] = "it is over the limit blob_bytes"
            return
        _check(reading.task.blob, facts.blob, facts.blob_bytes)
        if facts.diff_id not in ("", pair[1]):
            raise InvalidImage(
                f"layer {pair[0]} unpacks to {facts.diff_id}, its config says {pair[1]}"
            )
        self.known[pair] = facts
        if (
            self.cache is not None
            and facts.diff_id
            and not facts.unknowns
            and not _is_secret(facts, self.kept)
        ):
            self.cache.put(facts, self.units, self.kept, list(reading.kept))

    def _check_stored(self, layer: Layer) -> None:
        """Hash the stored bytes of a local blob before what is cached of it is believed."""
        digest = hashlib.new(layer.blob.digest.partition(":")[0])
        size, claimed = 0, layer.blob.size_bytes
        most = self.settings.limits.blob_bytes if claimed < 0 else claimed
        with self.blobs.open(layer.blob) as stored:
            while size <= most and (chunk := stored.read(_CHUNK)):
                digest.update(chunk)
                size += len(chunk)
        _check(layer.blob, Digest(f"{digest.name}:{digest.hexdigest()}"), size)


def _is_secret(facts: LayerFacts, kept: KeptFiles) -> bool:
    """
    Whether a layer holds a secret: then nothing of it goes into the cache, and it is read anew.

    A cache holds neither a secret's bytes nor its hash, from which a weak one could be guessed.
    Password hashes are looked for whether secrets were or not: the files they stand in are kept.
    """
    if any(spot.digest for file in facts.found for spot in file.spots):
        return True
    held = (one for one in facts.entries if one.content and one.path.endswith(_PASSWORDS))
    return any(len(row.password) > 2 for one in held for row in _rows(kept.get(one.content)))


def _rows(content: bytes | None) -> Iterable[Shadow]:
    return read_shadow(content) if content else ()


def _check(blob: Descriptor, digest: Digest, size_bytes: int) -> None:
    if digest != blob.digest or blob.size_bytes not in (size_bytes, -1):
        raise InvalidImage(
            f"layer {blob.digest} ({blob.size_bytes} bytes) "
            f"is stored as {digest} ({size_bytes} bytes or more)"
        )


def _pair(layer: Layer) -> Pair:
    return layer.blob.digest, layer.diff_id
