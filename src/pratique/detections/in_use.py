"""
Collect which packages of an image are at work: what runs, is mapped, or is loaded as code.

A file counts where it is the image's own: one of the writable layer says nothing of a package. Seen
are programs, libraries, and what interpreters open as code (``.py``, ``.js``, ``.jar``…; of a ``.pyc``
the source too). Law: what is collected was seen; what is not collected is not known. Bounded: files
of one package, packages and paths; packages that did not fit are counted.
"""

import re
from collections.abc import Iterable, Sequence

from pratique.detections.bounded import Bounded
from pratique.detections.drift.interpreters import Interpreters
from pratique.detections.telling import image_of
from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.image_index import ImageIndex, ImageIndexes
from pratique.model.in_use import InUse
from pratique.model.interest import Interest
from pratique.model.observation import Executed, Mapped, Opened

CODE = frozenset(
    {
        *(".py", ".pyc", ".js", ".mjs", ".cjs", ".jar", ".war", ".ear", ".class", ".rb", ".php"),
        *(".pm", ".pl", ".lua", ".dll", ".beam", ".jl", ".r", ".tcl"),
    }
)
"""Endings of what interpreters open to run it."""
HOSTS = frozenset({"dotnet", "mono", "beam.smp", "uwsgi", "apache2", "httpd", "unitd"})
"""Programs that hold an interpreter and are none by name."""
MAX_PATHS = 50_000
"""Files whose packages are remembered."""
MAX_PACKAGES = 50_000
"""Packages between two calls of ``drain``."""
MAX_FILES_OF_PACKAGE = 4
_WRITES = 0o3
_CACHED = re.compile(r"^(?P<folder>.*/)__pycache__/(?P<name>[^/]+?)\.[\w-]+\.pyc$")


class InUseCollector:
    """
    The collector: a detector that raises no alert; ``drain`` gives what it saw.

    Args:
        images: what is known of images.
    """

    def __init__(self, images: ImageIndexes) -> None:
        self._images = images
        self._known: Bounded[tuple[str, str], tuple[str, ...]] = Bounded(MAX_PATHS)
        self._files: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        self._interpreters = Interpreters()
        self.left_out = 0

    def interest(self) -> Interest:
        """Return which events it needs."""
        types = {"execve", "execveat", "mmap_exec", "open", "openat", "openat2"}
        return Interest(
            types=frozenset(types), every_open=False, open_writes=False, read_endings=CODE
        )

    def see(self, event: Event) -> Sequence[Alert]:
        """Take note of an event; there is never an alert."""
        workload, seen = event.workload, event.observation
        act = seen.act
        # Most events are opens of what is no code; they are asked for the least.
        if isinstance(act, Opened) and (act.flags & _WRITES or _ending(act.path) not in CODE):
            return ()
        if workload is None or seen.result < 0:
            return ()
        image = image_of(workload)
        if not image:
            return ()
        if isinstance(act, Executed):
            used = [] if act.upper_layer or act.memfd else [act.path]
            used += [act.script] if act.script else []
        elif isinstance(act, Mapped):
            used = [] if act.upper_layer or act.memfd else [act.path]
        elif isinstance(act, Opened) and not act.upper_layer and self._loads(event, image):
            used = [act.path]
        else:
            return ()
        for path in used:
            self._note(image, path, seen.time_ns)
        return ()

    def drain(self) -> tuple[InUse, ...]:
        """Return what was seen since the last call, sorted, and begin anew."""
        files, self._files = self._files, {}
        return tuple(
            sorted(
                InUse(digest=digest, package=package, path=path, first_ns=first, last_ns=last)
                for (digest, package), paths in files.items()
                for path, (first, last) in paths.items()
            )
        )

    def give_back(self, seen: Iterable[InUse]) -> None:
        """Take again what ``drain`` gave and could not be kept, within the same bounds."""
        for one in seen:
            for time_ns in (one.first_ns, one.last_ns):
                self._widen((one.digest, one.package), one.path, time_ns)

    def _loads(self, event: Event, image: str) -> bool:
        """Return whether an interpreter opens code of the image; who only reads it (tar, grep) does not."""
        if event.process.path.rpartition("/")[2] in HOSTS:
            return True
        index = self._images.of(image)
        owner = index.owner(event.process.path) if index else ""
        return bool(self._interpreters.name_of(event.process, owner))

    def _note(self, digest: str, path: str, time_ns: int) -> None:
        packages = self._known.get((digest, path))
        if packages is None:
            index = self._images.of(digest)
            if index is None:
                return
            packages = packages_at(path, index)
            self._known.put((digest, path), packages)
        for package in packages:
            self._widen((digest, package), path, time_ns)

    def _widen(self, package: tuple[str, str], path: str, time_ns: int) -> None:
        files = self._files.get(package)
        if files is None:
            if len(self._files) >= MAX_PACKAGES:
                self.left_out += 1
                return
            files = self._files[package] = {}
        if path not in files and len(files) >= MAX_FILES_OF_PACKAGE:
            path = next(iter(files))  # the package is known to be at work: its time widens
        first, last = files.get(path, (time_ns, time_ns))
        files[path] = (min(first, time_ns), max(last, time_ns))


def packages_at(path: str, index: ImageIndex) -> tuple[str, ...]:
    """Return the packages that a file belongs to or holds."""
    owner = index.owner(path)
    if not owner and (cached := _CACHED.match(path)):
        owner = index.owner(f"{cached['folder']}{cached['name']}.py")
    return tuple(dict.fromkeys(filter(None, (owner, *index.packages_in(path)))))


def _ending(path: str) -> str:
    """
    Return what follows the last dot, with the dot; where a folder has it, it is the ending of nothing.

    >>> _ending("/a/b.PY"), _ending("/a.d/b"), _ending("/a/b")
    ('.py', '.d/b', '')
    """
    at = path.rfind(".")
    return path[at:].lower() if at >= 0 else ""
