"""
Resolve what packages say they need to the names of installed packages.

Law: a need is met by the package of that name, else by those that provide it, else (a need that is
an absolute path) by those that own the file; of alternatives the first that anything meets counts.
Needs that nothing installed meets are left out.
Bounds: at most ``PROVIDERS`` packages per need and ``NEEDS`` needs per package, so that a database
where all provide and need the same cannot make a square.
"""

from collections.abc import Sequence

from msgspec import Struct

from pratique.model.package import OwnedFile

PROVIDERS = 8
NEEDS = 4096


class Installed(Struct, frozen=True):
    """
    What one installed package offers and needs.

    ``needs`` are groups of alternatives; ``provides`` and needs are bare names without versions.
    """

    name: str
    needs: tuple[tuple[str, ...], ...] = ()
    provides: tuple[str, ...] = ()
    files: tuple[OwnedFile, ...] = ()


def resolve(installed: Sequence[Installed]) -> list[tuple[str, ...]]:
    """
    Return for each package the sorted names of the others it needs.

    >>> resolve([Installed("base", (("gawk", "awk"), ("no",))), Installed("mawk", (), ("awk",))])
    [('mawk',), ()]
    """
    names = {item.name for item in installed}
    providers = _providers(installed)
    return [_met(item, names, providers) for item in installed]


def _providers(installed: Sequence[Installed]) -> dict[str, list[str]]:
    needed = {option for item in installed for group in item.needs for option in group}
    paths = {option[1:] for option in needed if option.startswith("/")}
    providers: dict[str, list[str]] = {}
    for item in installed:
        offered = [name for name in item.provides if name in needed]
        if paths:
            offered += [f"/{file.path}" for file in item.files if file.path in paths]
        for capability in offered:
            known = providers.setdefault(capability, [])
            if len(known) < PROVIDERS and item.name not in known:
                known.append(item.name)
    return providers


def _met(item: Installed, names: set[str], providers: dict[str, list[str]]) -> tuple[str, ...]:
    found: set[str] = set()
    for group in item.needs[:NEEDS]:
        for option in group:
            met = (option,) if option in names else providers.get(option)
            if met:
                found.update(met)
                break
    found.discard(item.name)
    return tuple(sorted(found))
