"""
Name content by its hash, as the OCI image specification does.

Law: a ``Digest`` in this program has passed ``parse_digest``; nothing else makes one from text
that came from outside.
Source: OCI image-spec v1.1, descriptor.md, "Digests".
"""

import hashlib
import re
from typing import NewType

from pratique.model.errors import TargetError

Digest = NewType("Digest", str)
"""``algorithm:hex`` in lower case; sha256 (64 hex digits) or sha512 (128)."""

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")


class InvalidDigest(TargetError):
    """Report a digest that is not one: wrong algorithm, length or alphabet."""

    fix = "the manifest or reference is damaged or hostile; pull the image again from its source"


def parse_digest(text: object) -> Digest:
    """
    Return ``text`` as a digest.

    Raises:
        InvalidDigest: it is not text, or not ``sha256:``/``sha512:`` and the right hex.

    >>> parse_digest("sha256:" + "0" * 64)[:10]
    'sha256:000'
    """
    if not isinstance(text, str) or not _DIGEST.fullmatch(text):
        raise InvalidDigest(f"not a digest: {str(text)[:80]!r}")
    return Digest(text)


def sha256_of(content: bytes) -> Digest:
    """Return the sha256 digest of ``content``."""
    return Digest("sha256:" + hashlib.sha256(content).hexdigest())
