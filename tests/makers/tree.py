"""
Make a file tree in memory: the ``model.units.FileTree`` that extractors are tested on.

A layer is a mapping from paths to bytes (a file), ``Link`` (a symlink), ``None`` (deleted) or
``DIRECTORY``. ``from_image`` reads the layers of a real image archive with tarfile, without any
code of this project, so it is an independent way to the same bytes.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from msgspec import Struct

from pratique.model.digest import sha256_of
from pratique.model.errors import FormatError
from pratique.model.layer import Entry, EntryKind
from pratique.model.package import LayerRef
from pratique.model.units import Node, Patterns


class Link(Struct, frozen=True):
    """A symlink and its target as written."""

    target: str


DIRECTORY = "a directory"
LayerFiles = Mapping[str, "bytes | Link | str | None"]


def layer_ref(index: int) -> LayerRef:
    """Return a made-up reference to layer ``index``."""
    digest = sha256_of(b"layer %d" % index)
    return LayerRef(index=index, blob=digest, diff_id=digest, created_by=f"step {index}")


class MemoryTree:
    """The merge of layers in memory."""

    def __init__(self, *layers: LayerFiles) -> None:
        self._nodes: dict[str, Node] = {}
        self._bytes: dict[str, bytes] = {}
        self._versions: dict[str, list[tuple[LayerRef | None, bytes]]] = {}
        for index, layer in enumerate(layers):
            for path, what in layer.items():
                self._put(path, what, layer_ref(index))

    def get(self, path: str) -> Node | None:
        real = self._real(path)
        return self._nodes.get(real) if real is not None else None

    def lstat(self, path: str) -> Node | None:
        folder, _, name = path.rpartition("/")
        real = self._real(folder)
        return None if real is None else self._nodes.get(f"{real}/{name}" if real else name)

    def read(self, path: str) -> bytes:
        node = self.get(path)
        if node is None or node.entry.kind != EntryKind.FILE:
            raise FormatError(f"no file at {path}")
        if node.entry.path not in self._bytes:
            raise FormatError(f"{path} was not kept")
        return self._bytes[node.entry.path]

    def matching(self, patterns: Patterns) -> Iterator[str]:
        for path, node in sorted(self._nodes.items()):
            if node.entry.kind == EntryKind.FILE and _wanted(path, patterns):
                yield path

    def children(self, path: str) -> Iterator[str]:
        real = self._real(path)
        for child in sorted(self._nodes):
            if child.rpartition("/")[0] == real:
                yield child

    def layer_of(self, path: str) -> LayerRef | None:
        node = self.get(path)
        return node.layer if node else None

    def versions(self, path: str) -> tuple[tuple[LayerRef | None, bytes], ...]:
        return tuple(self._versions.get(self._real(path) or "", ()))

    def _put(self, path: str, what: "bytes | Link | str | None", layer: LayerRef) -> None:
        if what is None or not isinstance(what, str):
            for old in [p for p in self._nodes if p == path or p.startswith(path + "/")]:
                del self._nodes[old]
        if what is None:
            return
        for folder in [str(p) for p in PurePosixPath(path).parents if str(p) != "."]:
            self._nodes.setdefault(folder, _node(folder, EntryKind.DIRECTORY, layer))
        if isinstance(what, Link):
            self._nodes[path] = _node(path, EntryKind.SYMLINK, layer, link=what.target)
        elif isinstance(what, bytes):
            digest = hashlib.sha256(what).hexdigest()
            entry = Entry(path, EntryKind.FILE, size_bytes=len(what), content=digest)
            self._nodes[path] = Node(entry, layer)
            self._bytes[path] = what
            self._versions.setdefault(path, []).append((layer, what))
        else:
            self._nodes.setdefault(path, _node(path, EntryKind.DIRECTORY, layer))

    def _real(self, path: str) -> str | None:
        waiting = [part for part in reversed(path.split("/")) if part]
        done: list[str] = []
        hops = 0
        while waiting:
            part = waiting.pop()
            if part == "..":
                del done[-1:]
                continue
            if part == ".":
                continue
            here = "/".join([*done, part])
            node = self._nodes.get(here)
            if node is None:
                return None
            if node.entry.kind == EntryKind.SYMLINK:
                hops += 1
                if hops > 40:
                    return None
                if node.entry.link.startswith("/"):
                    done = []
                waiting += [piece for piece in reversed(node.entry.link.split("/")) if piece]
                continue
            done.append(part)
        return "/".join(done)


def from_image(archive: Path, manifest: int = 0) -> MemoryTree:
    """Return the tree of one image of an OCI or docker archive, read by tarfile."""
    with tarfile.open(archive) as outer:
        return MemoryTree(*[_layer(blob) for blob in _layer_blobs(outer, manifest)])


def image_count(archive: Path) -> int:
    """Return how many images (platforms) an OCI archive holds; 1 for a docker archive."""
    with tarfile.open(archive) as outer:
        return len(_manifests(outer)) if "index.json" in outer.getnames() else 1


def _layer_blobs(outer: tarfile.TarFile, manifest: int) -> list[bytes]:
    if "index.json" not in outer.getnames():
        listed = json.loads(_member(outer, "manifest.json"))
        return [_member(outer, name) for name in listed[manifest]["Layers"]]
    layers = _manifests(outer)[manifest]["layers"]
    return [_blob(outer, layer["digest"]) for layer in layers]


def _manifests(outer: tarfile.TarFile) -> list[dict]:
    waiting, found = json.loads(_member(outer, "index.json"))["manifests"], []
    while waiting:
        descriptor = waiting.pop(0)
        if descriptor.get("platform", {}).get("architecture") == "unknown":
            continue
        value = json.loads(_blob(outer, descriptor["digest"]))
        if "manifests" in value:
            waiting += value["manifests"]
        else:
            found.append(value)
    return found


def _blob(outer: tarfile.TarFile, digest: str) -> bytes:
    return _member(outer, "blobs/" + digest.replace(":", "/"))


def _member(outer: tarfile.TarFile, name: str) -> bytes:
    member = outer.extractfile(name)
    assert member is not None
    return member.read()


def _layer(blob: bytes) -> LayerFiles:
    if blob[:4] == b"\x28\xb5\x2f\xfd":
        import zstandard

        blob = zstandard.ZstdDecompressor().decompressobj().decompress(blob)
    found: dict[str, bytes | Link | str | None] = {}
    with tarfile.open(fileobj=io.BytesIO(blob)) as layer:
        for member in layer:
            path = member.name.removeprefix("./").strip("/")
            name = path.rpartition("/")[2]
            if name.startswith(".wh."):
                found[path.removesuffix(name) + name[4:]] = None
            elif member.issym():
                found[path] = Link(member.linkname)
            elif member.isfile():
                found[path] = layer.extractfile(member).read()  # type: ignore[union-attr]
            elif member.isdir() and path not in ("", "."):
                found[path] = DIRECTORY
    return found


def _node(path: str, kind: EntryKind, layer: LayerRef, link: str = "") -> Node:
    return Node(Entry(path=path, kind=kind, link=link), layer)


def _wanted(path: str, patterns: Patterns) -> bool:
    folder, _, name = path.rpartition("/")
    return (
        path in patterns.paths
        or name in patterns.names
        or path.endswith(patterns.suffixes)
        or folder in patterns.folders
        or any(path.startswith(tree + "/") for tree in patterns.trees)
        or any(folder == place and name.endswith(end) for place, end in patterns.endings)
        or any(_under_glob(path.split("/"), glob.split("/")) for glob in patterns.globs)
    )


def _under_glob(path: list[str], glob: list[str]) -> bool:
    """Say whether the last parts of a path are those of a glob."""
    parts = path[-len(glob) :]
    return len(parts) == len(glob) and all(map(fnmatchcase, parts, glob))


def kept_by(tree: MemoryTree, patterns: Sequence[Patterns]) -> frozenset[str]:
    """Return the paths that units with these patterns would find kept."""
    return frozenset(path for unit in patterns for path in tree.matching(unit))
