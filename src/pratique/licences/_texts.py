"""
Recognise whole licence texts inside a text by the runs of words they share with reference texts.

Law: a text counts as there when one stretch of the file holds ``SURE``, ``LIKELY`` or at least
``POSSIBLE`` of its sketch; a stretch is given to one licence only, the one that explains most of
it, so BSD-3-Clause does not also report the BSD-2-Clause inside it. Bounds: linear in the words,
times the few licences of which enough was met.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

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
_CANDIDATES = 48
_MOST = 64
"""Texts reported of one file."""
HITS = 400_000
"""Runs of known texts that one file may hold, each counted once per licence; about 60 MB."""
_FURTHER = 6
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


class _Met(Struct):
    """What was met of one licence: pairs of the position of a run and its hash, in order."""

    sketch: Sketch
    hits: list[tuple[int, int]]


def recognise(words: Sequence[str], reference: Reference) -> list[Recognised]:
    """
    Return the licence texts in a sequence of words, first first.

    Raises:
        LimitExceeded: the same runs of words stand there over and over.
    """
    found: list[Recognised] = []
    candidates = _candidates(words, reference)
    while candidates and len(found) < _MOST:
        best = max(candidates, key=lambda pair: _worth(*pair))
        found.append(best[0])
        # The same licence stays in: a second copy of its text must not look like a cousin of it.
        candidates = list(_left(candidates, best[0]))
    return sorted(found)


def _candidates(words: Sequence[str], reference: Reference) -> list[tuple[Recognised, _Met]]:
    met: dict[int, list[tuple[int, int]]] = {}
    holders = reference.holders
    room = HITS
    for position, one in enumerate(runs(words)):
        holding = holders.get(one, ())
        room -= len(holding)
        if room < 0:
            raise LimitExceeded(f"more than {HITS} runs of words are those of licences")
        for index in holding:
            met.setdefault(index, []).append((position, one))
    all_met = [_Met(reference.sketches[index], hits) for index, hits in met.items()]
    all_met.sort(key=lambda one: -len(one.hits) * _step(one.sketch))
    found = ((_best_stretch(one), one) for one in all_met if _enough(one))
    return list(islice(((stretch, one) for stretch, one in found if stretch), _CANDIDATES))


def _left(
    candidates: Sequence[tuple[Recognised, _Met]], taken: Recognised
) -> Iterator[tuple[Recognised, _Met]]:
    """Yield the candidates that still stand without the stretches given to a licence."""
    for stretch, met in candidates:
        below = bisect_left(met.hits, (taken.start, 0))
        above = bisect_left(met.hits, (taken.end + 1, 0))
        met.hits = met.hits[:below] + met.hits[above:]
        if stretch.end < taken.start or stretch.start > taken.end:
            yield stretch, met
        elif _enough(met) and (other := _best_stretch(met)):
            yield other, met


def _enough(met: _Met) -> bool:
    """Whether enough of a licence is there at all, wherever it stands."""
    wanted = _wanted(met.sketch) * (len(met.sketch.hashes) // 4)
    return len(met.hits) >= wanted and len({one for _, one in met.hits}) >= wanted


def _wanted(sketch: Sketch) -> float:
    return _SHORT_SHARE if sketch.length < _SHORT else POSSIBLE


def _best_stretch(met: _Met) -> Recognised | None:
    """Return the stretch that has most of a licence's hashes, or None where none has enough."""
    size = len(met.sketch.hashes) // 4
    reach = int(met.sketch.length * _SLACK) + 30
    inside: dict[int, int] = {}
    first, best, where = 0, 0, (0, 0)
    for position, one in met.hits:
        inside[one] = inside.get(one, 0) + 1
        # What stands again further on, or too far back, does not belong to this stretch.
        while inside[met.hits[first][1]] > 1 or position - met.hits[first][0] > reach:
            gone = met.hits[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if len(inside) > best:
            best, where = len(inside), (met.hits[first][0], position)
    share = min(best / size, 1.0)
    if share < _wanted(met.sketch):
        return None
    start, end = where[0], where[1] + RUN - 1
    slack = _FURTHER * (_step(met.sketch) - 1)
    return Recognised(start, end, met.sketch.expression, round(share, 3), slack)


def _worth(found: Recognised, met: _Met) -> tuple[float, int, str]:
    """Rank what explains a stretch: much text, and whole; then the plainer name."""
    explained = found.share * met.sketch.length
    plain = -len(met.sketch.expression)
    return round(found.share**_FAVOUR * explained, 3), plain, met.sketch.expression


def _step(sketch: Sketch) -> int:
    return 1 << sketch.zero_bits
