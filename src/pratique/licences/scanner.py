"""
Look into licence files: LICENSE, COPYING, copyright and the like, wherever they lie.

The reference texts that distributions install for others to point at (``common-licenses``) are left
out: they say nothing about what is installed. Law: a file is read whole, or not at all and that is
told. Bounds: ``FILE_BYTES`` a file, read in overlapping pieces of ``PIECE_CHARS``.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from pratique.licences._name_table import exceptions, names
from pratique.licences._sketch import DATA, reference
from pratique.licences._texts import SURE
from pratique.licences.classes import SEVERITIES, class_of
from pratique.licences.recognising import UNRECOGNISED, Said, licences_in
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.spot import Scanner, Spot
from pratique.model.units import LayerFile

FILE_BYTES = 8 << 20
PIECE_CHARS = 1 << 18
OVERLAP_CHARS = 1 << 16
"""More than the longest licence text has."""
_CUT_LINES = 3
_REVISION = 2
_NAME = re.compile(
    r"(?:^|[-_. ])(?:un)?(?:licen[cs]es?|copying|eula)(?:[-_. ]|$)|^l?gpl[-_.\d]*(?:txt)?$"
    r"|^copyrights?(?:\.txt|\.md)?$",
    re.IGNORECASE,
)
_CODE_ENDINGS = (
    "py pyc pyi js mjs cjs jsx ts tsx map java class kt go rs c cc cpp h hpp cs rb php pl pm sh css scss "
    "json yaml yml toml xml xsl xsd svg png jpg jpeg gif ico woff woff2 ttf so a o gz xz bz2 zip jar "
    "mo po pot lua vim el elc spdx about sig asc sum ini cfg conf tmpl j2 list md5sums"
)
_CODE = frozenset(_CODE_ENDINGS.split())
_TREES = ("usr/share/licenses/",)
_NOT_TREES = (
    "usr/share/common-licenses/",
    "usr/share/licenses/common/",
    "usr/share/licenses/spdx/",
)


class LicenceScanner:
    """The content scanner of licence files."""

    NAME = Scanner.LICENCE

    def __init__(self) -> None:
        self._version = ""

    @property
    def version(self) -> str:
        """Return a hash of the reference texts with the revision of the code."""
        if not self._version:
            self._version = f"{_REVISION}.{hashlib.sha256(DATA.read_bytes()).hexdigest()[:12]}"
        return self._version

    def prepare(self) -> None:
        """Read the reference texts and the lists of names."""
        reference()
        names()
        exceptions()
        class_of("MIT")  # loads the list of licences

    def wants(self, path: str, head: bytes, size_bytes: int) -> bool:
        """Whether a file is called like a licence file and is text."""
        if not size_bytes or not _is_called_so(path) or path.startswith(_NOT_TREES):
            return False
        return b"\0" not in head.removeprefix(b"\xff\xfe")

    def scan(self, file: LayerFile) -> Iterable[Spot]:
        """
        Yield a spot for each licence that the file gives or names.

        Raises:
            FormatError: the file is too large.
        """
        if file.size_bytes > FILE_BYTES:
            raise FormatError(f"a licence file of {file.size_bytes} bytes is not read")
        text = file.content().decode(errors="replace")
        for said in _in_pieces(text):
            yield spot_of(said)


def _is_called_so(path: str) -> bool:
    if path.startswith(_TREES):
        return True
    name = path.rpartition("/")[2]
    lowered = name.lower()
    if not ("cen" in lowered or "copy" in lowered or "gpl" in lowered or "eula" in lowered):
        return False  # most files: none of the words is there
    return bool(_NAME.search(name)) and lowered.rpartition(".")[2] not in _CODE


def spot_of(said: Said) -> Spot:
    """Return what the file says as a spot; ``rule`` is the SPDX expression."""
    known = class_of(said.expression)
    if said.expression == UNRECOGNISED:
        title = "a licence file in which no known licence was recognised"
    elif said.share:
        title = f"the text of {said.expression} ({known})"
    else:
        title = f"names {said.expression} ({known})"
    return Spot(
        scanner=Scanner.LICENCE,
        rule=said.expression,
        title=title,
        severity=SEVERITIES[known],
        confidence=said.confidence,
        line=said.line,
        note=f"{said.share:.0%} of the text" if said.share else "",
    )


def _in_pieces(text: str) -> Iterator[Said]:
    """Yield the licences of a text that may be too long to be looked at in one piece."""
    if len(text) <= PIECE_CHARS:
        yield from licences_in(text)
        return
    seen: set[str] = set()
    unread: Said | None = None
    step = PIECE_CHARS - OVERLAP_CHARS
    for at in range(0, len(text), step):
        lines = text.count("\n", 0, at)
        # What starts in the overlap is seen whole in the next piece.
        last = text.count("\n", at, at + step) + 1 if at + PIECE_CHARS < len(text) else len(text)
        for said in licences_in(text[at : at + PIECE_CHARS]):
            # What the seam above cuts was seen whole in the piece before; the rest looks like a cousin.
            cut = said.line > last or (at and said.line <= _CUT_LINES and 0 < said.share < SURE)
            if said.expression == UNRECOGNISED:
                unread = Said(UNRECOGNISED, said.line + lines, Confidence.LOW)
            elif not cut and said.expression not in seen:
                seen.add(said.expression)
                yield Said(said.expression, said.line + lines, said.confidence, said.share)
    if unread and not seen:
        yield unread
