"""Entries are listed by mode, attribute and name, of every layer, within a bound."""

from pratique.checks.image import listing
from pratique.checks.image.interface import Marked
from pratique.model.digest import Digest
from pratique.model.layer import Entry, EntryKind, LayerFacts

FILE = EntryKind.FILE


def facts(*entries: Entry) -> LayerFacts:
    """Return the facts of a layer of these entries."""
    digest = Digest("sha256:" + "0" * 64)
    return LayerFacts(blob=digest, diff_id=digest, blob_bytes=0, tar_bytes=0, entries=entries)


def test_special_entries() -> None:
    """Bits of files and folders, attributes; a link's mode says nothing."""
    setuid = Entry("a", FILE, 0o4755)
    entries = (
        setuid,
        Entry("b", FILE, 0o755),
        Entry("c", EntryKind.SYMLINK, 0o777),
        Entry("d", FILE, 0o644, xattrs=("user.x=00",)),
    )

    found = listing.special([facts(), facts(*entries)])

    assert found == (Marked(1, setuid), Marked(1, entries[3]))


def test_named_entries() -> None:
    """By base name; endings of .env and core count."""
    entries = [Entry(path, FILE) for path in ("x/.env", ".env.local", "env", "core.12", "x/.git")]
    found = listing.named([facts(*entries)])

    assert {name: len(marked) for name, marked in found.items()} == {
        ".env": 2,
        "core": 1,
        ".git": 1,
    }


def test_a_hostile_layer_is_bounded() -> None:
    """No more than the limit of each sort."""
    entries = [Entry(f"{n}/.env", FILE, 0o4755) for n in range(listing.MOST + 5)]

    assert len(listing.special([facts(*entries)])) == listing.MOST
    assert len(listing.named([facts(*entries)])[".env"]) == listing.MOST
