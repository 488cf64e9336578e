"""
Join what runs with what is known of its image: verdict, flaws, files and their packages.

What is known is handed down as three questions, so that nothing here opens a store. An image is
asked for by the names that its engine has for it: the digest of its config first, which names one
image only, then its manifest's. Law: what the store does not know is None, never an empty answer;
the files of at most ``MOST_HELD`` images are held at once.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from pratique.model.image_index import ImageIndex
from pratique.model.stored import StoredVerdict
from pratique.model.workload import ImageFacts, Workload

MOST_HELD = 16
MOST_NAMES = 4_096


class ImageKnowledge:
    """
    Answer for images; a ``model.image_index.ImageIndexes``.

    ``resolve`` gives the digest that an image is stored under, ``verdict`` what is said of it,
    ``files`` its files.
    """

    def __init__(
        self,
        resolve: Callable[[str], str],
        verdict: Callable[[str], StoredVerdict | None],
        files: Callable[[str], ImageIndex | None],
    ) -> None:
        self._resolve = resolve
        self._verdict = verdict
        self._files = files
        self._held: OrderedDict[str, ImageIndex | None] = OrderedDict()
        self._stored: dict[str, str] = {}

    def facts(self, workload: Workload) -> ImageFacts | None:
        """Return what is known of a container's image; its digest is that of the store."""
        for name in (workload.image_id, workload.digest):
            digest = self._resolve(name) if name else ""
            told = self._verdict(digest) if digest else None
            if told is not None:
                return ImageFacts(
                    digest=digest,
                    verdict=told.answer,
                    judged_ns=_ns(told.judged),
                    flaws=told.flaws,
                )
        return None

    def of(self, digest: str) -> ImageIndex | None:
        """Return what is known of an image's files, by any digest of it."""
        stored = self._stored.get(digest)
        if stored is None:
            if len(self._stored) >= MOST_NAMES:
                self._stored.clear()
            stored = self._stored[digest] = self._resolve(digest) if digest else ""
        if not stored:
            return None
        if stored in self._held:
            self._held.move_to_end(stored)
            return self._held[stored]
        found = self._held[stored] = self._files(stored)
        if len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        return found

    def refresh(self) -> None:
        """Ask the store again: it may have learnt more."""
        self._stored.clear()
        self._held.clear()


def _ns(moment: str) -> int:
    """
    Return an ISO 8601 moment in ns since the epoch, 0 where it is none.

    >>> _ns("1970-01-01T00:00:01Z"), _ns("")
    (1000000000, 0)
    """
    try:
        return int(datetime.fromisoformat(moment).timestamp()) * 1_000_000_000
    except ValueError:
        return 0
