"""
Bring the name of a tar entry into the one form the rest of the program uses.

Law: a normalised path is relative, has no empty, ``.`` or ``..`` part and no trailing slash; ``""``
is the root itself. Cleaning is lexical as in Go's ``filepath.Clean``, which engines apply first.
A name that climbs out of the root is clamped to it, as containerd does; containers-storage and
moby refuse such a layer, so ``climbs`` says that it happened.
"""

from pratique.model.paths import decode_path


def clean(name: bytes) -> tuple[str, bool]:
    """
    Return the normalised path and whether the name climbed out of the root.

    >>> clean(b"./usr//lib/../bin/"), clean(b"../../etc/passwd"), clean(b"/")
    (('usr/bin', False), ('etc/passwd', True), ('', False))
    """
    parts: list[bytes] = []
    climbs = False
    for part in name.split(b"/"):
        if part == b"..":
            if parts:
                parts.pop()
            else:
                climbs = climbs or not name.startswith(b"/")
        elif part and part != b".":
            parts.append(part)
    return decode_path(b"/".join(parts)), climbs
