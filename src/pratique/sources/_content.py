"""
Recognise an open file by its content: image archive of either kind, or SBOM.

Law: an archive that is both kinds at once (Docker 25 and later write such) is read as OCI layout,
which has manifests, after its two halves were shown to speak of the same image; engines read one
or the other, so halves that differ are refused.
"""

import os

from pratique.formats.image.tar_index import looks_like_tar
from pratique.formats.tar.header import BLOCK
from pratique.model.digest import Digest, sha256_of
from pratique.sources import docker_archive, oci_archive, sbom
from pratique.sources._archive import Archive, archive_of, refusing, unpack
from pratique.sources.interface import InvalidImage, Opened, Options, TargetNotFound

_TEXT_STARTS = (b"{", b"<", b"SPDXVersion:", b"#")


def open_content(fd: int, label: str, target: str, tag: str, options: Options) -> Opened:
    """
    Open what the file called ``label`` holds; takes ``fd`` over and closes it on failure.

    Raises:
        TargetError: it is nothing we know, or malformed.
    """
    try:
        with refusing(label):
            fd = unpack(fd, options.limits)
        head = os.pread(fd, BLOCK, 0)
    except BaseException:
        os.close(fd)
        raise
    if looks_like_tar(head):
        return _open_archive(archive_of(fd, options.limits, label), target, tag, options)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_TEXT_STARTS):
        return sbom.open_held(fd, target, options)
    os.close(fd)
    raise InvalidImage(
        f"{label}: neither an image archive nor an SBOM",
        hint="pratique reads docker and OCI archives, CycloneDX and SPDX",
    )


def _open_archive(archive: Archive, target: str, tag: str, options: Options) -> Opened:
    if not archive.has("index.json"):
        if archive.has("manifest.json") or archive.has("repositories"):
            return docker_archive.open_held(archive, target, tag, options)
        archive.close()
        raise InvalidImage(
            f"{archive.label}: a tar file, but not of an image: neither index.json nor manifest.json",
            hint="if it is a root file system, unpack it and scan dir:PATH",
        )
    opened = oci_archive.open_held(archive, target, tag, options)
    if archive.has("manifest.json") and options.platform is None and not options.all_platforms:
        try:
            _check_halves(archive, opened, tag, options)
        except BaseException:
            opened.close()
            raise
    return opened


def _check_halves(archive: Archive, opened: Opened, tag: str, options: Options) -> None:
    """Refuse an archive whose manifest.json leads to another image than its index.json."""
    saved = docker_archive.saved_images(archive, options)
    try:
        saved = (docker_archive.wanted(saved, tag, archive.label),)
    except TargetNotFound:
        pass  # a tag that only index.json knows; any image of manifest.json will do
    configs = {_config_digest(archive, image.config, options) for image in saved}
    if not all(image.config_digest in configs for image in opened.images):
        raise InvalidImage(
            f"{archive.label}: its manifest.json and index.json hold different images",
            hint="name the half you mean with docker-archive: or oci-archive:",
        )


def _config_digest(archive: Archive, name: str, options: Options) -> Digest:
    return sha256_of(archive.read(name, options.limits))
