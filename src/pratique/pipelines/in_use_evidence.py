"""
Hand what was seen at work to a scan, from a file or the store, and keep what a watch saw.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.in_use_file import MAX_BYTES, read_in_use
from pratique.kit.store import Store
from pratique.model.errors import TargetError, UsageError
from pratique.model.in_use import InUse
from pratique.model.report import Subject

STORE = "store"
Seen = Callable[[Subject], tuple[InUse, ...]]


def load_in_use(where: str, data_folder: Path | None) -> Seen:
    """
    Return what tells the packages of a subject that were seen; nothing for a subject without a digest.

    Args:
        where: a file, ``store``, or empty for nobody.
        data_folder: where the store is.

    Raises:
        TargetError: the file cannot be read.
        UsageError: it is no such file, or there is no store.
    """
    if not where:
        return lambda _: ()
    if where == STORE:
        if data_folder is None:
            raise UsageError("there is no store to ask", hint="name a file: --in-use FILE")
        return _of_store(data_folder)
    rows: dict[str, list[InUse]] = {}
    for one in read_in_use(_content(Path(where)), where):
        rows.setdefault(one.digest, []).append(one)
    return lambda subject: tuple(rows.get(subject.digest or "", ()))


def keep_in_use(store: Store, seen: Iterable[InUse]) -> None:
    """
    Keep what a watch saw, under the digests that images are stored under.

    Raises:
        StorageError: the store cannot be written.
    """
    names: dict[str, str] = {}
    rows = []
    for one in seen:
        if one.digest not in names:
            names[one.digest] = store.digest_of(one.digest) or one.digest
        rows.append(replace(one, digest=names[one.digest]))
    if rows:
        store.put_in_use(rows)


def _of_store(data_folder: Path) -> Seen:
    def seen(subject: Subject) -> tuple[InUse, ...]:
        if subject.digest is None:
            return ()
        with Store(data_folder) as store:
            return store.in_use(subject.digest)

    return seen


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TargetError(f"{path}: {error.strerror}") from None
