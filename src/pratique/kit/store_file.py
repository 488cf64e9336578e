"""
Open the SQLite file of a store, read it and change it, whatever its disk does.

Law: whatever SQLite or a damaged row makes of a call is a ``StorageError``; what was begun to change
and failed is undone, and the next call works as soon as the disk does: a connection that cannot undo
is let go of, so that nothing stays locked and no call meets the leavings of another.
Source: https://www.sqlite.org/lang_transaction.html (which errors end a transaction by themselves).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from pratique.model.errors import StorageError

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

_WAIT_S = 30.0
_DAMAGED = "move the file away: `pratique scan --store` begins a new one"


class StoreFile:
    """
    One file of SQLite, opened when it is first asked for.

    Args:
        path: the file; its folder is made when something is first changed.
        steps: what brings a file from each version to the next, from an empty one on.
    """

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        self.path = path
        self._steps = steps
        self._open: sqlite3.Connection | None = None

    def ask(self, question: "Callable[[sqlite3.Connection], T]", otherwise: T) -> T:
        """
        Return the answer to a question, ``otherwise`` where there is no file.

        Raises:
            StorageError: the file, or a row, cannot be read.
        """
        if not self.path.is_file():
            return otherwise
        with self.reading() as database:
            return question(database)

    @contextmanager
    def reading(self) -> Iterator["sqlite3.Connection"]:
        """
        Give the database to a block that reads it and understands its rows.

        Raises:
            StorageError: the file, or a row, cannot be read.
        """
        with self._failing("read"):
            yield self._database()

    @contextmanager
    def changing(self) -> Iterator["sqlite3.Connection"]:
        """
        Give the database to a block whose changes are all made, or none.

        Raises:
            StorageError: the file cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StorageError(f"{self.path.parent}: {error.strerror}") from None
        with self._failing("written"):
            database = self._database()
            try:
                database.execute("BEGIN IMMEDIATE")
                yield database
                database.execute("COMMIT")
            except BaseException:
                self._undo(database)
                raise

    def close(self) -> None:
        """Let go of the file."""
        held, self._open = self._open, None
        if held is not None:
            held.close()

    def _undo(self, database: "sqlite3.Connection") -> None:
        import sqlite3

        try:
            if database.in_transaction:  # a full disk ends it by itself
                database.execute("ROLLBACK")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self.close()

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        import sqlite3

        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(f"the store cannot be {what}: {error}") from None
        except sqlite3.Error as error:
            raise StorageError(f"the store cannot be {what}: {error}", hint=_DAMAGED) from None
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StorageError(f"the store is damaged: {error}", hint=_DAMAGED) from None

    def _database(self) -> "sqlite3.Connection":
        if self._open is None:
            self._open = _opened(self.path, self._steps)
        return self._open


def _opened(path: Path, steps: Sequence[str]) -> "sqlite3.Connection":
    import sqlite3  # 8 ms that only who uses the store pays

    database: sqlite3.Connection | None = None
    try:
        database = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        with closing(database.execute("PRAGMA journal_mode = WAL")) as mode:
            mode.fetchone()
        database.execute("PRAGMA synchronous = NORMAL")
        if 0 <= _version(database) < len(steps):
            _upgrade(database, steps)
        if (version := _version(database)) != len(steps):
            raise StorageError(
                f"{path} is of version {version}, this program knows {len(steps)}",
                hint="update pratique, or set PRATIQUE_DATA_DIR to another folder",
            )
    except BaseException as error:
        if database is not None:
            database.close()
        if not isinstance(error, sqlite3.Error):
            raise
        hint = "" if isinstance(error, sqlite3.OperationalError) else "is it a store of pratique?"
        raise StorageError(f"{path}: {error}", hint=hint) from None
    return database


def _upgrade(database: "sqlite3.Connection", steps: Sequence[str]) -> None:
    """Bring an older store up to date; of two processes that try, one does and one waits."""
    database.execute("BEGIN IMMEDIATE")
    # Where a step fails, whoever opened the file closes it, which undoes all of them.
    for step in steps[_version(database) :]:
        for statement in filter(str.strip, step.split(";")):
            database.execute(statement)
    if 0 <= _version(database) < len(steps):
        database.execute(f"PRAGMA user_version = {len(steps)}")
    database.execute("COMMIT")


def _version(database: "sqlite3.Connection") -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)
