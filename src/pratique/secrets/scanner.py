"""
Find credentials in files: the ``ContentScanner`` of this folder.

Laws: text of any size is looked at, in UTF-8, any single-byte encoding of ASCII, or UTF-16 with its mark; each credential is told once,
at its line; no value leaves the scanner, whatever happens. A search engine narrows down where
to look (Hyperscan, else keywords) and never changes what is found.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.model.content import HEAD_BYTES
from pratique.model.errors import LimitExceeded
from pratique.model.spot import Scanner, Spot
from pratique.model.units import LayerFile
from pratique.secrets.confirming import Confirmation, Hit, confidence_at
from pratique.secrets.interface import SecretKind
from pratique.secrets.key_stores import KEY_STARTS, keys_in, may_hold_key
from pratique.secrets.rule import Rule, fingerprint_of
from pratique.secrets.rules import rules_version
from pratique.secrets.search import Search, search_for
from pratique.secrets.settings import assigned_in
from pratique.secrets.texts import MARKS, is_binary, pieces_of, printable_pieces
from pratique.secrets.values import masked
from pratique.secrets.windows import WHOLE, Window, windows

_UNUSUAL = (*KEY_STARTS, *MARKS)
"""What a file begins with that may be a container of keys, or text in UTF-16."""
MAX_SPOTS = 2_000
"""Credentials told of one file; one that holds more is told so and not read on."""
_MOST_REPEATED = 200
"""Values of one text that are masked wherever they stand, not only where they were found."""
_VERSION = "4"


class SecretScanner:
    """
    The scanner for credentials.

    >>> scanner = SecretScanner(engine="keywords")
    >>> [spot.rule for spot in scanner.scan_text("ENV", b"DB_PASSWORD=" + b"hunter2")]
    ['password']
    """

    NAME = Scanner.SECRET

    def __init__(
        self,
        rules: Sequence[Rule] | None = None,
        *,
        binaries: bool = False,
        heeding: bool = False,
        cache: Path | None = None,
        engine: str = "",
    ) -> None:
        """
        Make a scanner; nothing is loaded before ``prepare``.

        Args:
            rules: what to look for; all kinds where none are given.
            binaries: also look into the printable strings of binary files.
            heeding: let secrets stand on lines with a comment that says so.
            cache: the folder where the compiled rules are kept.
            engine: ``hyperscan`` or ``keywords``; empty takes the first that is installed.
        """
        self._given = rules
        self._binaries = binaries
        self._heeding = heeding
        self._cache = cache
        self._wanted = engine
        self._search: Search | None = None

    @property
    def rules(self) -> Sequence[Rule]:
        """What is looked for."""
        return self._ready().rules if self._given is None else self._given

    @property
    def version(self) -> str:
        """Return the text that changes whenever the result for the same file may change."""
        suffix = "-binaries" * self._binaries + "-heeding" * self._heeding
        rules = rules_version() if self._given is None else fingerprint_of(self._given)
        return f"{_VERSION}-{rules[:16]}{suffix}"

    @property
    def engine(self) -> str:
        """Return the name of the engine at work."""
        return self._ready().engine.NAME

    def prepare(self) -> None:
        """Load or compile the rules; called again it does nothing."""
        self._ready()

    def wants(self, path: str, head: bytes, size_bytes: int) -> bool:
        """Whether a file is text, a container of keys, or binaries are asked for too."""
        if not size_bytes:
            return False
        if b"\0" not in head[:HEAD_BYTES]:
            return True  # most files
        if self._binaries or head.startswith(MARKS):
            return True
        return head.startswith(KEY_STARTS) and may_hold_key(head)

    def scan(self, file: LayerFile) -> Iterable[Spot]:
        """
        Return the credentials of one file, told as they are found.

        Raises:
            LimitExceeded: it holds more than ``MAX_SPOTS``.
        """
        if file.size_bytes > WHOLE:
            return self._in_pieces(file)
        text = file.read(0, WHOLE)
        if text.startswith(_UNUSUAL) or text.find(b"\0", 0, HEAD_BYTES) >= 0:
            return self._in_pieces(file)
        regions = (self._search or self._ready()).regions(file.path, text)
        if not regions:
            return ()  # most files: there is nothing to confirm
        confirmation = Confirmation(self.rules, file.path, heeding=self._heeding)
        window = Window(text, 0, len(text), 0, 1)
        return _told((*confirmation.hits(window, regions), *confirmation.last()))

    def _in_pieces(self, file: LayerFile) -> Iterator[Spot]:
        head = file.read(0, HEAD_BYTES)
        binary = is_binary(head)
        if may_hold_key(head):
            for kind, value in keys_in(file):
                sure = confidence_at(file.path, kind)
                shown = f"… ({len(value)} bytes)"
                yield replace(_spot_of(kind, value, 0), shown=shown, confidence=sure)
        if binary and not self._binaries:
            return
        pieces = printable_pieces(file) if binary else pieces_of(file)
        yield from _told(self._hits(file.path, pieces), lines=not binary)

    def scan_text(self, label: str, text: bytes) -> Iterator[Spot]:
        """
        Yield the credentials of a setting, a history line or a label of the image's configuration.

        A password in ``KEY=value`` counts here however plain it is, for these are no prose.
        """
        hits = list(self._hits(label, (text,)))
        yield from map(_spot, hits)
        starts, told = [hit.start for hit in hits], {hit.value for hit in hits}
        line, counted = 1, 0
        for start, value, kind in assigned_in(text):
            before = bisect_left(starts, start + len(value)) - 1
            if value in told or (before >= 0 and hits[before].end > start):
                continue
            line, counted = line + text.count(b"\n", counted, start), start
            yield _spot_of(kind, value, line)

    def masked(self, label: str, text: bytes) -> bytes:
        """
        Return a text with the credentials in it masked, as it may be shown.

        >>> SecretScanner(engine="keywords").masked("ENV", b"DB_PASSWORD=" + b"hunter2" + b" x")
        b'DB_PASSWORD=\xe2\x80\xa6 (7 characters) x'
        """
        found = [(hit.start, hit.value) for hit in self._hits(label, (text,))]
        found += ((start, value) for start, value, _ in assigned_in(text))
        parts: list[bytes] = []
        at = 0
        for start, value in sorted(found, key=lambda one: (one[0], -len(one[1]))):
            if start >= at:
                parts += (text[at:start], masked(value).encode())
            at = max(at, start + len(value))
        shown = b"".join((*parts, text[at:]))
        # The same value may stand again where nothing tells that it is one.
        values = dict.fromkeys(value for _, value in found)
        for value in sorted(list(values)[:_MOST_REPEATED], key=len, reverse=True):
            shown = shown.replace(value, masked(value).encode())
        return shown

    def _hits(self, path: str, pieces: Iterable[bytes]) -> Iterator[Hit]:
        search = self._ready().of(path)
        confirmation: Confirmation | None = None
        for window in windows(pieces):
            regions = search.regions(window.text)
            if confirmation is None:
                if not regions:
                    continue  # in most files there is nothing to confirm
                confirmation = Confirmation(self.rules, path, heeding=self._heeding)
            yield from confirmation.hits(window, regions)
        if confirmation is not None:
            yield from confirmation.last()

    def _ready(self) -> Search:
        if self._search is None:
            self._search = search_for(self._given, self._cache, self._wanted)
        return self._search


def _told(hits: Iterable[Hit], *, lines: bool = True) -> Iterator[Spot]:
    for count, hit in enumerate(hits):
        if count >= MAX_SPOTS:
            raise LimitExceeded(f"more than {MAX_SPOTS} secrets in one file")
        yield _spot(hit, line=hit.line if lines else 0)


def _spot(hit: Hit, line: int | None = None) -> Spot:
    spot = _spot_of(hit.rule.kind, hit.value, hit.line if line is None else line)
    return replace(spot, confidence=hit.confidence)


def _spot_of(kind: SecretKind, value: bytes, line: int) -> Spot:
    return Spot(
        scanner=Scanner.SECRET,
        rule=kind.id,
        title=kind.title,
        severity=kind.severity,
        confidence=kind.confidence,
        line=line,
        shown=masked(value),
        note=kind.rotate,
        digest=hashlib.sha256(value).hexdigest(),
        aliases=kind.aliases,
    )
