"""
Order versions of OCaml packages as opam does.

Law: Debian's order without an epoch: the last hyphen starts a revision, both parts are cut into
runs of non-digits and digits, ``~`` sorts before the end and letters before other characters; a
part that is missing counts as 0. Bounds: ``_text.MAX_CHARS``. Source:
https://opam.ocaml.org/doc/Manual.html#version-ordering and opam's ``OpamVersionCompare``.
"""

import re

from pratique.formats.versions._text import checked, refusal
from pratique.formats.versions.deb import part_key

NAME = "opam"

_ALLOWED = re.compile(r"[A-Za-z0-9.+~_-]+")


def sort_key(version: str) -> tuple[str, str]:
    """
    Return the key of a version.

    Raises:
        FormatError: characters that opam allows in no version.

    >>> sort_key("1.0~beta1") < sort_key("1.0") < sort_key("1.0-1") < sort_key("v0.9.1")
    True
    """
    if not _ALLOWED.fullmatch(checked(version, NAME)):
        raise refusal(version, NAME)
    upstream, _, revision = version.rpartition("-") if "-" in version else (version, "", "")
    return part_key(upstream or "0"), part_key(revision or "0")
