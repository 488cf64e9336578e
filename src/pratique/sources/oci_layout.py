"""
Open an OCI layout directory (`skopeo copy … oci:DIR`, `umoci`, `crane pull --format=oci`).

Law: what the layout names are digests, so no name from it becomes a path; blobs must be regular
files. Links are followed, as build systems lay out blobs by links; content is verified anyway.
Source: OCI image-spec v1.1, image-layout.md.
"""

from pratique.sources._folder import Folder
from pratique.sources._layout import open_layout
from pratique.sources._paths import split_tag
from pratique.sources.interface import InvalidImage, Opened, Options, TargetNotFound

NAME = "oci"
PREFIX = "oci"


def open_target(target: str, options: Options) -> Opened:
    """
    Open ``PATH[:TAG]``.

    Raises:
        TargetError: it cannot be identified.
    """
    path, tag = split_tag(target)
    if not path.is_dir():
        raise TargetNotFound(f"no such directory: {path}")
    if not (path / "index.json").exists():
        raise InvalidImage(f"{path}: no OCI layout, index.json is missing")
    return open_layout(Folder(path, options.limits), target, tag, options)
