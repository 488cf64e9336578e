"""
Write an image that is open as an OCI layout, for an engine of others to run.

Law: the layers are the bytes that were inspected, hashed again while they are copied; the config holds
what is needed to start the image and nothing else. So what runs is what was looked at, wherever
it came from, and no engine fetches anything.
Source: OCI image-spec v1.1, image-layout.md, manifest.md, config.md.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pratique.formats.compression import Codec, sniff
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.image import Image, Layer
from pratique.sources.interface import Blobs

TAG = "assessed"
_PIECE = 1 << 20
_TYPES = {Codec.GZIP: "+gzip", Codec.ZSTD: "+zstd"}
_OCI = "application/vnd.oci.image"


def lay_out_image(image: Image, blobs: Blobs, folder: Path, limits: Limits) -> None:
    """
    Write ``image`` to ``folder``, which is new and empty, under the tag ``TAG``.

    Raises:
        FormatError: a layer is not what it was, larger than allowed, or of an unknown kind.
        TargetError: a layer cannot be had.
        OSError: the disk is full.
    """
    (folder / "blobs" / "sha256").mkdir(parents=True)
    layers = [_layer(layer, blobs, folder, limits) for layer in image.layers]
    manifest = {
        "schemaVersion": 2,
        "mediaType": f"{_OCI}.manifest.v1+json",
        "config": _blob(_config(image), f"{_OCI}.config.v1+json", folder),
        "layers": layers,
    }
    entry = _blob(manifest, f"{_OCI}.manifest.v1+json", folder)
    entry["annotations"] = {"org.opencontainers.image.ref.name": TAG}
    index = {"schemaVersion": 2, "manifests": [entry]}
    (folder / "index.json").write_bytes(msgspec.json.encode(index))
    (folder / "oci-layout").write_bytes(b'{"imageLayoutVersion":"1.0.0"}')


def _config(image: Image) -> dict[str, object]:
    config = image.config
    said = {
        "User": config.user,
        "Env": config.env,
        "Entrypoint": config.entrypoint,
        "Cmd": config.cmd,
        "WorkingDir": config.working_dir,
        "ExposedPorts": {port: {} for port in config.exposed_ports},
    }
    platform = config.platform
    return {
        "os": platform.os,
        "architecture": platform.architecture,
        **({"variant": platform.variant} if platform.variant else {}),
        "config": {name: value for name, value in said.items() if value},
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in image.layers]},
        "history": [{"created_by": "pratique"} for _ in image.layers],
    }


def _blob(value: Mapping[str, object], media_type: str, folder: Path) -> dict[str, object]:
    content = msgspec.json.encode(value)
    name = hashlib.sha256(content).hexdigest()
    (folder / "blobs" / "sha256" / name).write_bytes(content)
    return {"mediaType": media_type, "digest": f"sha256:{name}", "size": len(content)}


def _layer(layer: Layer, blobs: Blobs, folder: Path, limits: Limits) -> dict[str, object]:
    place = folder / "blobs" / "sha256" / f"layer-{layer.index}"
    digest, size, head = hashlib.sha256(), 0, b""
    with blobs.open(layer.blob) as stored, place.open("xb") as file:
        while piece := stored.read(_PIECE):
            head = head or bytes(piece[:16])
            digest.update(piece)
            size += len(piece)
            if size > limits.blob_bytes:
                raise LimitExceeded(f"layer {layer.index} is over the limit blob_bytes")
            file.write(piece)
    name = digest.hexdigest()
    if layer.blob.digest.startswith("sha256:") and layer.blob.digest != f"sha256:{name}":
        raise FormatError(f"layer {layer.index} is not what it was a moment ago")
    place.rename(place.with_name(name))
    media_type = f"{_OCI}.layer.v1.tar{_TYPES.get(sniff(head), '')}"
    return {"mediaType": media_type, "digest": f"sha256:{name}", "size": size}
