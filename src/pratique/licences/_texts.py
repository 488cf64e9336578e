"""
Recognise whole licence texts inside a text by the runs of words they share with reference texts.

Law: a text counts as there when one stretch of the file holds ``SURE``, ``LIKELY`` or at least
``POSSIBLE`` of its sketch; a stretch is given to one licence only, the one that explains most of
it, so BSD-3-Clause does not also report the BSD-2-Clause inside it. Bounds: linear in the words,
times the few licences of which enough was met.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from pratique.licences._sketch import RUN, Reference, Sketch, runs
from pratique.model.errors import LimitExceeded
from pratique.model.finding import Confidence

SURE = 0.9
LIKELY = 0.75
_FAVOUR = 6
"""How much a whole small text is favoured over part of a larger one: the share to this power."""
_MOST = 400
"""Texts reported of one file, copies included."""
HITS = 2_000_000
"""Runs of known texts that one piece may hold, each counted once per licence; about 40 MB."""
_FURTHER = 6
_NEARLY = 0.98
"""What a copy has of the runs that the best stretch has."""
_SLACK = 1.4
"""How much longer than the reference a stretch may be: other words stand between its own."""


class Recognised(Struct, frozen=True, order=True):
    """
    A licence text: the words its stretch starts and ends with, and how much of it is there.

    ``slack`` is how many words further out its own may reach: not every run was compared.
    """

    start: int
    end: int
    expression: str
    share: float
    slack: int = 0

    @property
    def confidence(self) -> Confidence:
        """Return how sure a share of the text makes."""
        if self.share >= SURE:
            return Confidence.HIGH
        return Confidence.MEDIUM if self.share >= LIKELY else Confidence.LOW


class _Met:
    """
    What was met of one licence: how much of it is left, wherever it stands.

    ``hits`` are pairs of the position of a run and its hash, in order, and ``stretch`` the best one
    of them, once it was looked for; until then ``share`` bounds what it can have.
    """

    def __init__(self, index: int, sketch: Sketch) -> None:
        self.index = index
        self.sketch = sketch
        self.size = sketch.size
        self.hits: list[tuple[int, int]] = []
        self.stretch: Recognised | None = None
        self.share = 0.0

    def stands(self, different: int) -> bool:
        """Whether enough of the licence is there at all."""
        self.share = min(different / self.size, 1.0)
        return self.share >= self.sketch.wanted

    def forget(self, taken: Sequence[Recognised]) -> None:
        """Forget the best stretch where another's stretches have some of its words."""
        if any(self.hits[_between(self.hits, one)] for one in taken):
            self.stretch = None

    def copies(self, best: Recognised) -> list[Recognised]:
        """Return further stretches that hold nearly as much as the best one, first first."""
        nearly = max(int(best.share * self.size * _NEARLY), 1)
        reach = int(self.sketch.length * _SLACK) + 30
        found: list[Recognised] = []
        inside: dict[int, int] = {}
        for position, run in self.hits:
            if best.start <= position <= best.end:
                inside.clear()
                continue
            inside[run] = position
            if len(inside) < nearly:
                continue
            inside = {one: where for one, where in inside.items() if position - where <= reach}
            if len(inside) >= nearly:
                first = min(inside.values())
                found.append(replace(best, start=first, end=position + RUN - 1))
                inside = {}
        return found

    @property
    def worth(self) -> tuple[float, int, str]:
        """Rank what explains a stretch: much text, and whole; then the plainer name."""
        share = self.stretch.share if self.stretch else self.share
        explained = share * self.sketch.length
        plain = -len(self.sketch.expression)
        return round(share**_FAVOUR * explained, 3), plain, self.sketch.expression


def recognise(words: Sequence[str], reference: Reference) -> list[Recognised]:
    """
    Return the licence texts in a sequence of words, first first.

    Raises:
        LimitExceeded: the same runs of words stand there over and over.
    """
    found: list[Recognised] = []
    left = _Left(words, reference)
    candidates = left.candidates()
    while candidates and len(found) < _MOST:
        best = max(candidates, key=lambda one: one.worth)
        if best.stretch is None:
            # Looked for only now: most candidates are cousins that lose their words to the best.
            best.hits = left.hits_of(best.sketch)
            best.stretch = _best_stretch(best)
            if best.stretch is None:
                candidates.remove(best)
            continue
        # All copies at once: a file of notices repeats a few texts hundreds of times.
        taken = sorted((best.stretch, *best.copies(best.stretch)))
        found += taken
        left.lose(taken)
        # The same licence stays in: a second copy of its text must not look like a cousin of it.
        candidates = [one for one in candidates if one.stands(left.different[one.index])]
        for one in candidates:
            one.forget(taken)
    return sorted(found)


