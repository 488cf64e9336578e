"""
Hold what the checks of an image look at, and how their samples are written.

Everything is a claim of the image's maker but the files: config and history say what they like, so a
check that rests on them says so by its words, and one on files by their paths.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.image.history import Step
from pratique.formats.overlay.tree import MergedTree
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.image import Image, ImageConfig
from pratique.model.layer import Entry, EntryKind, LayerFacts
from pratique.model.package import LayerRef, Package
from pratique.model.part import BaseImage
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting, key_of, per_layer

MOST_LINES = 20_000
"""Lines of one file that a check reads."""


class Marked(Struct, frozen=True):
    """An entry of a layer that the listing keeps: its layer's index and what it is."""

    layer: int
    entry: Entry


class Scene(Struct, frozen=True, kw_only=True):
    """
    What is known of one image once its layers are merged and its packages are listed.

    ``steps`` is the history. ``facts`` are per layer, lowest first; ``tree.refs`` name the same
    layers. ``special`` are the entries with setuid, setgid, world-writable or extended attributes,
    ``named`` those whose base name a check asks for (``listing.NAMES``), deleted later or not.
    ``base`` is None where nobody knows it. ``signed`` is None where nobody looked for a signature.
    ``told`` are the places in the config (``config: ENV NAME``, ``config: build step 3``) where the
    secrets scanner saw a value: they are not told twice.
    """

    image: Image
    tree: MergedTree
    now: datetime
    steps: tuple[Step, ...] = ()
    facts: tuple[LayerFacts, ...] = ()
    special: tuple[Marked, ...] = ()
    named: Mapping[str, tuple[Marked, ...]] = {}
    packages: tuple[Package, ...] = ()
    distro: Distro | None = None
    base: BaseImage | None = None
    signed: bool | None = None
    told: frozenset[str] = frozenset()

    @property
    def config(self) -> ImageConfig:
        """Return the image's config."""
        return self.image.config

    @property
    def base_layers(self) -> int:
        """Return how many layers are known to be the base image's; 0 where nobody knows."""
        return self.base.layers if self.base and not self.base.guessed else 0

    @property
    def base_name(self) -> str:
        """Return what the base image is called, empty where nobody knows."""
        return self.base.name if self.base else ""

    def environment(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of each ENV entry."""
        for line in self.config.env:
            name, _, value = line.partition("=")
            yield name, value

    def ref(self, layer: int | None) -> LayerRef | None:
        """Return the layer of an index."""
        known = layer is not None and layer < len(self.tree.refs)
        return self.tree.refs[layer or 0] if known else None

    def stands(self, marked: Marked) -> bool:
        """Return whether an entry is what the container sees: no later layer wrote it anew."""
        node = self.tree.lstat(marked.entry.path)
        return node is not None and (node.layer is None or node.layer.index == marked.layer)

    def hidden_by(self, marked: Marked) -> LayerRef | None:
        """
        Return the first later layer that deletes or replaces an entry; None while it stands.

        A directory that a later layer only adds to stands. Walks the later layers: for few entries.
        """
        path = marked.entry.path
        ways = tuple(path[:at] for at, char in enumerate(path) if char == "/")
        for later in range(marked.layer + 1, len(self.facts)):
            for entry in self.facts[later].entries:
                if _hides(entry, marked.entry, path, ways):
                    return self.ref(later)
        return None

    def text(self, path: str, problems: list[FormatError] | None = None) -> str | None:
        """
        Return a file of the merged tree as text, None where there is none.

        Raises:
            FormatError: it is there and was not kept, for example because it is too large; with
                ``problems`` it is added to them instead, as in ``lines``.
        """
        try:
            return self._text(path)
        except FormatError as error:
            if problems is None:
                raise
            problems.append(error)
            return None

    def _text(self, path: str) -> str | None:
        node = self.tree.get(path)
        if node is None or node.entry.kind is not EntryKind.FILE:
            return None
        if not node.entry.size_bytes:
            return ""
        return self.tree.read(path).decode("utf-8", "replace")

    def lines(
        self, path: str, problems: list[FormatError] | None = None
    ) -> Iterator[tuple[int, str]]:
        """
        Yield number and text of a file's lines that are no comment and not empty.

        A check of several files gives a list for ``problems``, tells what it saw in all of them,
        and raises the first problem then: one file must not hide what the others say.

        Raises:
            FormatError: it is there and was not kept, or has too many lines; with ``problems`` it
                is added to them instead.
        """
        try:
            yield from self._lines(path)
        except FormatError as error:
            if problems is None:
                raise
            problems.append(error)

    def _lines(self, path: str) -> Iterator[tuple[int, str]]:
        text = self.text(path) or ""
        for number, line in enumerate(text.split("\n"), start=1):
            if number > MOST_LINES:
                raise FormatError(f"{path} has more than {MOST_LINES} lines")
            bare = line.strip()
            if bare and not bare.startswith("#"):
                yield number, bare

    def files_in(self, folder: str) -> Iterator[str]:
        """Yield the paths of the regular files directly in a folder, sorted."""
        for path in self.tree.children(folder):
            node = self.tree.get(path)
            if node is not None and node.entry.kind is EntryKind.FILE:
                yield path

    def in_files(self, places: Iterable[Place], **said: object) -> tuple[Sighting, ...]:
        """Return one sighting per layer for places in files of the merged tree."""
        found = []
        for place in places:
            node = self.tree.get(place.path) or self.tree.lstat(place.path)
            found.append((node.layer.index if node and node.layer else 0, place))
        return tuple(replace(seen, **said) for seen in per_layer(found, self.tree.refs))

    def in_config(
        self,
        places: Iterable[Place],
        severity: Severity | None = None,
    ) -> tuple[Sighting, ...]:
        """Return one sighting for all that is wrong with the config, none for nothing."""
        said = sorted(set(places))
        if not said:
            return ()
        return (
            Sighting(
                places=tuple(said[:SHOWN]),
                more=len(said[SHOWN:]),
                key=key_of(map(str, said)),
                severity=severity,
            ),
        )

    def in_steps(
        self, found: Iterable[tuple[Step, str]], severity: Severity | None = None
    ) -> tuple[Sighting, ...]:
        """Return one sighting per layer for what steps of the history show, and one for the rest."""
        by_layer: dict[int | None, list[Place]] = {}
        for step, note in found:
            places = by_layer.setdefault(step.layer, [])
            if (place := at(build_step(step), note)) not in places:
                places.append(place)
        return tuple(
            Sighting(
                places=tuple(places[:SHOWN]),
                more=len(places[SHOWN:]),
                layer=self.ref(layer),
                key=key_of(place.note for place in places),
                severity=severity,
            )
            for layer, places in by_layer.items()
        )


def raise_first(problems: Sequence[FormatError]) -> None:
    """
    Raise the first of what a check met while it looked at several files, if there is any.

    Raises:
        FormatError: a file was not kept, or has too many lines.
    """
    if problems:
        raise problems[0]


def at(what: str, note: str) -> Place:
    """
    Return a place in the config, called as findings of secrets call it.

    >>> str(at("ENV PATH", "an empty entry"))
    'config: ENV PATH: an empty entry'
    """
    return Place(f"config: {what}", note)


def build_step(step: Step) -> str:
    """Return what a step of the history is called as a place in the config."""
    return f"build step {step.number}"


def _hides(entry: Entry, below: Entry, path: str, ways: tuple[str, ...]) -> bool:
    kind = entry.kind
    if entry.path == path:
        both = kind is EntryKind.DIRECTORY and below.kind is EntryKind.DIRECTORY
        return kind is EntryKind.OPAQUE or not both
    return entry.path in ways and kind is not EntryKind.DIRECTORY


class File(Struct, frozen=True):
    """A file of a sample that has more than content; ``xattrs`` are name and value in hex."""

    content: str = ""
    mode: int = 0o644
    uid: int = 0
    xattrs: tuple[tuple[str, str], ...] = ()


LayerSample = tuple[tuple[str, str | File], ...]
"""
Entries of a layer: pairs of a path and what stands there, as in ``tamper.interface.Sample``.

A path that ends with a slash is a directory; its ``File`` gives the mode. ``etc/.wh.motd`` is a
whiteout, ``-> x`` a symlink.
"""


class Sample(Struct, frozen=True, kw_only=True):
    """A made-up image: its config (with history), its name and its layers, lowest first."""

    config: ImageConfig
    layers: tuple[LayerSample, ...] = ()
    name: str = ""
    base_layers: int = 0
    signed: bool | None = None


NOW = datetime(2026, 2, 1, tzinfo=UTC)
"""When samples are looked at."""
SOUND = ImageConfig(
    created="2026-01-20T10:00:00Z",
    user="65532:65532",
    env=("PATH=/usr/local/bin:/usr/bin:/bin",),
    entrypoint=("/usr/bin/app",),
    has_healthcheck=True,
    labels={
        "org.opencontainers.image.source": "https://git.example/team/app",
        "org.opencontainers.image.revision": "4f0c2d1b5a6978e3d4c5b6a7980f1e2d3c4b5a69",
    },
)
"""The config of an image that no check has anything against."""


def sample(
    *layers: LayerSample,
    name: str = "registry.example/team/app:1.2",
    base_layers: int = 0,
    signed: bool | None = None,
    **config: object,
) -> Sample:
    """
    Return a sound image with these layers and these fields of its config.

    >>> sample(user="root").config.user
    'root'
    """
    return Sample(
        config=replace(SOUND, **config),
        layers=layers,
        name=name,
        base_layers=base_layers,
        signed=signed,
    )
