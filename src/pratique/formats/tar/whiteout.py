"""
Recognise the names by which a layer deletes what lies below it.

Law: only ``.wh.NAME`` with a real name deletes, and only ``.wh..wh..opq`` exactly makes opaque;
neither reaches outside its own directory. ``.wh..wh.…`` is AUFS's own bookkeeping and is dropped.
Source: OCI image-spec layer.md, "Whiteouts".
"""

from pratique.model.layer import Entry, EntryKind

PREFIX = ".wh."
OPAQUE = ".wh..wh..opq"
AUFS = ".wh..wh."


def as_whiteout(path: str) -> Entry | None:
    """
    Return the whiteout that an entry called ``path`` stands for; None when it deletes nothing.

    ``path`` has a base name that starts with ``.wh.``.

    >>> as_whiteout("etc/.wh.motd").path, as_whiteout("etc/.wh..wh..opq").kind.name
    ('etc/motd', 'OPAQUE')
    >>> as_whiteout(".wh...") is None and as_whiteout("a/.wh.") is None
    True
    """
    folder, slash, name = path.rpartition("/")
    if name == OPAQUE:
        return Entry(folder, EntryKind.OPAQUE)
    hidden = name.removeprefix(PREFIX)
    if name.startswith(AUFS) or hidden in ("", ".", ".."):
        return None
    return Entry(folder + slash + hidden, EntryKind.WHITEOUT)
