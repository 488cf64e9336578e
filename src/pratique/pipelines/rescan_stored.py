"""
Judge what the store holds again with the advisory data of now, and say what changed.

Law: a piece is said the same of as in a scan of its image with the same data. Each different piece
is judged once, however many images hold it; images are only looked up for pieces whose word
changed. Where a shard is not there, or cannot be read, what was said of the pieces that need it stays:
without data nothing is clean.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.enrichers.enriching import enrich_all
from pratique.kit.store import Store
from pratique.matchers.matching import match_packages
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.package import Package
from pratique.model.stored import Holder, Judged, Piece
from pratique.pipelines.store_inventory import by_package

_BATCH = 2000
Row = tuple[int, Piece, tuple[Judged, ...]]


class Change(Struct, frozen=True, kw_only=True):
    """What is said otherwise of one package, and the images that hold it."""

    package: Package
    holders: tuple[Holder, ...]
    new: tuple[Judged, ...] = ()
    gone: tuple[Judged, ...] = ()


class Rescan(Struct, frozen=True, kw_only=True):
    """The outcome: how many different packages were judged, and every change, sorted."""

    pieces: int
    holders: int
    changes: tuple[Change, ...]


def rescan_stored(
    store: Store, lookup: AdvisoryLookup, bases: Collection[str] | None = None
) -> Rescan:
    """
    Judge again the packages that need one of the shards ``bases`` (all of them without it).

    Left out are those that need a shard without data, which ``update_db.ensure`` told.

    Raises:
        StorageError: the store cannot be read or written.
    """
    count, changed, changes = 0, [], []
    lost = sorted(base for base in store.bases() if not lookup.status(base).present)
    for row, said in _judged(store.pieces(bases, lost), lookup):
        count += 1
        number, piece, before = row
        if said == before:
            continue
        changed.append((number, said))
        changes.append(
            Change(
                package=piece.package,
                holders=store.holders(number),
                new=tuple(sorted(set(said) - set(before))),
                gone=tuple(sorted(set(before) - set(said))),
            )
        )
    store.judge(changed)
    changes.sort(key=lambda one: (one.package.type, one.package.name, one.package.version))
    return Rescan(pieces=count, holders=len(store.holders()), changes=tuple(changes))


def _judged(
    rows: Iterable[Row], lookup: AdvisoryLookup
) -> Iterator[tuple[Row, tuple[Judged, ...]]]:
    """Yield each row with what is now said of it, judged in batches of one distribution each."""
    waiting: dict[tuple[Distro | None, bool], list[Row]] = {}
    for row in rows:
        # What is only declared would stand back behind an installed one of another image.
        batch = waiting.setdefault((row[1].distro, row[1].package.declared), [])
        batch.append(row)
        if len(batch) >= _BATCH:
            yield from _judge(batch, lookup)
            batch.clear()
    for batch in waiting.values():
        yield from _judge(batch, lookup)


def _judge(rows: Sequence[Row], lookup: AdvisoryLookup) -> Iterator[tuple[Row, tuple[Judged, ...]]]:
    if not rows:
        return
    packages: list[Package] = []
    keys: list[str] = []
    for number, piece, _ in rows:
        # A location of its own keeps pieces apart that only their circumstances tell apart.
        package = replace(piece.package, location=f"{number}")
        if piece.owner is not None:
            owner = replace(piece.owner, location=f"{number} owner")
            packages.append(owner)
            package = replace(package, owner=owner.key)
        packages.append(package)
        keys.append(package.key)
    matched = match_packages(packages, rows[0][1].distro, lookup)
    said = by_package(enrich_all(matched.findings, lookup))
    for row, key in zip(rows, keys, strict=True):
        yield row, said.get(key, ())
