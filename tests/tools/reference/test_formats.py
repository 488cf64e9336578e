"""The page of formats has every extractor, and says of each only what is proven."""

from pratique.kit import registry
from tools.reference import formats


def test_every_extractor_stands_on_the_page() -> None:
    """Each with the link to its own page."""
    text = formats.pages()[formats.PATH]

    assert all(f"[`{name}`](extractors/" in text for name in registry.load("extractors"))


def test_what_is_listed_follows_from_the_extracts() -> None:
    """A lockfile declares, a database of installed packages does not."""
    rows = formats.pages()[formats.PATH].splitlines()
    shown = {
        name: next(row for row in rows if f"[`{name}`]" in row).split(" | ")[1]
        for name in ("uv_lock", "wheel", "dpkg")
    }

    assert shown == {"uv_lock": "declared", "wheel": "installed", "dpkg": "installed"}
