"""
Run content scanners (secrets, malware, licence texts) on the files of a layer.

Law: every file is offered to every scanner, whatever the image says of it, and so is every file in
an archive (``inner_files``); one scanner's failure on one file is an Unknown of that file and the
others stand. No error text of a scanner is passed on: it could quote a secret.
"""

import math
import time
from collections.abc import Callable, Sequence

from msgspec import Struct

from pratique.formats.archives import HEAD_BYTES, kind_of, preload
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.content import ContentScanner
from pratique.model.errors import FormatError
from pratique.model.spot import Spot
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.inner_files import InnerFiles

_MOST_UNKNOWNS = 20


class Seen(Struct, frozen=True):
    """What scanners saw in one file; locations are relative to it."""

    spots: tuple[Spot, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


_NOTHING = Seen()


class Contents:
    """
    The content scanners of a scan; ask ``wants``, then ``look``.

    ``problems`` say which of the user's own rules they do not honour.
    """

    def __init__(
        self,
        scanners: Sequence[ContentScanner] = (),
        limits: Limits = DEFAULT,
        problems: Sequence[str] = (),
    ) -> None:
        self.scanners = tuple(scanners)
        self.limits = limits
        self.problems = tuple(problems)
        self._asked: tuple[str, bytes, int] | None = None
        self._wanted: list[ContentScanner] = []

    def __bool__(self) -> bool:
        """Whether there is any scanner."""
        return bool(self.scanners)

    @property
    def version(self) -> str:
        """Return the text that changes whenever what is seen in a file may change."""
        return ",".join(f"{one.NAME}={one.version}" for one in self.scanners)

    def prepare(self) -> None:
        """Load what the scanners take: a confined process opens no more files."""
        for scanner in self.scanners:
            scanner.prepare()
        if self.scanners:
            preload()

    def wants(self, path: str, head: Callable[[int], bytes], size_bytes: int) -> bool:
        """Whether a scanner wants a file, or what may be in it; ``head`` gives its first bytes."""
        if not self.scanners or not size_bytes:
            return False
        start = bytes(head(HEAD_BYTES))
        return bool(self._wanting(path, start, size_bytes)) or kind_of(start) is not None

    def look(self, file: HeldFile) -> Seen:
        """Return what is seen in a file and in the archive that it may be."""
        unknowns: list[Unknown] = []
        head = file.read(0, HEAD_BYTES)
        wanted = self._wanting(file.path, head, file.size_bytes)
        spots = self._scan(file, wanted, "", unknowns) if wanted else []
        if kind_of(head) is not None:
            tell = _teller(unknowns)
            inner = InnerFiles(self.limits, self._wanting, tell)
            try:
                for inside, held in inner.walk(file):
                    start = held.read(0, HEAD_BYTES)
                    wanted = self._wanting(held.path, start, held.size_bytes)
                    spots += self._scan(held, wanted, inside, unknowns)
                    if len(spots) > self.limits.file_spots:
                        tell("", f"more than {self.limits.file_spots} things were seen in it")
                        break
            except MemoryError:  # its own, not the layer's: the rest of the layer is still read
                tell("", "unpacking it takes too much memory")
        if not spots and not unknowns:
            return _NOTHING
        return Seen(tuple(spots[: self.limits.file_spots]), tuple(unknowns))

    def _wanting(self, path: str, head: bytes, size_bytes: int) -> list[ContentScanner]:
        asked = path, head, size_bytes
        if asked != self._asked:  # a file that is wanted is looked at next
            self._wanted = [one for one in self.scanners if one.wants(path, head, size_bytes)]
            self._asked = asked
        return self._wanted

    def _scan(
        self,
        file: HeldFile,
        wanted: Sequence[ContentScanner],
        inside: str,
        unknowns: list[Unknown],
    ) -> list[Spot]:
        most = self.limits.file_spots
        found: list[Spot] = []
        for scanner in wanted:
            spots: list[Spot] = []
            try:
                if (seen := scanner.scan(file)) == ():
                    continue  # most files
                # One by one: what was seen before a scanner gives up has been seen.
                for spot in seen:
                    spots.append(spot)
                    if len(spots) > most:
                        break
            except FormatError as error:
                unknowns.append(_unseen(scanner.NAME, inside, type(error).__name__))
            except MemoryError:
                unknowns.append(_unseen(scanner.NAME, inside, "it takes too much memory"))
            except Exception as error:  # noqa: BLE001 - a bug in one scanner must not hide the rest
                reason = f"the scanner failed: {type(error).__name__}"
                unknowns.append(_unseen(scanner.NAME, inside, reason, Weight.BLOCKING))
            if len(spots) > most:
                unknowns.append(_unseen(scanner.NAME, inside, f"more than {most} things were seen"))
            if spots:  # most files hold nothing
                found += [_placed(spot, inside) for spot in spots[:most]]
        return found


NO_CONTENTS = Contents()


class Rationed:
    """
    The content scanners of one layer, as long as they keep to what a layer may have of them.

    Law: past ``Limits.layer_spots`` or ``seconds`` no more files are looked into and ``problem`` says
    so; what else is to be read of the layer, its packages first of all, is read all the same.
    ``clock`` tells the CPU time of this process, ``wall`` any time: asking for the former is slow,
    so it is asked again only when as much time went by as there was CPU time left.
    """

    def __init__(
        self,
        contents: Contents,
        limits: Limits,
        seconds: float = math.inf,
        clock: Callable[[], float] = time.process_time,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        self.problem = ""
        self._contents = contents
        self._spots = self._room = limits.layer_spots
        self._seconds = seconds
        self._clock = clock
        self._wall = wall
        self._ask_at = -math.inf

    def __bool__(self) -> bool:
        """Whether files are looked into."""
        return bool(self._contents) and not self.problem

    def wants(self, path: str, head: Callable[[int], bytes], size_bytes: int) -> bool:
        """Whether a scanner wants a file; see ``Contents``."""
        return not self.problem and self._contents.wants(path, head, size_bytes)

    def look(self, file: HeldFile) -> Seen:
        """Return what is seen in a file, nothing once there was enough."""
        if self.problem or not self._contents.scanners:
            return _NOTHING
        seen = self._contents.look(file)
        if seen.spots:
            room, self._room = self._room, self._room - len(seen.spots)
            if self._room < 0:
                self.problem = f"more than {self._spots} things were seen in the layer"
                return Seen(seen.spots[:room], seen.unknowns)
        # One thread takes no more of it than goes by.
        if (now := self._wall()) >= self._ask_at and self._is_late(now):
            self.problem = f"looking into files took more than {self._seconds:.3g} s of CPU time"
        return seen

    def _is_late(self, now: float) -> bool:
        """Whether the CPU time is used up; if not, say when to ask again."""
        left = self._seconds - self._clock()
        self._ask_at = now + left
        return left < 0


def not_seen(reason: str) -> Unknown:
    """Return the Unknown for a file that no scanner could look into."""
    return _unseen("scan_contents", "", reason)


def _placed(spot: Spot, inside: str) -> Spot:
    if not inside:
        return spot
    return Spot(
        spot.scanner,
        spot.rule,
        spot.title,
        spot.severity,
        spot.confidence,
        inside + spot.inside,
        spot.line,
        spot.shown,
        spot.note,
        spot.digest,
    )


def _teller(unknowns: list[Unknown]) -> Callable[[str, str], None]:
    def tell(inside: str, reason: str) -> None:
        if len(unknowns) < _MOST_UNKNOWNS:
            unknowns.append(_unseen("scan_contents", inside, reason))

    return tell


def _unseen(unit: str, inside: str, reason: str, weight: Weight = Weight.COVERAGE) -> Unknown:
    return Unknown(
        stage=Stage.CONTENT, unit=str(unit), location=inside, reason=reason, weight=weight
    )
