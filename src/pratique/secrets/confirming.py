"""
Confirm places where a kind may stand: the second half of the search.

Laws: per rule, matches are taken from left to right; behind one that holds the search goes on at its end, behind
one that does not at the next byte, so the outcome depends on the text alone, never on
the engine or on how the text was cut. Of hits that overlap, the more special kind stays.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.secrets._fallback import Region
from pratique.secrets.interface import SecretKind
from pratique.secrets.published import unpublished
from pratique.secrets.rule import Place, Rule
from pratique.secrets.values import entropy, is_placeholder
from pratique.secrets.windows import Window

NEAR_BYTES = 120
"""How far before a match a word may stand that a kind wants near."""
ALLOWED = (b"pratique:allow", b"gitleaks:allow")
"""A comment with one of these on a line lets the line's secrets stand, where that is asked for."""
_FOR_SHOW = re.compile(
    r"(?:^|/)(?:tests?|testdata|testing|fixtures?|examples?|samples?|docs?|man|info|__tests__|spec)/|"
    r"examples?[-.\d]|test_|_test\.|\.(?:test|spec)\.|(?:^|/)tests?[-_.]|"
    r"\.(?:md|rst|adoc|html?|txt|pyi|d\.[cm]?ts|[1-9](?:ssl|pm|x|p)?|dist|samples?|examples?|te?mpl(?:ate)?)$|"
    r"(?:^|/)(?:README|CHANGE|HISTORY|NEWS|METADATA$|PKG-INFO$)|META-INF/maven/",
    re.IGNORECASE,
)
"""
Files that show how something is done; a general kind is less sure there.

The METADATA of a Python package holds its README; declarations of types hold only comments; ``.5``
is a manual page; ``META-INF/maven`` in a jar holds how it was built.
"""
_PUBLISHED = re.compile(
    r"(?:^|/)(?:node_modules|bower_components|site-packages|dist-packages|gems|specifications|"
    r"cargo/registry|go/pkg/mod|\.m2/repository|vendor/[\w.-]+/[\w.-]+|"
    r"usr/share/(?:doc|man|info|gtk-doc|perl5?|nodejs|javascript|php|gocode|cargo|go[-.\d]*/src)|"
    r"usr/lib/(?:python3[.\d]*|ruby|rustlib|go[-.\d]*/src)|usr/local/go/src)/"
)
"""Where package managers put what others publish: most of it is everybody's, and shows something."""
_THROWAWAY = re.compile(r"(?:^|/)ssl-cert-snakeoil\.key$")
"""Keys that a package makes when it is installed, for certificates nobody is to trust."""
_CHECKSUM = re.compile(rb"sha(?:1|224|256|384|512)[-=:]([0-9A-Za-z+/_-]{27,88})={0,2}")
_CHECKSUM_CHARS = frozenset({27, 38, 43, 64, 86})
"""Lengths of checksums in base64: lists of installed files and lockfiles are full of them."""
_DESCRIBES = re.compile(rb"(?:^|\n)[ \t]{0,40}\*[ \t]+(?![*\d/@ \t])[^\n]*\Z")
"""A line of a comment that describes a function, up to the value; lines of a crontab go on with stars."""
_DESCRIBES_BACK = 240
_LINE_BYTES = 4096
_SURE = {Confidence.HIGH: 2, Confidence.MEDIUM: 1, Confidence.LOW: 0}


class Hit(Struct, frozen=True, kw_only=True):
    """
    A confirmed credential; it holds the value, so it never leaves this folder.

    ``start`` and ``end`` are where the value stands in the whole text.
    """

    rule: Rule
    value: bytes
    start: int
    end: int
    line: int
    confidence: Confidence

    def __repr__(self) -> str:
        """Return a text without the value: it may end in a traceback."""
        return f"Hit({self.rule.kind.id!r}, line={self.line})"

    @property
    def rank(self) -> tuple[bool, int, bool, int, str]:
        """Return what decides between hits that overlap: the largest wins."""
        kind = self.rule.kind
        checked = kind.check is not None or kind.proof is not None or bool(kind.near)
        size = self.end - self.start
        return not self.rule.general, _SURE[self.confidence], checked, size, kind.id


class Confirmation:
    """
    The confirmation of one file's text, window by window; ``heeding`` comments that let secrets stand.
    """

    def __init__(self, rules: Sequence[Rule], path: str, *, heeding: bool = False) -> None:
        self._heeding = heeding
        self._rules = rules
        self._path = path
        self._lowered = path.lower()
        self._first: dict[int, int] = {}
        self._open: list[Hit] = []

    def hits(self, window: Window, regions: Sequence[Region]) -> list[Hit]:
        """
        Return the hits that this window decides, sorted, none overlapping.

        Those that reach beyond its core wait for the next one.
        """
        if not regions and not self._open:
            return []  # most files
        found = self._open + self._confirmed(window, regions)
        decided, self._open = _split(found, window.offset + window.stop)
        return decided

    def last(self) -> list[Hit]:
        """Return the hits that still wait, once there is no other window."""
        decided, self._open = _without_overlap(self._open), []
        return decided

    def _confirmed(self, window: Window, regions: Sequence[Region]) -> list[Hit]:
        place = Place(window.text, self._path)
        found: list[Hit] = []
        line = _Lines(window)
        for number, low, high in regions:
            rule = self._rules[number]
            if high < window.start or low >= window.stop or self._lowered.endswith(rule.not_in):
                continue
            high = min(high, window.stop - 1)
            at = max(low, window.start, self._first.get(number, 0) - window.offset)
            if at > high:
                continue
            for match, holds in _matches(rule, place, at, high):
                if holds and self._heeding and _is_let_stand(match, place.text):
                    high = max(high, match.end() - 1)
                elif holds:
                    found.append(_hit(rule, match, window, line, self._path))
                    high = max(high, match.end() - 1)
            # Every place up to here has been tried: regions that overlap cost nothing twice.
            self._first[number] = window.offset + high + 1
        return found


