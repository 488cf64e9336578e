"""
Open an image of containerd: from its files where they can be read, else through its client `ctr`.

Reading the files (`_containerd_store`) needs no running containerd, and the rights of root. They
lie in ``/var/lib/containerd`` unless ``Options.containerd_root`` says otherwise. Laws: a folder
that was named is the one that is read, or the target is refused; a service that was named
(``CONTAINERD_ADDRESS``) is the one that is asked, since the default folder may be another one's.
``CONTAINERD_NAMESPACE`` chooses the namespace (Kubernetes uses ``k8s.io``, Docker ``moby``).
"""

from pathlib import Path

from pratique.formats.image.oci import IndexEntry
from pratique.formats.image.reference import parse_reference
from pratique.model.image import Descriptor
from pratique.sources._containerd_client import ClientBlobs
from pratique.sources._containerd_store import StoreBlobs, is_readable
from pratique.sources._images import choose_images
from pratique.sources.interface import Opened, Options

NAME = "containerd"
PREFIX = "containerd"

DEFAULT_ROOT = Path("/var/lib/containerd")


def open_target(target: str, options: Options) -> Opened:
    """
    Open the image containerd calls ``target``; short names are completed as Docker does.

    Raises:
        TargetError: no such image, or neither the files nor the service can be read.
    """
    reference = parse_reference(target)
    blobs = _blobs(options)
    root: Descriptor = blobs.root(target, str(reference))
    entries = (IndexEntry(descriptor=root),)
    chosen = choose_images(entries, blobs, options, target, reference.familiar)
    return Opened(images=chosen.images, blobs=blobs, skipped=chosen.skipped)


def _blobs(options: Options) -> StoreBlobs | ClientBlobs:
    if options.containerd_root is not None:
        return StoreBlobs(options.containerd_root, options)
    if not options.environ.get("CONTAINERD_ADDRESS") and is_readable(DEFAULT_ROOT):
        return StoreBlobs(DEFAULT_ROOT, options)
    return ClientBlobs(options)
