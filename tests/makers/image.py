"""
Build images by code: OCI layouts and archives, docker archives, indexes, attestations.

``ImageMaker`` is a heap of blobs by digest. Everything is deterministic; a test that wants a lie
changes ``blobs`` or the JSON it passes in.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import zstandard

Json = dict[str, object]

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
OCI_LAYER = "application/vnd.oci.image.layer.v1.tar"
SUFFIX = {"gzip": "+gzip", "zstd": "+zstd", "plain": ""}


def sha256(content: bytes) -> str:
    """Return a digest."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def as_json(value: object) -> bytes:
    """Return compact JSON."""
    return json.dumps(value, separators=(",", ":")).encode()


def tar_of(members: Mapping[str, bytes | str]) -> bytes:
    """Return a tar file; a text as content is the target of a symlink."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def packed(content: bytes, way: str) -> bytes:
    """Return content packed as ``gzip``, ``zstd`` or ``plain``."""
    if way == "gzip":
        return gzip.compress(content, mtime=0)
    if way == "zstd":
        return zstandard.ZstdCompressor().compress(content)
    return content


class ImageMaker:
    """A heap of blobs."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def add(self, content: bytes, media_type: str, **more: object) -> Json:
        """Keep a blob and return its descriptor."""
        digest = sha256(content)
        self.blobs[digest] = content
        return {"mediaType": media_type, "digest": digest, "size": len(content), **more}

    def layer(self, members: Mapping[str, bytes | str], way: str = "gzip") -> tuple[Json, str]:
        """Keep a layer; return its descriptor and diff ID."""
        tar = tar_of(members)
        return self.add(packed(tar, way), OCI_LAYER + SUFFIX[way]), sha256(tar)

    def image(
        self,
        *layers: Mapping[str, bytes | str],
        platform: str = "linux/amd64",
        way: str = "gzip",
        config: Mapping[str, object] | None = None,
        **more: object,
    ) -> Json:
        """Keep an image and return the descriptor of its manifest (``more`` is added to it)."""
        made = [self.layer(members, way) for members in layers]
        system, architecture, *variant = platform.split("/")
        whole: Json = {
            "os": system,
            "architecture": architecture,
            "config": {"Cmd": ["sh"], "Env": ["A=1"]},
            "rootfs": {"type": "layers", "diff_ids": [diff_id for _, diff_id in made]},
            "history": [{"created_by": f"step {i}"} for i in range(len(made))],
            **({"variant": variant[0]} if variant else {}),
            **(config or {}),
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": self.add(as_json(whole), OCI_CONFIG),
            "layers": [descriptor for descriptor, _ in made],
        }
        return self.add(as_json(manifest), OCI_MANIFEST, **more)

    def index(self, *entries: Json, **more: object) -> Json:
        """Keep an index and return its descriptor."""
        document = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list(entries)}
        return self.add(as_json(document), OCI_INDEX, **more)

    def attestation(self, of: Json) -> Json:
        """Keep a BuildKit attestation manifest and return its entry for an index."""
        statement = self.add(b'{"predicate": {}}', "application/vnd.in-toto+json")
        config = {
            "os": "unknown",
            "architecture": "unknown",
            "rootfs": {"diff_ids": ["sha256:" + "0" * 64]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": self.add(as_json(config), OCI_CONFIG),
            "layers": [statement],
        }
        return self.add(
            as_json(manifest),
            OCI_MANIFEST,
            platform={"os": "unknown", "architecture": "unknown"},
            annotations={
                "vnd.docker.reference.type": "attestation-manifest",
                "vnd.docker.reference.digest": of["digest"],
            },
        )

    def per_platform(self, *platforms: str, **more: object) -> Json:
        """Keep one image per platform, each with an attestation, under one index."""
        entries = []
        for platform in platforms:
            image = self.image({"arch": platform.encode()}, platform=platform)
            entries.append(image | {"platform": platform_json(platform)})
            entries.append(self.attestation(image))
        return self.index(*entries, **more)

    def files(self, *entries: Json) -> dict[str, bytes]:
        """Return the files of an OCI layout whose index.json lists ``entries``."""
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list(entries)}
        return {
            "oci-layout": b'{"imageLayoutVersion":"1.0.0"}',
            "index.json": as_json(index),
            **{"blobs/" + d.replace(":", "/"): blob for d, blob in sorted(self.blobs.items())},
        }

    def docker_files(
        self, *images: tuple[Json, Sequence[str]], legacy: bool = False
    ) -> dict[str, bytes | str]:
        """
        Return the members of a docker-archive of (manifest descriptor, tags).

        ``legacy``: layers lie in folders, every second one as a link to the first place.
        """
        members: dict[str, bytes | str] = {}
        listed = []
        for descriptor, tags in images:
            manifest = json.loads(self.blobs[str(descriptor["digest"])])
            config = self.blobs[manifest["config"]["digest"]]
            names = []
            for layer in manifest["layers"]:
                tar = unpacked(self.blobs[layer["digest"]])
                hexes = sha256(tar)[7:]
                name = f"{hexes}.tar"
                members[name] = tar
                if legacy:
                    name = f"{hexes[::-1]}/layer.tar"
                    members[name] = f"../{hexes}.tar"
                names.append(name)
            place = sha256(config)[7:] + ".json"
            members[place] = config
            listed.append({"Config": place, "RepoTags": list(tags) or None, "Layers": names})
        return members | {"manifest.json": as_json(listed)}


def unpacked(content: bytes) -> bytes:
    """Return what ``packed`` was given."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        return zstandard.ZstdDecompressor().decompress(content, max_output_size=1 << 26)
    return content


def platform_json(platform: str) -> Json:
    """Return a platform as an index writes it."""
    system, architecture, *variant = platform.split("/")
    return {"os": system, "architecture": architecture} | (
        {"variant": variant[0]} if variant else {}
    )


def named(descriptor: Json, name: str) -> Json:
    """Return an entry of index.json with a name."""
    return descriptor | {"annotations": {"org.opencontainers.image.ref.name": name}}


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def archive(path: Path, members: Mapping[str, bytes | str], way: str = "plain") -> Path:
    """Write a tar file, packed as a whole in the given way."""
    path.write_bytes(packed(tar_of(members), way))
    return path
