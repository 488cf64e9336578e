"""
Hold a target that was just described and is still open, for whoever wants more of it than a scan does.
"""

from pathlib import Path
from typing import TypedDict

from msgspec import Struct

from pratique.formats.overlay.tree import MergedTree
from pratique.kit.limits import Limits
from pratique.model.image import Image
from pratique.model.report import Subject
from pratique.sources.interface import Blobs


class Material(Struct, frozen=True, kw_only=True):
    """
    One image or folder; of ``image`` with ``blobs``, and ``folder``, one is set.

    ``image`` is the image as it is; that of ``subject`` is as it may be shown.
    """

    subject: Subject
    tree: MergedTree
    limits: Limits
    image: Image | None = None
    blobs: Blobs | None = None
    folder: Path | None = None


class Held(TypedDict, total=False):
    """What a target is read from: the fields of ``Material`` of which one kind is set."""

    image: Image
    blobs: Blobs
    folder: Path