def _matches(
    rule: Rule, place: Place, at: int, high: int
) -> Iterator[tuple["re.Match[bytes]", bool]]:
    """Yield the matches that begin in ``at..high``, and whether each is confirmed."""
    end = high + rule.shape.width + rule.shape.ahead + 1
    search = rule.expression.search
    while at <= high:
        match = search(place.text, at, end)
        if match is None or match.start() > high:
            return
        holds = _holds(rule, match, place)
        yield match, holds
        at = match.end() if holds else match.start() + 1


def _holds(rule: Rule, match: "re.Match[bytes]", place: Place) -> bool:
    kind = rule.kind
    start, end = rule.span(match)
    value = place.text[start:end]
    if not value or (not kind.placeholders_allowed and is_placeholder(value)):
        return False
    if kind.entropy and entropy(value) < kind.entropy:
        return False
    if kind.near and not _is_near(kind.near, match, place.text):
        return False
    if rule.judge is not None and not rule.judge(match, place):
        return False
    if kind.check is not None and not kind.check(value):
        return False
    if rule.allowed is not None and rule.allowed(match, place):
        return False
    return unpublished(value) and not _is_in_checksum(start, end, place.text)


def _is_near(words: Sequence[bytes], match: "re.Match[bytes]", text: bytes) -> bool:
    start = match.start()
    before = text[max(0, start - NEAR_BYTES) : start].lower()
    return any(word in before for word in words)


def _is_in_checksum(start: int, end: int, text: bytes) -> bool:
    """Return whether a value is a piece of ``sha256=…``: chance spells short prefixes in it."""
    for found in _CHECKSUM.finditer(text, max(0, start - 96), end + 96):
        if found.start(1) <= start and end <= found.end():
            return len(found[1]) in _CHECKSUM_CHARS
    return False


def _is_let_stand(match: "re.Match[bytes]", text: bytes) -> bool:
    """Return whether a comment on one of the match's lines allows it."""
    start, end = match.span()
    first = text.rfind(b"\n", max(0, start - _LINE_BYTES), start) + 1
    last = text.find(b"\n", end, end + 512)
    line = text[max(first, start - _LINE_BYTES) : last if last >= 0 else end + 512]
    return any(word in line for word in ALLOWED)


class _Lines:
    """Number the lines of a window; asked with ascending places it counts each byte once."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._at, self._line = 0, window.line

    def number(self, place: int) -> int:
        if place < self._at:
            self._at, self._line = 0, self._window.line
        self._line += self._window.text.count(b"\n", self._at, place)
        self._at = place
        return self._line


def _hit(rule: Rule, match: "re.Match[bytes]", window: Window, lines: _Lines, path: str) -> Hit:
    start, end = rule.span(match)
    value = window.text[start:end]
    return Hit(
        rule=rule,
        value=value,
        start=window.offset + start,
        end=window.offset + end,
        line=lines.number(start),
        confidence=_confidence(
            rule, value, path, window.text[max(0, start - _DESCRIBES_BACK) : start]
        ),
    )


def _confidence(rule: Rule, value: bytes, path: str, before: bytes) -> Confidence:
    kind = rule.kind
    if rule.general and kind.proof is None and _DESCRIBES.search(before):
        return Confidence.LOW
    if kind.proof is not None:
        return Confidence.HIGH if kind.proof(value) else Confidence.LOW
    return confidence_at(path, kind, general=rule.general)


def confidence_at(path: str, kind: SecretKind, *, general: bool = False) -> Confidence:
    """
    Return how sure a finding of a kind is by where it lies.

    >>> from pratique.secrets.key_stores import KINDS
    >>> [confidence_at(path, KINDS[0]).value for path in ("srv/key.p12", "usr/share/doc/a/tests/key.p12")]
    ['high', 'low']
    """
    if _is_for_show(kind, path, general=general):
        return Confidence.LOW
    throwaway = kind.confidence is Confidence.HIGH and _THROWAWAY.search(path)
    return Confidence.MEDIUM if throwaway else kind.confidence


def _is_for_show(kind: SecretKind, path: str, *, general: bool) -> bool:
    """Whether a file is one in which what looks like a credential of this kind mostly is none."""
    shows = _FOR_SHOW.search(path) is not None
    guess = general or kind.confidence is not Confidence.HIGH
    if guess and shows:
        return True
    weak = guess or shows or kind.severity.rank <= Severity.MEDIUM.rank
    return weak and _PUBLISHED.search(path) is not None


def _split(hits: list[Hit], decided: int) -> tuple[list[Hit], list[Hit]]:
    """Return what overlaps nothing that may yet come, resolved; and the rest as it is."""
    done: list[Hit] = []
    group: list[Hit] = []
    reach = 0
    for hit in sorted(hits, key=_by_place):
        if group and hit.start >= reach:
            done += group
            group = []
        group.append(hit)
        reach = max(reach, hit.end)
        if reach > decided:
            waiting = [one for one in hits if one.start >= group[0].start]
            return _without_overlap(done), waiting
    return _without_overlap(done + group), []


def _by_place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, hit.end, hit.rule.kind.id


def _without_overlap(hits: list[Hit]) -> list[Hit]:
    """Return the hits sorted by place, of those that overlap the best alone."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_by_place):
        if kept and hit.start < kept[-1].end:
            if hit.rank > kept[-1].rank:
                kept[-1] = hit
        else:
            kept.append(hit)
    return kept
