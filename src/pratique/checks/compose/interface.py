"""
Hold what the checks of a Compose file look at, and how their samples are written.

A check is one module here with what ``checks/interface.py`` asks for, except that ``look`` yields
faults, one for each place, and samples are text or ``Sample``:

* ``NAME`` shares one name space with all other checks, so it says what it is of: ``privileged-service``.
* ``ALIASES``: ``CIS-Docker-5.5`` (CIS Docker Benchmark 1.6). Suppressions work by them.
* ``PEDANTIC = True``: told under ``--pedantic`` only: right for some, noise for most.
* ``BAD`` fires, ``GOOD`` is silent, ``FIXED`` are pairs of a file and what all fixes make of it.

Laws: a check judges services as they will run, after variables, ``extends``, ``include`` and overrides; a
value that a variable decides which nobody here knows is not judged; what is merely absent is told of
services that can run alone. A secret's value never stands in a note. What a fault says stands in
the file that it names, which may be an included one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from pratique.formats.compose import edits
from pratique.formats.compose.project import Project, read_project
from pratique.formats.compose.services import Service
from pratique.formats.compose.values import Value
from pratique.formats.documents.yaml_nodes import Node
from pratique.model.edit import Edit
from pratique.model.fault import Fault, FixClass
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

FILE = "compose.yaml"


class ComposeFault(Fault, frozen=True, kw_only=True):
    """A fault, the file it stands in and the service it is about, empty for the whole file."""

    file: str
    service: str = ""


class Scene(Struct, frozen=True, kw_only=True):
    """
    One Compose project and what is known around it.

    ``committed`` are the files of the project folder that version control keeps, None where nobody
    knows; ``environment_files`` are the contents of those that services name, as far as they are there.
    """

    project: Project
    committed: frozenset[str] | None = None
    environment_files: Mapping[str, bytes] = {}

    @property
    def services(self) -> tuple[Service, ...]:
        """Return all services."""
        return self.project.services

    @property
    def running(self) -> Iterator[Service]:
        """Yield the services that can run as they stand."""
        return (one for one in self.services if one.runs)

    def told(self, service: Service | None, at: Value, note: str, **more: object) -> ComposeFault:
        """
        Return a fault at a value; ``more`` are fields of ``Fault``.

        ``key`` is added to the service's name.
        """
        return self._fault(service, at.file, at.node, note, more)

    def told_field(self, service: Service, field: str, note: str, **more: object) -> ComposeFault:
        """Return a fault at a field of a service, its key underlined with its value."""
        value = service.get(field)
        node = service.value.keys.get(field, value.node)
        return self._fault(service, value.file, node, note, more)

    def told_service(self, service: Service, note: str, **more: object) -> ComposeFault:
        """Return a fault at the name of a service: something is missing there."""
        return self._fault(service, service.file, service.key, note, more)

    def _fault(
        self, service: Service | None, file: str, node: Node, note: str, more: dict[str, object]
    ) -> ComposeFault:
        name = service.name[:100] if service else ""
        said: dict[str, object] = {
            "line": node.line or 1,
            "note": f"service {name}: {note}" if service else note,
            "start": node.start,
            "end": node.end,
            "file": file or self.project.file,
            "service": name,
        }
        key = "/".join(filter(None, (name, str(more.pop("key", "")))))
        return ComposeFault(**{**said, **more, "key": key})  # type: ignore[arg-type]

    def rewrite(self, value: Value, text: str) -> tuple[Edit, ...]:
        """Return the edit that writes another text over a scalar."""
        return edits.rewrite(self._content(value), value, text)

    def rewrite_part(self, value: Value, old: str, new: str) -> tuple[Edit, ...]:
        """Return the edit that replaces a text that stands once in a scalar."""
        return edits.rewrite_part(self._content(value), value, old, new)

    def remove_field(self, mapping: Value, key: str) -> tuple[Edit, ...]:
        """Return the edit that takes a field out."""
        return edits.remove_field(self._content(mapping), mapping, key)

    def remove_item(self, service: Service, key: str, item: Value) -> tuple[Edit, ...]:
        """Return the edit that takes an item out of a list of a service, with the list at its last."""
        items = service.get(key)
        own = items.file == item.file == service.value.file
        if own and len(items.node.items) == 1 and items.node.items[0] is item.node:
            return self.remove_field(service.value, key)
        return edits.remove_item(self._content(item), items, item)

    def add(self, service: Service, *lines: str) -> tuple[Edit, ...]:
        """Return the edit that puts lines behind the first field of a service."""
        content = self._content(service.value)
        return edits.add_field(content, service.value.file, service.value.node, lines)

    def add_item(self, items: Value, text: str) -> tuple[Edit, ...]:
        """Return the edit that puts an item behind the last one of a list."""
        return edits.add_item(self._content(items), items, text)

    def _content(self, value: Value) -> bytes:
        return self.project.contents.get(value.file, b"")


class Sample(Struct, frozen=True, kw_only=True):
    """A project of several files, for checks that one text cannot show; ``compose.yaml`` is looked at."""

    files: Mapping[str, str]
    committed: Sequence[str] | None = None


def scene_of(sample: str | Sample) -> Scene:
    """
    Return what a check sees of a sample.

    >>> [one.name for one in scene_of(service("user: app")).services]
    ['web']
    """
    files = sample.files if isinstance(sample, Sample) else {FILE: sample}
    committed = sample.committed if isinstance(sample, Sample) else None
    read = {name: text.encode() for name, text in files.items()}.get
    return Scene(
        project=read_project(FILE, read),
        committed=None if committed is None else frozenset(committed),
        environment_files={name: text.encode() for name, text in files.items()},
    )


def service(*lines: str, image: str = "registry.example/web:1.2") -> str:
    """
    Return a file of one service called web with these lines.

    >>> print(service("user: app"), end="")
    services:
      web:
        image: registry.example/web:1.2
        user: app
    """
    head = ("services:", "  web:", f"    image: {image}")
    return "".join(f"{line}\n" for line in (*head, *(f"    {line}" for line in lines)))


class Check(Protocol):
    """One bad thing in Compose files: one module of this folder. ``PEDANTIC`` may be left out."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    CONFIDENCE: Confidence
    ALIASES: tuple[str, ...]
    RULES: Mapping[str, str]
    BAD: "tuple[str | Sample, ...]"
    GOOD: "tuple[str | Sample, ...]"
    FIXED: "tuple[tuple[str, str], ...]"

    def look(self, scene: Scene) -> Iterable[ComposeFault]:
        """
        Return where the bad thing stands.

        Raises:
            FormatError: something that decides cannot be read (becomes a coverage Unknown).
        """


__all__ = [
    "Check",
    "ComposeFault",
    "FixClass",
    "Sample",
    "Scene",
    "Service",
    "scene_of",
    "service",
]
