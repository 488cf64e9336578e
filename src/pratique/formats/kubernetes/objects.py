"""
Read the objects of a manifest, those inside Lists too.

Laws: an object is a mapping with ``apiVersion`` and ``kind``; a mapping without is no business of
Kubernetes (a values file, a kustomization without them) and is left out. A document that cannot be
read is told with its line. Bound: ``MOST`` objects of one file. Source: Kubernetes API conventions,
"Types (Kinds)", https://github.com/kubernetes/community/blob/main/contributors/devel/sig-architecture/api-conventions.md
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pratique.formats.documents.yaml_nodes import Node, read_nodes
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded

MOST = 20_000
LONGEST_NAME = 253
"""Characters of a name, as Kubernetes allows them; more is left out of what parts are called."""
_LISTS_IN_LISTS = 8


class Part(Struct, frozen=True, kw_only=True, dict=True):
    """
    A part of a manifest that can be spoken of: an object, a pod, a container.

    ``file`` is the name the caller gave the file; ``place`` tells parts of one file apart and is
    made of names only.
    """

    file: str
    node: Node
    place: str = ""

    def at(self, *path: str | int) -> Node:
        """Return the node down a path, ``MISSING`` where there is none."""
        return self.node.at(*path)

    def nearest(self, *path: str | int) -> Node:
        """Return the key or item at a path, or the nearest thing above it that is there."""
        found = parent = self.node
        for step in path:
            below = parent.at(step)
            if not below.line:
                break
            found = parent.keys.get(step, below) if isinstance(step, str) else below
            parent = below
        return found


class KubeObject(Part, frozen=True, kw_only=True, dict=True):
    """One object. ``namespace`` is what it says itself, empty where it says nothing."""

    kind: str
    api_version: str

    @property
    def name(self) -> str:
        """Return its name, or what its names begin with."""
        return self.at("metadata", "name").text or self.at("metadata", "generateName").text

    @property
    def namespace(self) -> str:
        """Return the namespace it names."""
        return self.at("metadata", "namespace").text

    @property
    def group(self) -> str:
        """Return the API group, empty for the core."""
        return self.api_version.rpartition("/")[0]

    @property
    def labels(self) -> Mapping[str, str]:
        """Return its own labels."""
        return texts(self.at("metadata", "labels"))

    @property
    def annotations(self) -> Mapping[str, str]:
        """Return its own annotations."""
        return texts(self.at("metadata", "annotations"))


class Problem(Struct, frozen=True):
    """A document that could not be read."""

    file: str
    line: int
    reason: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What one file holds; ``others`` counts documents that are no objects of Kubernetes."""

    file: str
    content: bytes
    objects: tuple[KubeObject, ...] = ()
    problems: tuple[Problem, ...] = ()
    others: int = 0


def read_manifest(content: bytes, file: str, limits: Limits = DEFAULT) -> Manifest:
    """
    Return the objects of a file.

    Raises:
        FormatError: it is no text, or over a limit.

    >>> [one.name for one in read_manifest(b"{kind: Pod, apiVersion: v1, metadata: {name: a}}", "f").objects]
    ['a']
    """
    objects: list[KubeObject] = []
    problems, others = [], 0
    for document in read_nodes(content, limits):
        if document.problem:
            problems.append(Problem(file, document.line, document.problem))
            continue
        found = list(_objects(file, document.root, 0))
        others += not found
        objects += found
        if len(objects) > MOST:
            raise LimitExceeded(f"more than {MOST} objects in one file")
    return Manifest(
        file=file,
        content=content,
        objects=tuple(objects),
        problems=tuple(problems),
        others=others,
    )


def texts(node: Node) -> Mapping[str, str]:
    """Return the fields of a mapping that are text, as text."""
    return {key: value.text for key, value in node.fields.items()}


def _objects(file: str, node: Node, depth: int) -> Iterator[KubeObject]:
    kind, version = node.at("kind").text, node.at("apiVersion").text
    if not kind or not version:
        return
    if kind.endswith("List") and "items" in node.fields:
        if depth >= _LISTS_IN_LISTS:
            raise LimitExceeded(f"Lists in Lists more than {_LISTS_IN_LISTS} deep")
        for item in node.at("items").items:
            yield from _objects(file, item, depth + 1)
        return
    meta = node.at("metadata")
    name = meta.at("name").text or meta.at("generateName").text
    words = (kind, meta.at("namespace").text, name)
    place = "/".join(word[:LONGEST_NAME] for word in words if word)
    yield KubeObject(file=file, node=node, place=place, kind=kind, api_version=version)
