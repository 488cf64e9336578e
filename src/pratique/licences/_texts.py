"""
Recognise whole licence texts inside a text by the runs of words they share with reference texts.

Law: a text counts as there when one stretch of the file holds ``SURE``, ``LIKELY`` or at least
``POSSIBLE`` of its sketch; a stretch is given to one licence only, the one that explains most of
it, so BSD-3-Clause does not also report the BSD-2-Clause inside it. Bounds: linear in the words,
times the few licences of which enough was met.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.licences._sketch import RUN, Reference, Sketch, runs
from pratique.model.errors import LimitExceeded
from pratique.model.finding import Confidence

SURE = 0.9
LIKELY = 0.75
POSSIBLE = 0.62
_SHORT = 25
"""Runs below which a text must be there whole, or nearly: there is little to go by."""
_SHORT_SHARE = 0.9
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
    What was met of one licence: pairs of the position of a run and its hash, in order.

    ``stretch`` is the best one once it is known; until then ``share`` bounds what it can have.
    """

    def __init__(self, sketch: Sketch, hits: list[tuple[int, int]]) -> None:
        self.sketch = sketch
        self.hits = hits
        self.size = sketch.size
        self.stretch: Recognised | None = None
        self.share = 0.0
        self._times: Counter[int] | None = None

    def stands(self) -> bool:
        """Whether enough of the licence is there at all, wherever it stands."""
        wanted = _wanted(self.sketch)
        if len(self.hits) < wanted * self.size:
            return False
        different = len({run for _, run in self.hits} if self._times is None else self._times)
        self.share = min(different / self.size, 1.0)
        return self.share >= wanted

    def lose(self, taken: Sequence[Recognised]) -> bool:
        """Give up what lies in another's stretches (in order); return whether enough is left."""
        kept: list[tuple[int, int]] = []
        gone: list[tuple[int, int]] = []
        at = 0
        for one in taken:
            below = bisect_left(self.hits, (one.start, 0), at)
            above = bisect_left(self.hits, (one.end + 1, 0), below)
            kept += self.hits[at:below]
            gone += self.hits[below:above]
            at = above
        kept += self.hits[at:]
        if not gone:
            return True
        self.hits, self.stretch = kept, None
        if len(kept) < _wanted(self.sketch) * self.size:
            return False  # most cousins of the best
        self._take(gone)
        return self.stands()

    def _take(self, gone: list[tuple[int, int]]) -> None:
        """Count what is left, by what there is less of: what is gone, or what is left."""
        if self._times is None or len(gone) > len(self.hits):
            self._times = Counter([run for _, run in self.hits])
            return
        for _, run in gone:
            left = self._times[run] - 1
            if left:
                self._times[run] = left
            else:
                del self._times[run]

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
    candidates = _candidates(words, reference)
    while candidates and len(found) < _MOST:
        best = max(candidates, key=lambda one: one.worth)
        if best.stretch is None:
            # Looked for only now: most candidates are cousins that lose their words to the best.
            best.stretch = _best_stretch(best)
            if best.stretch is None:
                candidates.remove(best)
            continue
        # All copies at once: a file of notices repeats a few texts hundreds of times.
        taken = sorted((best.stretch, *best.copies(best.stretch)))
        found += taken
        # The same licence stays in: a second copy of its text must not look like a cousin of it.
        candidates = [one for one in candidates if one.lose(taken)]
    return sorted(found)


def _candidates(words: Sequence[str], reference: Reference) -> list[_Met]:
    """Return what was met of each licence of which enough is there, by where it was met first."""
    holders = reference.holders
    hits = [(position, one) for position, one in enumerate(runs(words)) if one in holders]
    held = [holders[one] for _, one in hits]
    if sum(map(len, held)) > HITS:
        raise LimitExceeded(f"more than {HITS} runs of words are those of licences")
    # Many runs are held by the very same sketches: what is done for one of them serves all.
    groups = {id(group): group for group in held}
    counts = Counter(
        map(id, {one: group for (_, one), group in zip(hits, held, strict=True)}.values())
    )
    times: dict[int, int] = {}
    for number, count in counts.items():
        for index in groups[number]:
            times[index] = times.get(index, 0) + count
    # Few licences have enough of their hashes here: only of those is every place gathered.
    sketches = reference.sketches
    enough = {
        index
        for index, count in times.items()
        if count / sketches[index].size >= _wanted(sketches[index])
    }
    met: dict[int, list[tuple[int, int]]] = {index: [] for index in enough}
    takers = {
        number: [met[at].append for at in group if at in enough] for number, group in groups.items()
    }
    for hit, group in zip(hits, held, strict=True):
        for take in takers[id(group)]:
            take(hit)
    by_place = sorted(enough, key=lambda index: (met[index][0][0], index))
    all_met = (_Met(sketches[index], met[index]) for index in by_place)
    return [one for one in all_met if one.stands()]


def _wanted(sketch: Sketch) -> float:
    return _SHORT_SHARE if sketch.length < _SHORT else POSSIBLE


def _best_stretch(met: _Met) -> Recognised | None:
    """Return the stretch that has most of a licence's hashes, or None where none has enough."""
    best, where = _fullest(met.hits, int(met.sketch.length * _SLACK) + 30)
    share = min(best / met.size, 1.0)
    if share < _wanted(met.sketch):
        return None
    start, end = where[0], where[1] + RUN - 1
    slack = _FURTHER * (_step(met.sketch) - 1)
    return Recognised(start, end, met.sketch.expression, round(share, 3), slack)


def _fullest(hits: Sequence[tuple[int, int]], reach: int) -> tuple[int, tuple[int, int]]:
    """Return how many different hashes the fullest stretch has, and its first and last position."""
    start, end = hits[0][0], hits[-1][0]
    if end - start <= reach and len({one for _, one in hits}) == len(hits):
        return len(hits), (start, end)  # a text that stands there once
    inside: dict[int, int] = {}
    first, best, where = 0, 0, (0, 0)
    for position, one in hits:
        inside[one] = inside.get(one, 0) + 1
        # What stands again further on, or too far back, does not belong to this stretch.
        while inside[hits[first][1]] > 1 or position - hits[first][0] > reach:
            gone = hits[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if len(inside) > best:
            best, where = len(inside), (hits[first][0], position)
    return best, where


def _step(sketch: Sketch) -> int:
    return 1 << sketch.zero_bits
