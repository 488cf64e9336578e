"""
Mark a text file as written by us, so that nobody's work is overwritten.

Two comment lines stand first: the command that wrote the file, and the sha256 of what follows. Law:
a file is ours only with both; it is intact only if the hash is that of the rest, line ends aside.
"""

import hashlib
import re

from msgspec import Struct

_WROTE = "Written by: "
_HASH = re.compile(r"sha256:([0-9a-f]{64}) of what follows")


class Signed(Struct, frozen=True):
    """A file that says that we wrote it: by which command, the rest, and whether that is as written."""

    command: str
    body: str
    intact: bool


def sign(body: str, command: str, comment: str) -> str:
    r"""
    Return the file with its two lines; ``comment`` begins a comment in its language.

    >>> read_signed(sign("jobs: {}\n", "pratique ci init github", "#"), "#").intact
    True
    """
    return (
        f"{comment} {_WROTE}{command}\n"
        f"{comment} sha256:{_digest(body)} of what follows. `pratique ci init` writes it anew.\n"
        f"{body}"
    )


def read_signed(text: str, comment: str) -> Signed | None:
    """Return what the first lines say, None where they do not say that we wrote the file."""
    first, _, rest = text.replace("\r\n", "\n").partition("\n")
    second, _, body = rest.partition("\n")
    found = _HASH.search(second) if second.startswith(f"{comment} ") else None
    wrote = f"{comment} {_WROTE}"
    if found is None or not first.startswith(wrote):
        return None
    return Signed(first.removeprefix(wrote), body, found[1] == _digest(body))


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
