"""
Read the records that Composer writes into ``composer.lock`` and ``installed.json``.

Law: a name is ``vendor/package``; the version is as Composer shows it (``v5.4.0``, ``dev-main``);
what a package requires of the platform (``php``, ``ext-json``) is no package. A package from a
folder (``dist.type`` ``path``) is listed like any other: the vendor's name is its owner's on
Packagist, and what a monorepo builds (Jetpack's libraries) is published there too.
Source: https://getcomposer.org/doc/04-schema.md
"""

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.formats.documents.value import items, mapping, text
from pratique.model.package import PackageType, Scope


class Record(Struct, rename="kebab"):
    """One package; ``object`` where plugins and old versions write more than one type."""

    name: object = ""
    version: object = ""
    license: object = None
    require: object = None


def add(pins: Pins, record: Record, scope: Scope, *, declared: bool) -> None:
    """Take one record."""
    name, version = text(record.name), text(record.version)
    owner, slash, package = name.partition("/")
    if not (owner and slash and package) or "/" in package or not version:
        pins.leave_out(f"{name} {version}")
        return
    pins.add(
        Pin(
            type=PackageType.COMPOSER,
            name=name,
            version=version,
            scope=scope,
            depends=tuple(need for need in mapping(record.require) if "/" in need),
            licences=licences(record.license),
            declared=declared,
        )
    )


def licences(stated: object) -> tuple[str, ...]:
    """
    Return the licences; a list is a choice between them.

    >>> licences(["MIT", "GPL-2.0-only"]), licences("MIT"), licences(None)
    (('MIT', 'GPL-2.0-only'), ('MIT',), ())
    """
    names = (text(name) for name in (items(stated) or (stated,))[:64])
    return tuple(dict.fromkeys(name for name in names if name))
