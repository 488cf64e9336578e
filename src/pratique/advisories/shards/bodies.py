"""
Compress advisories into a shard with dictionaries trained on the first of them.

The first ``SAMPLES`` advisories of each kind wait in memory until a dictionary has been trained on
them; malicious packages have one of their own, because their texts are unlike the others'.
"""

import sqlite3

from msgspec import Struct

from pratique.advisories.shards.codec import SAMPLES, Compressor, plain, train
from pratique.model.advisory import Advisory

_BATCH = 500


class _Waiting(Struct, gc=False):
    """One row of table ``advisory`` before it is compressed; ``body`` None: nothing to keep."""

    number: int
    feed: int
    ext: str
    modified: str
    body: bytes | None
    malicious: bool


class Bodies:
    """Write table ``advisory``; the dictionaries of a shard to be patched are used as they are."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        found = dict(database.execute("SELECT kind, body FROM dictionary"))
        self._compressors = {kind == "malicious": Compressor(body) for kind, body in found.items()}
        self._trained: dict[bool, bytes] = {}
        self._waiting: list[_Waiting] = []
        self._samples: dict[bool, list[bytes]] = {False: [], True: []}

    def add(self, number: int, feed: int, advisory: Advisory, *, live: bool) -> None:
        """File one advisory, whose statements have been taken out."""
        kind = advisory.malicious
        body = plain(advisory) if live else None
        row = _Waiting(number, feed, advisory.id, advisory.modified, body, kind)
        self._waiting.append(row)
        if body is not None and kind not in self._compressors:
            self._samples[kind].append(body)
            if len(self._samples[kind]) >= SAMPLES:
                self._train(kind)
        elif len(self._waiting) >= _BATCH and not any(self._samples.values()):
            self._write()

    def flush(self) -> None:
        """Write all that waits; dictionaries not yet trained are made from what there is."""
        for kind in (False, True):
            if kind not in self._compressors and self._samples[kind]:
                self._train(kind)
        self._write()

    def keep_dictionaries(self) -> None:
        """Write the dictionaries that were trained."""
        rows = (("malicious" if kind else "advisory", body) for kind, body in self._trained.items())
        self._database.executemany("INSERT OR REPLACE INTO dictionary VALUES (?, ?)", rows)

    def _train(self, kind: bool) -> None:
        self._trained[kind] = train(self._samples[kind])
        self._compressors[kind] = Compressor(self._trained[kind])
        self._samples[kind].clear()

    def _write(self) -> None:
        self._database.executemany(
            "INSERT INTO advisory VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    row.number,
                    row.feed,
                    row.ext,
                    row.modified,
                    int(row.malicious),
                    None if row.body is None else self._compressors[row.malicious](row.body),
                )
                for row in self._waiting
            ),
        )
        self._waiting.clear()
