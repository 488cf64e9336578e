"""
Walk the files inside an archive, and inside archives in it.

Law: what cannot be looked into is told and the rest goes on; all of it together stays within
``Limits.archive_bytes``, ``archive_depth`` and ``archive_archives``. A member larger than
``unit_memory_bytes`` is looked into only where it is itself a zip archive. A member's path is that
of the archive with its own behind it, as if it were unpacked there: where something lies says what it
is (``usr/share/doc/…``).
"""

from collections.abc import Callable, Iterator

from pratique.formats.archives import HEAD_BYTES, ArchiveKind, Member, kind_of, members
from pratique.formats.zip.archive import Budget
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError
from pratique.model.units import LayerFile

Tell = Callable[[str, str], None]
"""Take what was left out: the place inside the archive (``!a/b``) and why."""

Wants = Callable[[str, bytes, int], object]
"""Whether to have a file, by its path, first bytes and size."""

_MODE = 0o644


class InnerFiles:
    """
    Walk one archive of a layer.

    ``wants`` is asked of every member, by its path; archives among the members are
    walked whether they are wanted or not.
    """

    def __init__(self, limits: Limits, wants: Wants, tell: Tell) -> None:
        self._limits = limits
        self._wants = wants
        self._tell = tell
        self._bytes = Budget(limits.archive_bytes)
        self._archives = Budget(limits.archive_archives, "archives (archive_archives)")
        self._is_told = False

    def walk(
        self, file: LayerFile, inside: str = "", depth: int = 1
    ) -> Iterator[tuple[str, HeldFile]]:
        """Yield the wanted files in ``file``, each with its place (``!inner/path``)."""
        kind = kind_of(file.read(0, HEAD_BYTES))
        if kind is None or self._is_over():
            return
        if depth > self._limits.archive_depth:
            self._tell(inside, f"more than {self._limits.archive_depth} archives in each other")
            return
        try:
            self._archives.spend(1)
            found = members(kind, file.open(), file.path, self._limits, self._bytes)
            for member in found:
                place = f"{inside}!{member.name}"
                if (taken := self._taken(member, f"{file.path}/{member.name}", place)) is None:
                    continue  # most members of most archives
                held, wanted, inner = taken
                if wanted:
                    yield place, held
                if inner:
                    yield from self.walk(held, place, depth + 1)
        except FormatError as error:
            if inside or kind is not ArchiveKind.TAR:  # a few bytes only make a file look like tar
                self._tell_once(inside, f"not all of this {kind} archive was looked into: {error}")

    def _taken(self, member: Member, path: str, inside: str) -> tuple[HeldFile, bool, bool] | None:
        """Return a member, whether it is wanted and whether it is an archive; None if neither."""
        most = self._limits.unit_memory_bytes
        try:
            head = member.start(HEAD_BYTES)
            wanted = bool(self._wants(path, head, member.size_bytes))
            inner = kind_of(head)
            if not wanted and inner is None:
                return None
            if inner is ArchiveKind.ZIP and member.size_bytes > most:
                return _Opened(member, path), False, True
            held = HeldFile(path, _MODE, member.content(most))
        except FormatError as error:
            self._tell_once(inside, str(error))
            return None
        return held, wanted, inner is not None

    def _is_over(self) -> bool:
        return self._bytes.is_spent or self._archives.is_spent

    def _tell_once(self, inside: str, reason: str) -> None:
        """Tell what was left out; that all may be unpacked already once, not of every member."""
        if not (self._is_over() and self._is_told):
            self._tell(inside, reason)
        self._is_told = self._is_over()


class _Opened(HeldFile):
    """A large member that is read where it lies."""

    def __init__(self, member: Member, path: str) -> None:
        super().__init__(path, _MODE, b"")
        self.size_bytes = member.size_bytes
        self._file = member.open()
        self.open = lambda: self._file  # type: ignore[method-assign]

    def read(self, offset: int, size: int) -> bytes:
        """Return up to ``size`` bytes from ``offset``, fewer at the end."""
        self._file.seek(offset)
        return self._file.read(size)
