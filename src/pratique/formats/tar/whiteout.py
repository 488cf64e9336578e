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
_BOOKKEEPING = frozenset((".wh..wh.aufs", ".wh..wh.orph", ".wh..wh.plnk"))
"""What AUFS itself left in the layers of old Docker versions."""

NAMELESS = "a whiteout without a name; engines refuse it or delete its directory"
LOOKALIKE = "named like a mark of AUFS or an opaque marker, and none: engines drop it"
LOADED = "a whiteout that is more than an empty file: engines drop what it holds"
DEVICE = "character device 0:0 hides what lies below it under overlayfs"
ATTRIBUTES = "sets attributes of overlayfs, which some engines apply"
GLOBAL = "a global PAX header is named like a whiteout"
AT_ONCE = "made and then deleted in one layer, which engines refuse or do"
EVERYTHING = "hides all layers below: overlayfs does not look for that at its root"
THROUGH_LINK = "hides through a link of its own layer; some engines hide more"
TRICKS = frozenset(
    (NAMELESS, LOOKALIKE, LOADED, DEVICE, ATTRIBUTES, GLOBAL, AT_ONCE, EVERYTHING, THROUGH_LINK)
)
"""Reasons of oddities that play with deletion; no sound tool makes any of them."""


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


def trick(entry: Entry) -> str:
    """
    Return what is odd about an entry whose base name starts with ``.wh.``; empty where nothing is.

    A whiteout is an empty regular file; AUFS made them hardlinks.

    >>> trick(Entry("etc/.wh.motd", EntryKind.FILE)), trick(Entry("a/.wh..", EntryKind.FILE))
    ('', 'a whiteout without a name; engines refuse it or delete its directory')
    """
    name = entry.path.rpartition("/")[2]
    if name in (PREFIX, f"{PREFIX}.", f"{PREFIX}.."):
        return NAMELESS
    if name in _BOOKKEEPING:
        return ""
    if name.startswith(AUFS) and name != OPAQUE:
        return LOOKALIKE
    empty = entry.kind is EntryKind.HARDLINK or (
        entry.kind is EntryKind.FILE and not entry.size_bytes
    )
    return "" if empty else LOADED