class _Left:
    """
    The runs of known texts in a text that no licence has taken yet.

    ``different`` tells how many different ones each licence has of them.
    """

    def __init__(self, words: Sequence[str], reference: Reference) -> None:
        """
        Look all runs up.

        Raises:
            LimitExceeded: see ``recognise``.
        """
        self._holders = holders = reference.holders
        self._reference = reference
        self._runs = runs(words)
        self._hits = [(at, one) for at, one in enumerate(self._runs) if one in holders]
        self._where = _places(self._hits)
        if sum(len(places) * len(holders[one]) for one, places in self._where.items()) > HITS:
            raise LimitExceeded(f"more than {HITS} runs of words are those of licences")
        self.different = self._held_by(self._where)

    def candidates(self) -> list[_Met]:
        """Return what was met of each licence of which enough is there, by where it was met first."""
        least, sketches = self._reference.least, self._reference.sketches
        enough = {index for index, count in self.different.items() if count >= least[index]}
        ordered: dict[int, None] = {}
        for run in self._where:
            if len(ordered) == len(enough):
                break
            ordered.update((index, None) for index in self._holders[run] if index in enough)
        met = [_Met(index, sketches[index]) for index in ordered]
        return [one for one in met if one.stands(self.different[one.index])]

    def hits_of(self, sketch: Sketch) -> list[tuple[int, int]]:
        """Return where runs of a licence stand, in order."""
        where = self._where
        met = filter(where.__contains__, sketch.numbers())
        places = sorted(chain.from_iterable(map(where.__getitem__, met)))
        return list(zip(places, map(self._runs.__getitem__, places), strict=True))

    def lose(self, taken: Sequence[Recognised]) -> None:
        """Give up what lies in some stretches, which are in order."""
        left: list[tuple[int, int]] = []
        gone: list[tuple[int, int]] = []
        at = 0
        for one in taken:
            within = _between(self._hits, one)
            left += self._hits[at : within.start]
            gone += self._hits[max(at, within.start) : within.stop]
            at = max(at, within.stop)
        left += self._hits[at:]
        self._hits = left
        if len(left) < len(gone):
            self._where = _places(left)
            self.different = self._held_by(self._where)
            return
        lost = []
        for run, places in _places(gone).items():
            missing = frozenset(places)
            self._where[run] = [at for at in self._where[run] if at not in missing]
            if not self._where[run]:
                del self._where[run]
                lost.append(run)
        self.different.subtract(self._held_by(lost))

    def _held_by(self, found: Iterable[int]) -> Counter[int]:
        """Return how many of some different runs each licence has."""
        return Counter(chain.from_iterable(map(self._holders.__getitem__, found)))


def _places(hits: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Return where each run stands."""
    found: dict[int, list[int]] = {}
    for position, run in hits:
        found.setdefault(run, []).append(position)
    return found


def _between(hits: Sequence[tuple[int, int]], one: Recognised) -> slice:
    """Return which hits lie in a stretch."""
    below = bisect_left(hits, (one.start, 0))
    return slice(below, bisect_left(hits, (one.end + 1, 0), below))


def _best_stretch(met: _Met) -> Recognised | None:
    """Return the stretch that has most of a licence's hashes, or None where none has enough."""
    least = int(met.size * met.sketch.wanted)
    best, where = _fullest(met.hits, int(met.sketch.length * _SLACK) + 30, least)
    share = min(best / met.size, 1.0)
    if share < met.sketch.wanted:
        return None
    start, end = where[0], where[1] + RUN - 1
    slack = _FURTHER * (_step(met.sketch) - 1)
    return Recognised(start, end, met.sketch.expression, round(share, 3), slack)


def _fullest(
    hits: Sequence[tuple[int, int]], reach: int, least: int
) -> tuple[int, tuple[int, int]]:
    """
    Return how many different hashes the fullest stretch has, and its first and last position.

    The first of several that have equally many; what has fewer than ``least`` need not be found.
    """
    start, end = hits[0][0], hits[-1][0]
    if end - start <= reach and len({one for _, one in hits}) == len(hits):
        return len(hits), (start, end)  # a text that stands there once
    best, where = 0, (0, 0)
    # A stretch ends in one block as long as its reach, and starts in it or in the one before.
    length, last, before, at = reach + 1, -1, 0, 0
    while at < len(hits):
        block = hits[at][0] // length
        after = bisect_left(hits, ((block + 1) * length, 0), at)
        part = hits[before if block == last + 1 else at : after]
        most = len({one for _, one in part})
        if most >= least and most > best:
            found, place = _fullest_of(part, reach)
            if found > best:
                best, where = found, place
        last, before, at = block, at, after
    return best, where


def _fullest_of(hits: Sequence[tuple[int, int]], reach: int) -> tuple[int, tuple[int, int]]:
    """Return the same of all hits, whatever they have."""
    inside: dict[int, int] = {}
    first, best, where = 0, 0, (0, 0)
    from_, gone = hits[0]
    for position, one in hits:
        inside[one] = inside.get(one, 0) + 1
        # What stands again further on, or too far back, does not belong to this stretch.
        while inside[gone] > 1 or position - from_ > reach:
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
            from_, gone = hits[first]
        if len(inside) > best:
            best, where = len(inside), (from_, position)
    return best, where


def _step(sketch: Sketch) -> int:
    return 1 << sketch.zero_bits
