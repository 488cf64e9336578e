"""Share what poetry.lock, pdm.lock, uv.lock and pylock.toml have in common: lists of tables."""

from collections.abc import Iterator

from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.units import LayerFile


def tables(document: dict[str, Value], key: str) -> Iterator[dict[str, Value]]:
    """Yield the tables of an array of tables; others in it are no tables and no packages."""
    return (mapping(one) for one in items(document.get(key)))


def lock_of(file: LayerFile, *keys: str) -> dict[str, Value]:
    """
    Return the TOML document of a lockfile.

    Raises:
        FormatError: no TOML, or none of the keys that every such lockfile has.
    """
    document = parse_toml(file.content())
    if not any(key in document for key in keys):
        raise FormatError(f"none of the keys {', '.join(keys)} is there")
    return document


def names(value: Value, key: str = "name") -> tuple[str, ...]:
    """Return the texts under ``key`` in a list of tables, those that are there."""
    found = (text(mapping(one).get(key)) for one in items(value))
    return tuple(name for name in found if name)
