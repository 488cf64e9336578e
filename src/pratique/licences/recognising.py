"""
Say which licences a text gives or names: whole licence texts, notices, Debian copyright files.

Law: what is recognised is told with how sure that is; a text in which nothing is recognised is told
as ``UNRECOGNISED``, never passed over. The text of a GNU licence alone does not say whether later
versions may be used: it counts as ``-only`` unless a notice beside it says "or later".
Bounds: linear in the text, whose length its caller bounds; ``MOST`` licences of one text.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from pratique.licences._copyright_file import Stated, is_copyright_file, stated
from pratique.licences._name_table import PUBLIC_DOMAIN
from pratique.licences._notices import notices
from pratique.licences._sketch import reference
from pratique.licences._texts import Recognised, recognise
from pratique.licences._words import counted, plain, spans, words
from pratique.licences.names import named
from pratique.model.finding import Confidence

UNRECOGNISED = "LicenseRef-unrecognised-text"
MOST = 200
_DEDICATIONS = frozenset(("CC0-1.0", "Unlicense"))
_ONLY, _LATER = "-only", "-or-later"
_REFINED = (
    ("BSD-2-Clause", "endorse or promote products", "BSD-3-Clause"),
    ("BSD-3-Clause", "advertising materials mentioning", "BSD-4-Clause"),
    ("0BSD", "provided that the above copyright notice", "ISC"),
)
"""A text recognised by most of it, words that only its longer sibling has, and that sibling."""
_NEEDED = (("JSON", "for good not evil", "MIT"), ("MIT-advertising", "advertising", "MIT"))
"""A text recognised by most of it, the words that make it more than its shorter sibling."""


_ASKED = frozenset(name for name, _, _ in (*_REFINED, *_NEEDED))
_REMEMBERED_CHARS = 1 << 16
_ORDER = {confidence: place for place, confidence in enumerate(Confidence)}


class Said(Struct, frozen=True):
    """A licence that a text gives (``share`` of its words are there) or names (``share`` 0)."""

    expression: str
    line: int
    confidence: Confidence
    share: float = 0.0


def licences_in(text: str) -> list[Said]:
    """
    Return the licences of a text, each once, in the order of the text.

    >>> [said.expression for said in licences_in("Licensed under the Apache License, Version 2.0")]
    ['Apache-2.0']
    """
    if not text.strip():
        return []
    found = _of_copyright_file(text) if is_copyright_file(text) else _of_text(text)
    first: dict[str, Said] = {}
    for said in islice(found, MOST * 20):
        if said.expression not in first or _better(said, first[said.expression]):
            first[said.expression] = said
    kept = [one for one in first.values() if not _superseded(one, first)]
    kept.sort(key=lambda one: (one.line, one.expression))
    return kept[:MOST] or [Said(UNRECOGNISED, 1, Confidence.LOW)]


def _better(one: Said, other: Said) -> bool:
    return _ORDER[one.confidence] < _ORDER[other.confidence]


def _superseded(one: Said, among: dict[str, Said]) -> bool:
    """Whether what else is there says the same better: "or later", or the text of a dedication."""
    if one.expression == PUBLIC_DOMAIN:
        return bool(_DEDICATIONS & among.keys())
    later = one.expression.removesuffix(_ONLY) + _LATER
    return one.share > 0 and one.expression.endswith(_ONLY) and later in among


def _of_text(text: str, first_line: int = 1) -> Iterator[Said]:
    kept = plain(text)
    found = _of_same(kept) if len(kept) <= _REMEMBERED_CHARS else tuple(_of_plain(kept))
    for said in found:
        yield Said(said.expression, first_line + said.line, said.confidence, said.share)


@lru_cache(maxsize=64)
def _of_same(kept: str) -> tuple[Said, ...]:
    """Return the same as ``_of_plain``: an image has the same few texts many times."""
    return tuple(_of_plain(kept))


def _of_plain(kept: str) -> Iterator[Said]:
    """Yield the licences of a text without its copyright lines; the first line is 0."""
    found = recognise(counted(kept), reference())
    places = spans(kept) if found else []  # as slow as all the rest
    rest, at = [], 0
    for one in found:
        start, end = _stretch(one, places)
        if start > at:
            rest.append(kept[at:start])
        # Lines stay where they were, for the notices behind.
        rest.append("\n" * kept.count("\n", max(at, start), max(at, end)) or " ")
        at = max(at, end)
        line = kept.count("\n", 0, places[one.start][0])
        yield Said(_refined(one, kept[start:end]), line, one.confidence, one.share)
    rest.append(kept[at:])
    left = "".join(rest)
    for notice in notices(left):
        line = left.count("\n", 0, notice.at)
        yield Said(notice.expression, line, notice.confidence)


def _stretch(one: Recognised, places: list[tuple[int, int]]) -> tuple[int, int]:
    start = places[max(one.start - one.slack, 0)][0]
    end = places[min(one.end + one.slack, len(places) - 1)][1]
    return start, end


def _refined(one: Recognised, stretch: str) -> str:
    expression = one.expression
    if expression not in _ASKED:
        return expression
    flat = " ".join(words(stretch))
    for name, more, sibling in _REFINED:
        if expression == name and more in flat:
            expression = sibling
    for name, more, sibling in _NEEDED:
        if expression == name and more not in flat:
            expression = sibling
    return expression


def _of_copyright_file(text: str) -> Iterator[Said]:
    line, counted_to = 1, 0
    for one in stated(text):
        line += text.count("\n", counted_to, one.at)
        counted_to = one.at
        yield from _of_field(one, line)


def _of_field(one: Stated, line: int) -> Iterator[Said]:
    name = named(one.name)
    if name.expression and not name.unknown:
        yield Said(name.expression, line, Confidence.HIGH)
        return
    below = list(_of_text(one.body, line + 1)) if one.body.strip() else []
    yield from below
    if not below and name.expression:
        yield Said(name.expression, line, Confidence.LOW)
